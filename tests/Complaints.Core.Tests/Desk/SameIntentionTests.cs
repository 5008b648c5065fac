using Complaints.Core.Intake;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>A command id stands for one intention: the case, the actor, the instant that the caller gave, and the command.</summary>
public sealed class SameIntentionTests
{
    private readonly DeskHarness _harness = new();
    private readonly CommandOptions _once = new() { CommandId = new CommandId(Guid.Parse("0198f0a0-0000-7000-8000-000000000001")) };

    private ComplaintDesk Desk => _harness.Desk.For(new Actor("amy", Role.Agent));

    [Fact]
    public async Task R02_The_same_command_an_hour_later_with_other_roles_gets_the_first_answer()
    {
        var id = await _harness.FileAsync();
        var first = await Desk.ExecuteAsync(id, new AddNote("once"), _once);
        _harness.Clock.Advance(Duration.FromHours(1));
        var again = await _harness.Desk.For(new Actor("amy", Role.Supervisor)).ExecuteAsync(id, new AddNote("once"), _once with { ExpectedVersion = 99 });
        again.Repeated.ShouldBeTrue();
        again.Value.ShouldBe(first.Value);
    }

    [Fact]
    public async Task R02_The_same_id_for_anything_else_is_refused_and_changes_nothing()
    {
        var id = await _harness.FileAsync();
        var other = await _harness.FileAsync();
        (await Desk.ExecuteAsync(id, new AddNote("once"), _once)).IsSuccess.ShouldBeTrue();

        await RefusedAsync(Desk.ExecuteAsync(id, new AddNote("twice"), _once), "another body");
        await RefusedAsync(Desk.ExecuteAsync(other, new AddNote("once"), _once), "another complaint");
        await RefusedAsync(_harness.Desk.For(new Actor("ben", Role.Agent)).ExecuteAsync(id, new AddNote("once"), _once), "another actor");
        await RefusedAsync(_harness.Desk.For(new Actor("amy", Role.Agent) { OnBehalfOf = "sun" }).ExecuteAsync(id, new AddNote("once"), _once), "on behalf of somebody");
        var back = _once with { OccurredAt = _harness.Clock.GetCurrentInstant() - Duration.FromMinutes(1), BackdateReason = "Late." };
        await RefusedAsync(Desk.ExecuteAsync(id, new AddNote("once"), back), "another instant");
        await RefusedAsync(Desk.ExecuteAsync(id, new Sequence(new AddNote("once"), new AddNote("once")), _once), "a sequence");
        (await Desk.ViewAsync(id))!.Complaint.Version.ShouldBe(2);
        (await Desk.ViewAsync(other))!.Complaint.Version.ShouldBe(1);

        static async Task RefusedAsync(Task<CommandResult> sent, string why) => (await sent).Refusal?.Code.ShouldBe("command.id_reused", why);
    }

    [Fact]
    public async Task R02_The_reason_of_a_backdated_command_is_part_of_the_intention()
    {
        var id = await _harness.FileAsync();
        var late = _once with { OccurredAt = _harness.Clock.GetCurrentInstant(), BackdateReason = "Late." };
        _harness.Clock.Advance(Duration.FromHours(1));
        (await Desk.ExecuteAsync(id, new AddNote("once"), late)).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new AddNote("once"), late)).Repeated.ShouldBeTrue();
        var other = late with { BackdateReason = "By paper." };
        (await Desk.ExecuteAsync(id, new AddNote("once"), other)).Refusal!.Code.ShouldBe("command.id_reused");
    }

    [Fact]
    public async Task R02_A_sequence_is_one_intention_and_the_order_of_its_parts_counts()
    {
        var id = await _harness.FileAsync();
        var first = await Desk.ExecuteAsync(id, new Sequence(new AddNote("a"), new AddNote("b")), _once);
        first.Value.Version.ShouldBe(2);
        (await Desk.ExecuteAsync(id, new Sequence(new AddNote("a"), new AddNote("b")), _once)).Repeated.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new Sequence(new AddNote("b"), new AddNote("a")), _once)).Refusal!.Code.ShouldBe("command.id_reused");
        (await Desk.ViewAsync(id))!.History.Count(entry => entry.Event is NoteAdded).ShouldBe(2);
    }

    [Fact]
    public async Task What_was_made_stands_in_the_answer_and_in_the_repeated_one()
    {
        var id = await _harness.FileAsync();
        var options = _once with { CommandId = new CommandId(Guid.Parse("0198f0a0-0000-7000-8000-000000000002")) };
        var propose = new Core.Resolution.Propose(["exchange"]);
        (await Desk.ExecuteAsync(id, propose, options)).Value.Made.Select(made => made.ToString()).ShouldBe(["proposal/1"]);
        (await Desk.ExecuteAsync(id, propose, options)).Value.Made.Select(made => made.ToString()).ShouldBe(["proposal/1"]);
    }

    [Fact]
    public async Task A_desk_of_one_tenant_knows_nothing_of_anothers_complaint()
    {
        var id = await _harness.FileAsync();
        var stranger = _harness.Desk.For(new Actor("amy", Role.Agent), new TenantId("other"));
        var refused = await stranger.ExecuteAsync(id, new AddNote("x"));
        refused.Refusal!.Code.ShouldBe("complaint.not_found");
        refused.Complaint.ShouldBeNull();
        (await stranger.PreviewAsync(id, new AddNote("x"))).ShouldBeNull();
    }
}
