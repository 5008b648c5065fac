#!/usr/bin/env bash
# Restores, builds once and runs every test.
#   bash tests/run.sh [--full] [NAME...]
#     --full   also the long tests (COMPLAINTS_FULL=1)
#     NAME     only test projects whose name contains it, in any case
# The last line reads `N passed, N failed, N skipped`. COMPLAINTS_TEST_MINUTES limits each project (30, with --full 240).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=Release
solution=Complaints.Core.sln
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Processes that live for a second or a minute spend more on measuring what to optimise than they win by it.
export DOTNET_TieredPGO=0

fail() { echo "$*" >&2; exit 1; }

check_sdk() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is needed and 'dotnet' is not on the PATH: install it, then run this again."
  dotnet --version 2>/dev/null | grep -q '^10\.' || fail "The .NET 10 SDK is needed; 'dotnet --list-sdks' shows what is installed here."
}

# Browser tests drive a real Chromium. Only needed once that project has tests.
install_browser() {
  grep -rqsE '\[(Fact|Theory)' tests/Complaints.SampleHost.Tests --include='*.cs' || return 0
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && return 0
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || fail "The browser tests need Chromium: install it so that 'chromium' is on the PATH, then run this again."
  echo "Installing chromium for the browser tests."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } </dev/null >"$results/apt.log" 2>&1 \
    || { tail -n 20 "$results/apt.log" >&2; fail "chromium could not be installed with apt-get: install it by hand, then run this again."; }
}

# The tests of the PostgreSQL store run a private server each time.
install_postgresql() {
  local found
  for found in "${COMPLAINTS_PG_BIN:-/nowhere}"/initdb /usr/lib/postgresql/*/bin/initdb; do [ -x "$found" ] && return 0; done
  command -v initdb >/dev/null && return 0
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || fail "The PostgreSQL tests need initdb and pg_ctl of PostgreSQL 13 or newer: install it, or name their folder in COMPLAINTS_PG_BIN, then run this again."
  echo "Installing postgresql-15 for the PostgreSQL tests."
  # The package would start a server of its own; these tests bring theirs.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-15; } </dev/null >"$results/apt.log" 2>&1 \
    || { tail -n 20 "$results/apt.log" >&2; fail "postgresql-15 could not be installed with apt-get: install PostgreSQL by hand, then run this again."; }
}

# One of the PostgreSQL tests has a pooler between a host and its database.
install_pgbouncer() {
  [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null && return 0
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || fail "The PostgreSQL tests need PgBouncer: install the package 'pgbouncer', then run this again."
  echo "Installing pgbouncer for the PostgreSQL tests."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends pgbouncer; } </dev/null >"$results/apt.log" 2>&1 \
    || { tail -n 20 "$results/apt.log" >&2; fail "pgbouncer could not be installed with apt-get: install it by hand, then run this again."; }
}

# Some nodes of the fault tests have a clock that is wrong.
install_faketime() {
  compgen -G "/usr/lib/*/faketime/libfaketime.so.1" >/dev/null && return 0
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || fail "The fault tests need libfaketime: install the package 'faketime', then run this again."
  echo "Installing faketime for the fault tests."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends faketime; } </dev/null >"$results/apt.log" 2>&1 \
    || { tail -n 20 "$results/apt.log" >&2; fail "faketime could not be installed with apt-get: install it by hand, then run this again."; }
}

# The package tests publish a native program, for which .NET needs a C compiler to link with.
install_compiler() {
  command -v clang >/dev/null || command -v gcc >/dev/null && return 0
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || fail "The package tests need gcc or clang: install one, then run this again."
  echo "Installing gcc and zlib1g-dev for the package tests."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev zlib1g-dev; } \
    </dev/null >"$results/apt.log" 2>&1 \
    || { tail -n 20 "$results/apt.log" >&2; fail "gcc and zlib1g-dev could not be installed with apt-get: install them by hand, then run this again."; }
}

# Runs one assembly; adds to the totals, prints one line, and the failures below it.
run_project() {
  local name=$1 log="$results/$1.log" trx="$results/$1.trx" code=0 started=$SECONDS
  # xunit keeps a process alive in which a thread has thrown, so that a test which waits for that thread waits for ever.
  # Behind `wait`, because Ctrl-C then ends this script at once.
  timeout --kill-after=30 "${COMPLAINTS_TEST_MINUTES:-$minutes}m" \
    dotnet test "tests/$name/bin/$configuration/net10.0/$name.dll" --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" </dev/null >"$log" 2>&1 &
  running=$!
  wait $running || code=$?
  running=""

  local total=0 executed=0 ok=0 bad=0 skip=0
  if [ -f "$trx" ]; then
    total=$(counter "$trx" total); executed=$(counter "$trx" executed); ok=$(counter "$trx" passed)
    skip=$((total - executed)); bad=$((executed - ok))
  fi
  passed=$((passed + ok)); failed=$((failed + bad)); skipped=$((skipped + skip))
  printf '%-34s %5d passed %4d failed %4d skipped %5d s\n' "$name" "$ok" "$bad" "$skip" $((SECONDS - started))

  if [ -f "$trx" ]; then figures "$trx"; fi
  if [ "$bad" -gt 0 ]; then readable "$log"; fi
  if [ "$skip" -gt 0 ]; then
    { grep -o '<UnitTestResult [^>]*outcome="NotExecuted"' "$trx" || true; } | sed 's/.*testName="\([^"]*\)".*/    skipped: \1/'
  fi
  # Ended badly without a failed test, or lost on the way: the test process itself went down, and tests are missing in the figures above.
  if [ "$code" -ne 0 ] && { [ "$bad" -eq 0 ] || grep -qE '\[FATAL ERROR\]|^Test Run Aborted' "$log"; }; then
    crashed="$crashed $name"
    if [ "$bad" -eq 0 ]; then readable "$log" | tail -n 40; fi
    lost "$log"
    if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then echo "    ended after ${COMPLAINTS_TEST_MINUTES:-$minutes} minutes"; fi
  fi
}

# The lines in which fault tests tell what they saw, such as `R01: 200 kills, ...`.
figures() {
  { grep -oE '(^|<StdOut>)R[0-9]{2}[^:]{0,40}: [^<]*' "$1" || true; } \
    | sed -E 's/^<StdOut>//; s/^/    /; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | sort
}

# What a test run printed, without its banner, without what passed and without stack frames.
readable() {
  sed -E '/^ *at |^ *Stack Trace:|^VSTest version|^Starting test|^A total of|^Results File:|^$/d' "$1" \
    | sed -E '/^\[xUnit\.net |^  (Passed|Skipped) |^Test Run |^Total tests:|^ +(Passed|Failed|Skipped): |^ Total time:/d'
}

# Why the test process went down, as far as the runner could tell.
lost() { sed -n '/\[FATAL ERROR\]/,$p' "$1" | sed -nE 's/^\[xUnit\.net [0-9:.]+\]//p' | head -n 12; }

# A number from the results file; 0 when the file was cut off.
counter() {
  local counters
  counters=$(grep -o '<Counters [^>]*' "$1") || { echo 0; return; }
  sed "s/.* $2=\"\([0-9]*\)\".*/\1/" <<<"$counters"
}

names=() minutes=30
for argument in "$@"; do
  case $argument in
    --full) export COMPLAINTS_FULL=1 minutes=240 ;;
    -*) fail "Unknown option $argument. Usage: bash tests/run.sh [--full] [NAME...]" ;;
    *) names+=("$argument") ;;
  esac
done

wanted() {
  [ ${#names[@]} -eq 0 ] && return 0
  local name
  for name in "${names[@]}"; do [[ ${1,,} == *"${name,,}"* ]] && return 0; done
  return 1
}

projects=()
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  if wanted "$name"; then projects+=("$name"); fi
done
[ ${#projects[@]} -gt 0 ] || fail "No test project's name contains: ${names[*]}"

check_sdk
results=$(mktemp -d) running=""
trap '[ -z "$running" ] || kill "$running"; rm -rf "$results"' EXIT
install_browser
if wanted Complaints.PostgreSql.Tests || wanted Complaints.Faults.Tests; then install_postgresql; fi
if wanted Complaints.PostgreSql.Tests; then install_pgbouncer; fi
if wanted Complaints.Faults.Tests; then install_faketime; fi
if wanted Complaints.Package.Tests; then install_compiler; fi

dotnet restore "$solution" --locked-mode -v quiet \
  || fail "Restore failed. If a project's packages changed, run 'dotnet restore' and commit the packages.lock.json files."
dotnet build "$solution" -c $configuration --no-restore -v quiet -nologo "-clp:ErrorsOnly;NoSummary" || fail "The build failed."

passed=0 failed=0 skipped=0 crashed="" verdict=0
for name in "${projects[@]}"; do run_project "$name"; done

if [ "$failed" -gt 0 ]; then verdict=1; fi
if [ -n "$crashed" ]; then echo "Ended without finishing:$crashed"; verdict=1; fi
if [ $((passed + failed)) -eq 0 ]; then echo "No test ran."; verdict=1; fi
if [ -n "${COMPLAINTS_SHARED:-}" ] && [ "$skipped" -gt 0 ]; then
  echo "COMPLAINTS_SHARED is set, so every test must run: $skipped skipped."
  verdict=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit $verdict
