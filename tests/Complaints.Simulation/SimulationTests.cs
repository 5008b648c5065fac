using Complaints.Core.Capabilities;
using Complaints.Core;

namespace Complaints.Simulation;

/// <summary>20,000 seeds with COMPLAINTS_FULL=1. One seed by COMPLAINTS_SEED is run alone and prints its whole trace.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int CiSeeds = 2_000;

    /// <summary>What cannot come about in this world, or hardly, with what it would need; the scripts come to all but the first of them.</summary>
    private static readonly string[] NeverHere =
    [
        "import", "adopt", // a ledger
        "request-waiver", // a gate
        "recalculate", // a newer policy
        "request-extension", "decide-extension", // a policy that allows extensions
        "complete-remedy", // five steps of one complaint in a row, in 300 steps of bad weather
    ];

    private static int Seeds => Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 20_000 : CiSeeds;

    private static int? OnlySeed => int.TryParse(Environment.GetEnvironmentVariable("COMPLAINTS_SEED"), out var seed) ? seed : null;

    [Fact]
    public void R01_R02_R06_R08_R09_R30_Three_nodes_keep_every_promise_through_faults_and_deaths_at_any_await()
    {
        var outcomes = OnlySeed is { } seed ? [SeedRuns.One(seed)] : SeedRuns.Until(1, Seeds);
        output.WriteLine($"{outcomes.Count:N0} seeds from {outcomes[0].Seed}: {outcomes.Sum(outcome => (long)outcome.Steps):N0} steps, {outcomes.Sum(outcome => (long)outcome.Commits):N0} commits");
        if (OnlySeed is not null)
            output.WriteLine(string.Join('\n', outcomes[0].Trace!.Lines));
        outcomes[^1].Violation.ShouldBeNull(Finding(outcomes[^1]));
        if (OnlySeed is not null)
            return;
        outcomes.Count.ShouldBe(Seeds);
        var accepted = outcomes.SelectMany(outcome => outcome.Accepted).CountBy(what => what).ToDictionary();
        output.WriteLine($"Accepted: {string.Join(", ", accepted.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value:N0}"))}");
        CommandCatalogue.All.Select(command => command.Name.Value).Except(accepted.Keys).Except(NeverHere).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Bug.RetryWithANewId, "the history holds what was answered, once")]
    [InlineData(Bug.CommitWithoutVersionCheck, "every commit makes the next version")]
    // What counts as delivered before it is sent is lost, or overtaken by what comes after it.
    [InlineData(Bug.DeliveredBeforeItIsSent, "every message is delivered or given up",
        "an ordered channel gets a complaint's messages in their order")]
    [InlineData(Bug.SettleWithoutToken, "who lost its lease settles nothing")]
    [InlineData(Bug.MessagesInASecondTransaction, "every message is delivered or given up")]
    [InlineData(Bug.TimerDoneBeforeItFires, "everything comes to an end")]
    [InlineData(Bug.ClaimOutOfOrder, "an ordered channel gets a complaint's messages in their order")]
    [InlineData(Bug.MergeWithoutLookingAtTheSurvivor, "a merged complaint has a survivor")]
    [InlineData(Bug.SweepByTheNodesClock, "nothing fires before its due instant")]
    public void Control_a_planted_bug_is_found_and_its_seed_finds_it_again(Bug bug, params string[] promises)
    {
        var found = SeedRuns.Until(1, CiSeeds, bug)[^1];
        output.WriteLine(Finding(found));
        promises.ShouldContain(promise => found.Violation!.StartsWith(promise, StringComparison.Ordinal), found.Violation);

        var again = SeedRuns.One(found.Seed, bug);
        again.Violation.ShouldBe(found.Violation);
        again.Trace!.Lines.ShouldBe(found.Trace!.Lines);
    }

    [Fact]
    public void The_same_seed_leads_to_the_same_run_and_another_to_another()
    {
        for (var seed = 1; seed <= 20; seed++)
            SeedRuns.One(seed).Trace!.Lines.ShouldBe(SeedRuns.One(seed).Trace!.Lines, $"seed {seed}");
        SeedRuns.One(1).Trace!.Lines.ShouldNotBe(SeedRuns.One(2).Trace!.Lines);
    }

    private static string Finding(Outcome outcome) =>
        $"Seed {outcome.Seed} (COMPLAINTS_SEED={outcome.Seed} bash tests/run.sh Simulation repeats it): {outcome.Violation}\n{outcome.Trace?.Tail(40)}";
}
