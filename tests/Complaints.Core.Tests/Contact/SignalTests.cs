using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Classification;
using Complaints.Core.Tests.History;
using Complaints.Core.Tests.Issues;
using Complaints.Testing;
using FsCheck;
using FsCheck.Fluent;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Contact;

/// <summary>Signals: what is noticed, and what follows from it, once.</summary>
public sealed class SignalTests
{
    private static readonly CommandName Raise = new("raise-signal");
    private static readonly CommandName Settle = new("settle-signal");
    private static readonly RecordInteraction Chaser = new(Direction.Inbound, "phone", Kind: "chaser");

    [Fact]
    public void X21_Three_chasers_raise_the_priority_once()
    {
        var situation = Situation.Registered();
        var before = situation.Complaint!.Judgement.Priority;
        situation.Do(Chaser).Do(Chaser);
        (situation.Complaint.Judgement.Priority, situation.Complaint.Contact.Followed).ShouldBe((before, []));
        situation.Do(Chaser);
        var raised = Rulebook.BuiltIn.Priorities.Value.Priority.OneHigher(before);
        (situation.Complaint.Judgement.Priority, situation.Complaint.Clocks.Level).ShouldBe((raised, 1));
        situation.Decisions[^1].Events.Select(happened => happened.GetType())
            .ShouldBe([typeof(InteractionRecorded), typeof(SignalFollowed), typeof(SignalRaised), typeof(ComplaintEscalated)]);
        for (var i = 0; i < 7; i++)
            situation.Do(Chaser).Decisions[^1].Events.ShouldHaveSingleItem();
        (situation.Complaint.Judgement.Priority, situation.Complaint.Clocks.Level, situation.Complaint.Talk.Chasers)
            .ShouldBe((raised, 1, 10));
    }

    [Fact]
    public void X21_Chasers_of_an_earlier_round_do_not_count_again()
    {
        var situation = Situation.Registered().Do(Chaser).Do(Chaser).Do(Chaser).Do(new Resolve("solved", ConfirmedInCall: true))
            .Do(new Close()).Do(new Reopen("problem-persists"));
        situation.Complaint!.Progress.Round.ShouldBe(2);
        Times(situation, "chased").ShouldBe(1);
        situation.Do(Chaser).Do(Chaser);
        Times(situation, "chased").ShouldBe(1);
        situation.Do(Chaser);
        Times(situation, "chased").ShouldBe(2);
    }

    [Fact]
    public void X21_A_state_that_is_built_anew_from_its_history_fires_nothing_again()
    {
        var situation = Situation.Registered().Do(Chaser).Do(Chaser).Do(Chaser);
        var (rebuilt, unknown) = StateCodec.Fold(TenantId.Default, Sealed.Events(Sealed.Commits(situation)));
        unknown.ShouldBeNull();
        rebuilt!.Contact.Followed.ShouldBe(situation.Complaint!.Contact.Followed);
        Complaint.Decide(rebuilt, Chaser, situation.Context()).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task X21_After_a_restart_nothing_happens_twice()
    {
        var clock = new FakeClock();
        var ports = StorePorts.Of(new InMemoryComplaintStore(clock: clock));
        var harness = new DeskHarness(ports, clock);
        var id = await harness.FileAsync();
        await harness.DoAsync(id, [Chaser, Chaser, Chaser]);
        var again = new DeskHarness(ports, clock);
        await again.Desk.SweepAsync(10);
        await again.DoAsync(id, [Chaser, new AddNote("Looked at it.")]);
        (await again.Desk.ViewAsync(id))!.History.Count(entry => entry.Type == "signal-followed").ShouldBe(1);
    }

    [Fact]
    public void S045_Strong_feelings_suggest_a_hand_over_until_the_case_is_handed_over()
    {
        var situation = Situation.Registered().Do(new HandOver("amy", null, "takes-over"))
            .Do(new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Angry));
        var asked = situation.Complaint!.Contact.OpenIn(situation.Complaint).ShouldHaveSingleItem();
        (asked.Rule, asked.Asks).ShouldBe(("soothing-hands", SignalAsk.HandOver));
        situation.Complaint.Responsibility.Owner.ShouldBe("amy", "a signal decides nothing");
        situation.Do(new HandOver("ben", null, "expertise"));
        situation.Complaint.Contact.OpenIn(situation.Complaint).ShouldBeEmpty();
        situation.Do(new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Threatening));
        situation.Complaint.Contact.OpenIn(situation.Complaint).ShouldBeEmpty("once a round");
    }

    [Fact]
    public void S045_A_person_raises_the_same_signal_and_what_it_asks_for_can_be_settled()
    {
        var situation = Situation.Registered().Do(new RaiseSignal("emotion-high", "Shouts."));
        situation.Complaint!.PermittedCommands(situation.Context()).Single(one => one.Name == Settle).ShouldSatisfyAllConditions(
            permitted => permitted.Subject.ShouldBe(new Subject("signal", "soothing-hands")), permitted =>
                permitted.IsPermitted.ShouldBeTrue());
        situation.Try(new SettleSignal("media", "Done.")).Refusal!.Code.ShouldBe("signal.not_open");
        situation.Do(new SettleSignal("soothing-hands", "The customer wants Amy."));
        situation.Complaint.Contact.OpenIn(situation.Complaint).ShouldBeEmpty();
        situation.Try(new SettleSignal("soothing-hands", "Again.")).Refusal!.Code.ShouldBe("signal.none_open");
    }

    [Fact]
    public void S151_A_signal_stands_once_a_round()
    {
        var situation = Situation.Registered().Do(new RaiseSignal("media"));
        situation.Try(new RaiseSignal("media")).Refusal!.Code.ShouldBe("signal.standing");
        situation.Do(new Resolve("solved", ConfirmedInCall: true)).Do(new Close()).Do(new Reopen("problem-persists"))
            .Do(new RaiseSignal("media"));
        Times(situation, "media").ShouldBe(2);
    }

    [Theory]
    [InlineData("made-up", null, "code.unknown")]
    [InlineData("王小明 threatens", null, "code.unknown")]
    [InlineData("media", 20_000, "text.too_long")]
    public void S151_What_is_no_signal_is_refused(string code, int? length, string refusal)
    {
        var refused = Situation.Registered().Try(new RaiseSignal(code, length is { } long_ ? new string('字', long_) : null));
        refused.Refusal!.Code.ShouldBe(refusal);
        refused.Events.ShouldBeEmpty();
    }

    [Fact]
    public void S151_A_signal_is_raised_by_the_desk_while_somebody_works_on_the_case()
    {
        foreach (var state in Enum.GetValues<ComplaintState>())
        {
            Situation.In(state).Complaint!.PermittedNames(new Situation().Context()).Contains(Raise)
                .ShouldBe(States.InHand.Contains(state) || state == ComplaintState.Resolved, state.ToString());
        }
        Situation.Registered().Try(new RaiseSignal("media"), new Actor("eve", Role.Department)).Refusal!.Code.ShouldBe("authority.role");
    }

    [Fact]
    public void S151_A_policy_may_start_and_stop_clocks_by_a_signal()
    {
        var situation = Case.Under("""{"objective":"media","start":["signal:media"],"stop":["human-contact"],"limit":"2 hours"}""").At(1);
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldBeEmpty();
        situation.Do(new RaiseSignal("media"));
        situation.Clock("media").IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task S151_What_a_signal_asks_for_is_work_of_the_owner_and_told_in_words()
    {
        var harness = new DeskHarness();
        var id = await harness.FileAsync();
        await harness.DoAsync(id, [new HandOver("amy", null, "takes-over"), new RaiseSignal("demands-executive", "Wants Mr Dong.")]);
        var work = await harness.Desk.WorkAsync(new WorkQuery());
        work.Items.ShouldContain(item => item.Row.Work == "follow-signal");
        var wording = new Wording(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"));
        var view = (await harness.Desk.ViewAsync(id))!;
        var words = await harness.Desk.RevealAsync(view, Purpose.CaseWork);
        string Told(EventText text) => $"{text.Label} {text.Text}".Trim();
        string.Join('\n', view.History.Where(entry => entry.Type.StartsWith("signal-", StringComparison.Ordinal))
            .Select(entry => (Title: entry.Title(wording), Texts: entry.Details(wording, Rulebook.BuiltIn, words).Select(Told)))
            .Select(line => $"{line.Title}: {string.Join("; ", line.Texts)}"))
            .ShouldBe("已发出预警: 预警 要求高层出面; 说明 Wants Mr Dong.\n预警已触发: 请高层介入; 需处理 需要跟进");
    }

    [Theory]
    [InlineData("""{"signal":"a"}""", """{"signal":"a"}""", "signals.circle")]
    [InlineData("""{"count":"chasers","and":"a"}""", """{"signal":"a"}""", "signals.circle")]
    [InlineData("""{"signal":"b"}""", """{"signal":"a"}""", "signals.circle")]
    [InlineData("""{"signal":"x"}""", """{"work":true}""", "definition.missing")]
    [InlineData("""{"signal":"a"}""", """{"signal":"x"}""", "definition.missing")]
    [InlineData("""{"count":"sighs"}""", """{"work":true}""", "definition.missing")]
    [InlineData("""{"emotion":"cross"}""", """{"work":true}""", "definition.missing")]
    [InlineData("""{"count":"chasers","atLeast":0}""", """{"work":true}""", "number.out_of_range")]
    [InlineData("""{"emotion":"angry"}""", """{"escalate":{"level":10}}""", "number.out_of_range")]
    [InlineData("""{"emotion":"angry","signal":"a"}""", """{"work":true}""", "definition.duplicate")]
    [InlineData("""{"and":"a"}""", """{"work":true}""", "definition.empty")]
    [InlineData("""{"signal":"a"}""", """{}""", "definition.empty")]
    public void X21_A_rule_that_makes_no_sense_or_triggers_itself_is_not_published(string when, string then, string code)
    {
        // Another rule leads from a to b.
        var json = $$$"""
            {"codes":[{{{Code("a")}}},{{{Code("b")}}}],"rules":[
              {"code":"r","label":{"en":"R","zh":"规"},"when":{{{when}}},"then":{{{then}}}},
              {"code":"s","label":{"en":"S","zh":"则"},"when":{"signal":"a"},"then":{"signal":"b"}}]}
            """;
        DefinitionKinds.Check("signals", "default", json, Rulebook.BuiltIn)!.Details.ShouldContain(detail => detail.Code == code);
    }

    /// <summary>Whatever is told in whatever order: each rule holds at most once a round, and the fold is the state.</summary>
    [Fact]
    public void X21_Whatever_happens_each_rule_holds_at_most_once_a_round()
    {
        var commands = Gen.Elements<ComplaintCommand>(
            Chaser, new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Angry), new RaiseSignal("media"),
            new RaiseSignal("safety"), new RaiseSignal("emotion-high"), new RecordInteraction(Direction.Inbound, "phone",
                Emotion: Emotion.Calm),
            new HandOver("ben", null, "expertise"), new SettleSignal("media", "Done."), new AddNote("Hm."),
            new Resolve("solved", ConfirmedInCall: true), new Close(), new Reopen("problem-persists"));
        Prop.ForAll(commands.ListOf().ToArbitrary(), list =>
        {
            var situation = Situation.Registered();
            foreach (var command in list)
            {
                if (situation.Try(command).Refusal is null)
                    situation.Do(command);
            }
            var held = situation.Decisions.SelectMany(decision => decision.Events).OfType<SignalFollowed>().ToList();
            return held.Count == held.Select(one => (one.Rule, one.Round)).Distinct().Count();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void X21_A_clock_that_was_late_is_a_source_once_and_with_a_signal_beside_it()
    {
        var situation = Late("""{ "clock": "resolution", "breached": true, "and": "cannot-wait" }""").Do(new Register(Situation.Draft));
        situation.At(11).Do(new FireClocks(), Actor.System);
        Times(situation, "late").ShouldBe(0, "the customer can wait");
        situation.Do(new RaiseSignal("cannot-wait"));
        Times(situation, "late").ShouldBe(1);
        situation.Decisions[^1].Events.Select(happened => happened.GetType()).ShouldContain(typeof(ComplaintEscalated));
        situation.At(30).Do(Chaser).Do(new AddNote("Hm.")).Do(new Resolve("solved"));
        Times(situation, "late").ShouldBe(1, "once a round");
        situation.Do(new Reopen("problem-persists")).Do(new AddNote("Hm."));
        Times(situation, "late").ShouldBe(1, "in the new round nothing is late yet");
        situation.At(60).Do(new FireClocks(), Actor.System).Do(new RaiseSignal("cannot-wait"));
        Times(situation, "late").ShouldBe(2);
    }

    [Fact]
    public void X21_A_sweep_or_the_command_that_ends_a_clock_too_late_says_it_and_nobody_who_only_looks()
    {
        var swept = Late("""{ "clock": "resolution" }""").Do(new Register(Situation.Draft));
        swept.At(9).Do(new AddNote("In time."));
        Times(swept, "late").ShouldBe(0);
        swept.At(11).Do(new AddNote("Nobody has swept yet."));
        Times(swept, "late").ShouldBe(0);
        swept.Do(new FireClocks(), Actor.System);
        Times(swept, "late").ShouldBe(1, "late is meant where nothing is said");

        var ended = Late("""{ "clock": "resolution" }""").Do(new Register(Situation.Draft));
        ended.At(12).Do(new Resolve("solved"));
        Times(ended, "late").ShouldBe(1, "written down as it ends, in the same command");
        var met = Late("""{ "clock": "resolution", "breached": false }""").Do(new Register(Situation.Draft)).Do(new Resolve("solved"));
        Times(met, "late").ShouldBe(1, "in time");
        Times(Late("""{ "clock": "resolution", "breached": true }""").Do(new Register(Situation.Draft)).Do(new Resolve("solved")), "late")
            .ShouldBe(0);
    }

    [Theory]
    [InlineData("""{ "clock": "made-up" }""", "definition.missing")]
    [InlineData("""{ "clock": "resolution", "count": "chasers" }""", "definition.duplicate")]
    [InlineData("""{ "count": "chasers", "breached": true }""", "definition.empty")]
    public void X21_A_rule_about_a_clock_that_makes_no_sense_is_not_published(string when, string code) =>
        DefinitionKinds.Check("signals", "default", Rule(when), Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void X21_Clocks_of_the_library_and_of_the_tenants_policies_may_be_named()
    {
        foreach (var clock in new[] { "resolution", "step", "agreed-deadline", "hold" })
            DefinitionKinds.Check("signals", "default", Rule($$"""{ "clock": "{{clock}}" }"""), Rulebook.BuiltIn).ShouldBeNull(clock);
        var own = Sla.Policies.Of(("own", Sla.Policies.Json(
            """{"objective":"spare-part","start":["received"],"stop":["resolved"],"limit":"2 days"}""")));
        DefinitionKinds.Check("signals", "default", Rule("""{ "clock": "spare-part" }"""), own).ShouldBeNull();
    }

    private static Situation Late(string when) => new()
    {
        Rules = Sla.Policies.Of([Sla.Policies.Define("signals", "default", 2, Rule(when))],
            ("ten", Sla.Policies.Json("""{"objective":"resolution","limit":"10 hours"}"""))),
    };

    private static string Rule(string when) => $$"""
        { "codes": [ {{Code("cannot-wait")}}, {{Code("fallback-needed")}} ],
          "rules": [ { "code": "late", "label": { "en": "Late", "zh": "超时" }, "when": {{when}},
                       "then": { "signal": "fallback-needed", "escalate": { "level": 2, "role": "supervisor" } } } ] }
        """;

    [Fact]
    public void S151_Signals_leave_a_state_small()
    {
        var situation = Situation.Registered();
        var plain = Sealed.Commits(situation)[^1].State.Length;
        situation.Do(new RecordCheck("identity", ["name", "reachable"])).Do(new RecordCheck("understanding", ["matter", "expectation"]))
            .Do(new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Angry)).Do(new RaiseSignal("media"));
        var told = Sealed.Commits(situation)[^1].State.Length;
        (told - plain).ShouldBeLessThan(1500);
        Sealed.Text(Sealed.Commits(Situation.Registered())[^1].State).ShouldNotContain("contact\":{");
    }

    private static int Times(Situation situation, string rule) =>
        situation.Decisions.SelectMany(decision => decision.Events).OfType<SignalFollowed>().Count(followed => followed.Rule == rule);

    private static string Code(string code) => $$$"""{"code":"{{{code}}}","label":{"en":"{{{code}}}","zh":"{{{code}}}"}}""";
}
