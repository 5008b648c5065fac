#!/usr/bin/env bash
# Writes the PublicAPI.Unshipped.txt of packages anew from what is public now and not shipped.
#   bash tests/public-api.sh [NAME...]
#     NAME     only packages whose name contains it, in any case
# The compiler lists what is missing (RS0016) in a log, and not as errors, because a build that fails stops at the first package.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

folders=()
for folder in src/*/; do
  wanted=$#
  for part in "$@"; do [[ ${folder,,} != *"${part,,}"* ]] || wanted=0; done
  if [ "$wanted" -eq 0 ]; then folders+=("$folder"); fi
done
[ ${#folders[@]} -gt 0 ] || { echo "No package's name contains: $*" >&2; exit 1; }

for folder in "${folders[@]}"; do
  printf '#nullable enable\n' >"$folder/PublicAPI.Unshipped.txt"
  rm -f "$folder/obj/public-api.sarif"
done

dotnet restore Complaints.Core.sln --locked-mode -v quiet
for folder in "${folders[@]}"; do
  dotnet build "$folder" -c Release --no-restore -v quiet -nologo "-clp:ErrorsOnly;NoSummary" -p:ListPublicApi=true
done

for folder in "${folders[@]}"; do
  log="$folder/obj/public-api.sarif" file="$folder/PublicAPI.Unshipped.txt"
  [ -f "$log" ] || { echo "$folder was not compiled: is anything wrong with its build?" >&2; exit 1; }
  { grep -o '"APIName": ".*"' "$log" || true; } \
    | sed -E 's/^"APIName": "(.*)"$/\1/; s/\\(["\\])/\1/g' | LC_ALL=C sort -u >>"$file"
  rm "$log"
  echo "$(basename "$folder"): $(($(wc -l <"$file") - 1)) symbols"
done
