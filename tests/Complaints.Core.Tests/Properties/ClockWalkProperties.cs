using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>Random lives of a complaint beside a clock that knows nothing of ours: it is told what happened and counts minutes.</summary>
[ManyCases(Arbitrary = [typeof(Scripts)])]
public sealed class ClockWalkProperties
{
    private const string Objectives = """
        {"objective":"resolution","limit":"10 working hours","reopening":"continue"},
        {"objective":"solution","limit":"9 hours","pausedBy":["parts"],"warnings":["50%"],"escalations":[{"at":"2 hours after","level":1,"role":"supervisor"}]},
        {"objective":"total","limit":"30 hours","start":["received","reopened"],"stop":["resolved"],"reopening":"continue","countsInactive":true}
        """;

    /// <summary>What lies with the lawyers is counted in elapsed time.</summary>
    private static readonly Rulebook Rules = Policies.Of(
        [Policies.Define(LifecycleDefinitions.HoldReasons.Name, "default", 2, """
            {"items":[{"code":"parts","label":{"en":"Parts","zh":"配件"}},
            {"code":"legal","label":{"en":"Legal","zh":"法务"},"counts":"elapsed"}]}
            """)],
        ("test", Policies.Json(Objectives)));

    private static readonly Instant Monday = Instant.FromUtc(2026, 8, 31, 1, 0);

    /// <summary>What is done.</summary>
    public enum Act
    {
        Parts, Legal, ReleaseParts, ReleaseLegal, Resolve, Reopen, Message, Fire,
    }

    /// <summary>What is done, and how many minutes after what was done before.</summary>
    public static class Scripts
    {
        public static Arbitrary<(Act Act, int Minutes)[]> All { get; } =
            Gen.ArrayOf(Gen.Elements(Enum.GetValues<Act>()).Zip(Gen.Choose(1, 500), (act, minutes) => (act, minutes))).ToArbitrary();
    }

    [Property]
    public void T9_T10_T14_T17_T24_Every_clock_of_a_random_life_agrees_with_a_clock_that_counts_minutes((Act Act, int Minutes)[] script) =>
        Walk(script, (_, naive) => naive);

    [Fact]
    public void Control_a_minute_clock_that_forgets_what_was_inactive_is_told_apart() =>
        Should.Throw<Exception>(() => Prop
            .ForAll(Scripts.All, script => Walk(script, (life, naive) => life.Inactive.Count > 0 ? naive + Duration.FromMinutes(1) : naive))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000)));

    private static void Walk((Act Act, int Minutes)[] script, Func<Life, Instant, Instant> bend)
    {
        var situation = new Situation { Rules = Rules, Now = Monday };
        situation.Do(new Register(Situation.Draft));
        var life = new Life(Monday);
        var now = Monday;
        foreach (var (act, minutes) in script.Take(16))
        {
            now += Duration.FromMinutes(minutes);
            situation.Now = now;
            var (command, actor) = CommandOf(act);
            if (situation.Try(command, actor).Refusal is not null)
                continue;
            situation.Do(command, actor);
            life.Note(act, now);
        }
        foreach (var clock in Clocks.Project(situation.Complaint!, situation.Rules).Where(clock => clock.Objective is "resolution" or "solution" or "total"))
        {
            Accounted(situation, clock, now);
            var naive = life.DueOf(clock.Objective, clock.Round, situation.Rules.Calendar("default"));
            clock.Due.ShouldBe(naive is { } due ? bend(life, due) : null, $"{clock.Id} of {string.Join(" ", script)}");
            if (clock.StoppedAt is { } stopped)
                situation.Complaint!.Clocks.ResultOf(clock.Id)!.Verdict.ShouldBe(stopped <= naive ? ClockVerdict.Met : ClockVerdict.Breached, clock.Id);
        }
        situation.Decisions.SelectMany(decision => decision.Events).OfType<ClockBreached>().GroupBy(breached => breached.Clock).ShouldAllBe(same => same.Count() == 1);
    }

    /// <summary>Running, closed, paused and inactive are the time since the start, in segments that join.</summary>
    private static void Accounted(Situation situation, Clock clock, Instant now)
    {
        var told = Explanation.Of(situation.Complaint!, clock.Id, situation.Rules, now)!;
        var at = clock.StartedAt;
        foreach (var segment in told.Segments)
        {
            segment.From.ShouldBe(at);
            at = segment.To;
        }
        at.ShouldBe(clock.StoppedAt ?? clock.CancelledAt ?? now);
        (told.Counted + told.Skipped + told.Paused + told.Inactive).ShouldBe(at - clock.StartedAt);
        var (whole, taken) = (LimitOf(clock.Objective), told.Counted - told.Owed);
        told.Time.Elapsed.ShouldBe(Duration.Max(taken, Duration.Zero));
        if (clock.CancelledAt is null)
            (taken + told.Time.Remaining).ShouldBe(whole + told.Time.Overdue);
    }

    private static Duration LimitOf(string objective) =>
        Duration.FromHours(objective switch { "resolution" => 10, "solution" => 9, _ => 30 });

    private static (ComplaintCommand Command, Actor Actor) CommandOf(Act act) => act switch
    {
        Act.Parts => (new PlaceOnHold("parts"), Situation.Agent),
        Act.Legal => (new PlaceOnHold("legal"), Situation.Agent),
        Act.ReleaseParts => (new ReleaseHold("parts"), Situation.Agent),
        Act.ReleaseLegal => (new ReleaseHold("legal"), Situation.Agent),
        Act.Resolve => (new Resolve("solved"), Situation.Agent),
        Act.Reopen => (new Reopen("other", "Again."), Situation.Agent),
        Act.Message => (new RecordInteraction(Direction.Inbound, "chat"), Situation.Agent),
        _ => (new FireClocks(), Actor.System),
    };

    /// <summary>What happened, and the minute clock.</summary>
    private sealed class Life(Instant received)
    {
        private readonly List<(string Reason, Instant From, Instant? To)> _holds = [];
        private readonly List<Instant> _resolved = [];
        private readonly List<Instant> _reopened = [];

        public List<(Instant From, Instant To)> Inactive { get; } = [];

        public void Note(Act act, Instant now)
        {
            switch (act)
            {
                case Act.Parts or Act.Legal:
                    _holds.Add((act == Act.Parts ? "parts" : "legal", now, null));
                    break;
                case Act.ReleaseParts or Act.ReleaseLegal:
                    var at = _holds.FindIndex(hold => hold.To is null && hold.Reason == (act == Act.ReleaseParts ? "parts" : "legal"));
                    _holds[at] = _holds[at] with { To = now };
                    break;
                case Act.Resolve:
                    _resolved.Add(now);
                    break;
                case Act.Reopen:
                    Inactive.Add((_resolved[^1], now));
                    _reopened.Add(now);
                    break;
                default:
                    break;
            }
        }

        /// <summary>Null while it waits.</summary>
        public Instant? DueOf(string objective, int round, BusinessCalendar calendar)
        {
            var stop = _resolved.Count >= round ? _resolved[round - 1] : (Instant?)null;
            var holds = _holds.Where(hold => objective != "solution" || hold.Reason == "parts").ToList();
            if (stop is null && holds.Any(hold => hold.To is null))
                return null;
            var at = round > 1 && objective == "solution" ? _reopened[round - 2] : received;
            var left = objective switch { "resolution" => 600, "solution" => 540, _ => 1_800 };
            for (; left > 0; at += Duration.FromMinutes(1))
            {
                var waits = holds.Any(hold => hold.From <= at && at < (hold.To ?? stop) && (stop is null || at < stop));
                var isInactive = objective == "resolution" && Inactive.Take(round - 1).Any(span => span.From <= at && at < span.To);
                var isOpen = objective != "resolution" || calendar.IsOpen(at);
                var isOwed = waits && holds.Any(hold => hold.Reason == "legal" && hold.From <= at && at < (hold.To ?? stop));
                left += !isOpen && isOwed ? 1 : isOpen && !waits && !isInactive ? -1 : 0;
            }
            return at;
        }
    }
}
