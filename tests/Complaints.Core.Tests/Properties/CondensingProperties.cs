using System.Collections.Immutable;
using Complaints.Core.Sla;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>Whatever a policy asks for, it finds the same in condensed facts as in all of them.</summary>
[ManyCases(Arbitrary = [typeof(Lives)])]
public sealed class CondensingProperties
{
    private static readonly ImmutableArray<string> Kinds =
    [
        FactKind.CustomerMessage, FactKind.HumanContact, FactKind.PhoneContact, FactKind.FollowedUp,
        FactKind.Received, FactKind.Resolved, FactKind.Reopened, FactKind.Ended, FactKind.Converted, FactKind.Acknowledged,
    ];

    /// <summary>What happened, in minutes one after the other; where it is condensed, perhaps twice; what an objective asks for.</summary>
    public sealed record Life(
        (int Kind, int Minutes)[] Facts, int FirstCut, int SecondCut, int Start, int Stop, bool Continues);

    /// <summary>Mostly contacts, as in a long case.</summary>
    public static class Lives
    {
        public static Arbitrary<Life> All { get; } = (
            from facts in Gen.Frequency((6, Gen.Choose(0, 3)), (1, Gen.Choose(4, 9))).Zip(Gen.Choose(0, 3)).ArrayOf()
            from first in Gen.Choose(1, 40)
            from second in Gen.Choose(0, 40)
            from start in Gen.Choose(1, 1_023)
            from stop in Gen.Choose(1, 1_023)
            from continues in Gen.Elements(true, false)
            select new Life(facts, first, first + second, start, stop, continues)).ToArbitrary();
    }

    [Property]
    public void R40_A_clock_that_runs_once_finds_all_its_spans_in_condensed_facts(Life life) =>
        Walk(life, "once", static (all, condensed, _) => condensed.ShouldBe(all));

    [Property]
    public void R40_A_clock_that_repeats_goes_on_from_its_tally(Life life) =>
        Walk(life, "next-response", static (all, condensed, cut) =>
            condensed.ShouldBe(string.Join(" ", all.Split(' ').Where(span => span.Length > 0 && EndOf(span) >= cut))));

    [Fact]
    public void Control_facts_of_which_one_in_three_is_left_out_are_told_apart() =>
        Should.Throw<Exception>(() => Prop
            .ForAll(Lives.All, life => Walk(life, "once", static (all, condensed, _) => condensed.ShouldBe(all), lose: true))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000)));

    private static void Walk(Life life, string name, Action<string, string, long> compare, bool lose = false)
    {
        var objective = new PolicyObjective(name, "1 hour", Start: Named(life.Start), Stop: Named(life.Stop),
            Reopening: life.Continues ? Reopening.Continue : Reopening.NewRound);
        var at = NodaConstants.UnixEpoch;
        var all = ClockRecord.None;
        var condensed = ClockRecord.None;
        var passed = 0;
        foreach (var (kind, minutes) in life.Facts)
        {
            at += Duration.FromMinutes(minutes);
            if (++passed == life.FirstCut || passed == life.SecondCut)
            {
                ImmutableArray<ClockTally> tallies =
                    objective.IsRepeating ? [new SpanWalk(new(objective), null, condensed).TallyAt(at)] : [];
                condensed = condensed.CondensedBefore(at, tallies);
            }
            all = all.With(new ClockFact(Kinds[kind], at));
            if (!lose || passed % 3 != 0)
                condensed = condensed.With(new ClockFact(Kinds[kind], at));
        }
        compare(Spans(objective, all), Spans(objective, condensed), condensed.Condensed?.Before.ToUnixTimeSeconds() ?? 0);
    }

    private static ImmutableArray<string> Named(int kinds) => [.. Kinds.Where((_, i) => (kinds & (1 << i)) != 0)];

    /// <summary>A word for each span; the last number is when it ended, as far as it has.</summary>
    private static string Spans(PolicyObjective objective, ClockRecord record)
    {
        var words = new List<string>();
        var walk = new SpanWalk(new(objective), null, record);
        while (walk.MoveNext())
        {
            var span = walk.Current;
            var inactive = string.Join(";", span.Inactive.Select(pause => (pause.To - pause.From)?.TotalSeconds));
            words.Add($"{span.Round}/{span.Occurrence}:{span.StartedAt.ToUnixTimeSeconds()}{(span.CancelledAt is null ? "" : "x")}"
                + $"[{inactive}]-{span.EndedAt?.ToUnixTimeSeconds() ?? long.MaxValue}");
        }
        return string.Join(" ", words);
    }

    private static long EndOf(string span) =>
        long.Parse(span[(span.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
