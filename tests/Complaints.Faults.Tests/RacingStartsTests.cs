using System.Diagnostics;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Faults.Tests.Processes;
using Complaints.Storage.Sqlite;
using NodaTime;

namespace Complaints.Faults.Tests;

/// <summary>R34: programs that start together where there is neither a database nor a key.</summary>
public sealed class RacingStartsTests(ITestOutputHelper output)
{
    private const int Most = 8;

    [Fact]
    public async Task R34_programs_that_start_together_on_nothing_make_one_key_and_every_row_is_read()
    {
        var (seed, rounds) = (Environment.TickCount, Size.Of(30, 1_000));
        var random = new Random(seed);
        await using var programs = new Programs(Most);
        var (starts, kills, keyless, drafts, faults) = (0, 0, 0, 0, new List<string>());
        for (var round = 0; round < rounds; round++)
        {
            var count = random.Next(2, Most + 1);
            // Every fifth time some are killed in the middle, often all of them.
            var killed = round % 5 == 4 ? random.Next(1, count + 1) : 0;
            await using var ground = Ground.OnSqlite();
            var answers = await programs.StartAsync($"start {ground.Database}", count, killed, random);
            keyless += File.Exists(ground.Database + ".key") ? 0 : 1;
            // Whoever was killed comes again.
            if (killed > 0)
                answers.Add(await programs.StartAsync($"start {ground.Database}"));
            (starts, kills) = (starts + count, kills + killed);
            drafts += Directory.EnumerateFiles(ground.Folder, "*.new").Count();
            if (await FaultAsync(ground, answers, killed) is { } fault)
                faults.Add($"round {round}, {count} programs, {killed} killed: {fault}");
        }
        output.WriteLine($"R34: seed {seed}, {rounds:N0} first starts of 2-{Most} programs, {starts:N0} in all, {kills} killed, "
            + $"{keyless} times before there was a key, {drafts} drafts left by killed ones, {faults.Count} keys or rows lost");
        faults.ShouldBeEmpty();
        kills.ShouldBeGreaterThan(rounds / 5);
    }

    [Fact]
    public async Task R34_control_keys_that_are_renamed_into_their_place_are_lost()
    {
        var (rounds, random, faults) = (25, new Random(1), new List<string>());
        await using var programs = new Programs(4);
        for (var round = 0; round < rounds; round++)
        {
            await using var ground = Ground.OnSqlite();
            var answers = await programs.StartAsync($"rename {ground.Database}", 4, 0, random);
            if (await FaultAsync(ground, answers, 0) is { } fault)
                faults.Add(fault);
        }
        output.WriteLine($"R34 control: {rounds} first starts of 4 programs that rename, {faults.Count} lost a key");
        faults.ShouldNotBeEmpty();
    }

    /// <returns>What is wrong with the database that they started on; <c>null</c> when there is one master key, one key of
    /// the tenant, and everything that was promised can be read.</returns>
    private static async Task<string?> FaultAsync(Ground ground, List<string> answers, int killed)
    {
        if (answers.Find(answer => answer.StartsWith("failed", StringComparison.Ordinal)) is { } failed)
            return failed;
        var protector = new FileKeyProtector(ground.Database + ".key");
        var keys = new PersonKeys(ground.Store, protector, SystemClock.Instance);
        var census = await new MasterKeyRotation(ground.Store, protector, SystemClock.Instance).CountAsync();
        if (census.Masters.Length != 1 || census.Unreadable > 0 || !census.Strangers.IsEmpty)
            return $"{census.Masters.Length} master keys, {census.Unreadable} keys that none opens";
        var owners = await ground.Store.ListKeysAsync(null, 1_000, default);
        if (owners.Count(key => key.Owner.Subject == SubjectId.Tenant) != 1)
            return "more or less than one key of the tenant";
        var desk = ground.DeskWith(protector);
        foreach (var answer in answers)
        {
            var view = await desk.ViewAsync(new(Guid.Parse(answer)));
            if (view is null || (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Title) is null)
                return $"{answer} cannot be read";
        }
        var report = await new HistoryAudit(ground.Store, keys, SystemClock.Instance).VerifyAsync(TenantId.Default);
        return report.Findings.Length > 0 ? string.Join("; ", report.Findings)
            : report.Complaints < answers.Count || report.Complaints > answers.Count + killed ? $"{report.Complaints} complaints" : null;
    }

    /// <summary>Processes that start one host after another, and new ones for those that were killed.</summary>
    private sealed class Programs(int most) : IAsyncDisposable
    {
        private readonly Child[] _children = [.. Enumerable.Range(0, most).Select(_ => Child.Start("starter"))];
        private TimeSpan _lasted = TimeSpan.FromMilliseconds(500);

        /// <summary>Lets one start alone.</summary>
        public async Task<string> StartAsync(string told) => (await _children[0].AskAsync(told))[(told.Length + 1)..];

        /// <summary>Lets so many start at once, and kills the last of them at moments of their own.</summary>
        /// <returns>What those that live answered.</returns>
        public async Task<List<string>> StartAsync(string told, int count, int killed, Random random)
        {
            await Task.WhenAll(_children.Select(child => child.Ready));
            var moments = Enumerable.Range(0, killed).Select(_ => random.NextDouble() * _lasted).ToList();
            var began = Stopwatch.GetTimestamp();
            var living = _children[..(count - killed)].Select(child => child.AskAsync(told)).ToList();
            var dying = moments.Select((moment, i) => KillAsync(count - 1 - i, told, moment)).ToList();
            await Task.WhenAll([.. living, .. dying]);
            if (killed == 0)
                _lasted = Stopwatch.GetElapsedTime(began);
            return [.. living.Select(answer => answer.Result[(told.Length + 1)..])];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var child in _children)
                await child.DisposeAsync();
        }

        private async Task KillAsync(int which, string told, TimeSpan moment)
        {
            var child = _children[which];
            await child.TellAsync(told);
            await Task.Delay(moment);
            await child.KillAsync();
            await child.DisposeAsync();
            _children[which] = Child.Start("starter");
        }
    }
}
