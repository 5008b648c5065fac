using Complaints.Core;
using Complaints.Faults.Tests.Processes;

namespace Complaints.Faults.Tests;

/// <summary>R02: the side that commands is killed, and a new one sends the commands again whose answers nobody knows.</summary>
public sealed class KilledClientTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R02_a_killed_client_that_repeats_its_commands_has_each_effect_once()
    {
        var (seed, kills) = (Environment.TickCount, Size.Of(10, 50));
        await using var ground = await Ground.OnPostgreSqlAsync();
        var (total, answers) = await CommandAsync(ground, new Random(seed), kills);

        var doubled = await DoubledAsync(ground, total);
        output.WriteLine($"R02: seed {seed}, {kills} kills of a client, {total} complaints filed and noted, {answers.Count - 2 * total} answers repeated, {doubled} doubled");
        doubled.ShouldBe(0);
        (await ground.CountAsync("select count(*) from complaints.complaint where version = 2")).ShouldBe(total, "one complaint with one note for each");
        (await ground.CountAsync("select count(*) from complaints.event where version = 2 and idx = 0")).ShouldBe(total);
        (await ground.CountAsync("select count(*) - count(distinct (complaint, topic)) from complaints.outbox")).ShouldBe(0, "one message for each effect");
        answers.GroupBy(answer => (answer.What, answer.Number)).ShouldAllBe(same => same.Distinct().Count() == 1, "a repeated command is answered the same");
        answers.Count.ShouldBeGreaterThan(2 * total, "answers did repeat");
        (await ground.CountAsync("select count(*) from complaints.work where work = 'assign'")).ShouldBe(total, "each waits for somebody");
        await foreach (var drift in new WorkReconciliation(ground.Desk, ground.Store, ground.Store, ground.Store).FindAsync())
            Assert.Fail($"{drift}");
    }

    [Fact]
    public async Task R02_control_a_client_that_repeats_with_new_ids_doubles()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        var (total, _) = await CommandAsync(ground, new Random(1), 3, "--FreshIds", "true");
        var doubled = await DoubledAsync(ground, total);
        output.WriteLine($"R02 control: 3 kills, {total} complaints meant, {doubled} doubled");
        doubled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task R02_gap_free_numbers_of_killed_clients_have_no_gap()
    {
        var (seed, kills) = (Environment.TickCount, Size.Of(5, 25));
        await using var ground = await Ground.OnPostgreSqlAsync();
        await CommandAsync(ground, new Random(seed), kills, "--Lanes", "4", "--GapFree", "true");
        var (complaints, missing) = await MissingNumbersAsync(ground);
        output.WriteLine($"R02: seed {seed}, {kills} kills of a client with four lanes, {complaints} complaints, {missing} numbers missing");
        missing.ShouldBe(0);
    }

    [Fact]
    public async Task R02_control_blocks_of_killed_clients_leave_gaps()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        await CommandAsync(ground, new Random(1), 3, "--Lanes", "4");
        var (complaints, missing) = await MissingNumbersAsync(ground);
        output.WriteLine($"R02 control: 3 kills, {complaints} complaints, {missing} numbers missing");
        missing.ShouldBeGreaterThan(0);
    }

    private static async Task<(long Complaints, long Missing)> MissingNumbersAsync(Ground ground)
    {
        var complaints = await ground.CountAsync("select count(*) from complaints.complaint");
        return (complaints, await ground.CountAsync("select max(split_part(number, '-', 2)::bigint) from complaints.complaint") - complaints);
    }

    private static async Task<long> DoubledAsync(Ground ground, int total) => await ground.CountAsync("select count(*) from complaints.complaint") - total;

    /// <summary>Each client goes on one complaint before the one that the last was killed over.</summary>
    private static async Task<(int Total, List<Answer> Answers)> CommandAsync(Ground ground, Random random, int kills, params string[] more)
    {
        var (from, answers) = (0, new List<Answer>());
        for (var kill = 0; kill <= kills; kill++)
        {
            var isLast = kill == kills;
            await using var client = Child.Start("client", ground, ["--From", $"{from}", "--To", $"{(isLast ? from + 5 : int.MaxValue)}", .. more]);
            if (isLast)
                await client.EndedAsync();
            else
            {
                await Until.HoldsAsync(() => Answer.All(client).Count() > 4 || client.HasExited, "a few answers");
                await Task.Delay(random.Next(0, 300));
                await client.KillAsync();
            }
            answers.AddRange(Answer.All(client));
            if (!isLast)
                from = Math.Max(0, answers[^1].Number - 1);
        }
        return (answers.Max(answer => answer.Number) + 1, answers);
    }
}
