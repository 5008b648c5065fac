using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Testing;

namespace Complaints.Core.Tests.Contact;

/// <summary>What the stories say of talk, checks and signals, on a desk.</summary>
public sealed class StoryTests
{
    private const string Gate = """{"rows":[{"before":"start-investigation","needs":["check:identity","check:understanding"]}]}""";

    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<Complaint> SeenAsync(ComplaintId id) => (await Desk.ViewAsync(id))!.Complaint;

    /// <summary>Story 1, steps 3, 4 and 9.</summary>
    [Fact]
    public async Task Story1_The_caller_is_known_and_understood_is_soothed_and_chases_without_moving_a_clock()
    {
        (await _harness.Definitions.PublishAsync(TenantId.Default, "gates", "default", Gate, DeskHarness.Administrator, default))
            .Refusal.ShouldBeNull();
        var id = await _harness.FileAsync(Drafts.English() with { Channel = "phone", InteractionKind = "call" });

        // Step 3: who calls, and what we understood, opens the gate.
        (await Desk.ExecuteAsync(id, new StartInvestigation())).Refusal!.Code.ShouldBe("gate.missing");
        await _harness.DoAsync(id, [new RecordCheck("identity", ["name", "reachable"]),
            new RecordCheck("understanding", ["matter", "expectation", "next-step"])]);
        (await Desk.ViewAsync(id))!.Commands.Single(command => command.Name.Value == "start-investigation").IsPermitted.ShouldBeTrue();

        // Step 4: emotion high; the script branches, a hand-over is suggested, and the case stays where it is.
        await _harness.DoAsync(id, [new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Angry)]);
        var complaint = await SeenAsync(id);
        Rulebook.BuiltIn.CallScripts.Single().Value.StepsFor(complaint.Talk.Emotion).First().Code.ShouldBe("soothe");
        complaint.Contact.OpenIn(complaint).ShouldHaveSingleItem().Asks.ShouldBe(SignalAsk.HandOver);
        (await Desk.ExecuteAsync(id, new RaiseSignal("emotion-high"))).Refusal!.Code.ShouldBe("signal.standing",
            "the talk said so already");

        // Step 9: a chaser is counted; no clock moves, and no message waits for an answer.
        await _harness.DoAsync(id, [new StartInvestigation()]);
        var before = (await Desk.ViewAsync(id))!.Clocks;
        await _harness.DoAsync(id, [new RecordInteraction(Direction.Inbound, "phone", Kind: "chaser")]);
        complaint = await SeenAsync(id);
        (complaint.Talk.Chasers, complaint.Talk.UnansweredSince, complaint.Judgement.Priority == (await SeenAsync(id)).Judgement.Priority)
            .ShouldBe((1, null, true));
        (await Desk.ViewAsync(id))!.Clocks.Select(clock => (clock.Id, clock.Due, clock.StoppedAt))
            .ShouldBe(before.Select(clock => (clock.Id, clock.Due, clock.StoppedAt)));
    }

    /// <summary>Story 2, step 2.</summary>
    [Fact]
    public async Task Story2_A_letter_is_called_back_and_understood()
    {
        var id = await _harness.FileAsync(Drafts.Chinese() with { Channel = "letter" });
        (await SeenAsync(id)).Receipt.CallbackPending.ShouldBeTrue();
        await _harness.DoAsync(id, [new RecordInteraction(Direction.Outbound, "phone", Kind: "callback", Summary: "Reached."),
            new RecordCheck("understanding", ["matter", "expectation", "next-step"])]);
        var view = (await Desk.ViewAsync(id))!;
        view.Complaint.Receipt.CallbackPending.ShouldBeFalse();
        view.Clocks.Where(clock => clock.Objective is Objective.Callback or Objective.FirstResponse)
            .ShouldAllBe(clock => clock.IsMet && clock.StoppedAt != null);
        view.Complaint.Contact.Checks.Length.ShouldBe(3);
        view.Complaint.State.ShouldBe(ComplaintState.Registered);
    }
}
