using System.Collections;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.History;

/// <summary>States that are kept in memory: found by the head of their chain only, and without anything personal in the clear.</summary>
public sealed class KnownStatesTests
{
    private readonly DeskHarness _harness = new();
    private readonly KnownStates _known = new();

    private async Task<StoredComplaint> StoredAsync(ComplaintId id) => (await _harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default)).Complaint!;

    [Fact]
    public async Task A_state_is_found_by_its_complaint_tenant_and_head_only()
    {
        var stored = await StoredAsync(await _harness.FileAsync());
        var state = StateCodec.Read(stored.State.Span);
        _known.Find(TenantId.Default, stored).ShouldBeNull();
        _known.Keep(state, stored.Head);

        _known.Find(TenantId.Default, stored).ShouldBeSameAs(state);
        _known.Find(new TenantId("other"), stored).ShouldBeNull();
        _known.Find(TenantId.Default, stored with { Head = new byte[32] }).ShouldBeNull();
        _known.Find(TenantId.Default, stored with { Id = new ComplaintId(Guid.NewGuid()) }).ShouldBeNull();
    }

    [Fact]
    public async Task Complaints_that_share_a_row_are_all_known_until_there_are_too_many_and_the_oldest_goes()
    {
        var stored = await StoredAsync(await _harness.FileAsync());
        var state = StateCodec.Read(stored.State.Span);
        var row = stored.Id.GetHashCode() % 2048;
        ComplaintId[] ids = [stored.Id, .. Ids().Where(id => id.GetHashCode() % 2048 == row).Take(4)];
        foreach (var id in ids[..4])
            _known.Keep(state with { Id = id }, stored.Head);
        ids[..4].Select(IsKnown).ShouldAllBe(known => known);

        // Once more: it has one place, whatever the others do.
        _known.Keep(state with { Id = ids[0] }, new byte[32]);
        IsKnown(ids[0]).ShouldBeFalse("it has another head now");
        ids[1..4].Select(IsKnown).ShouldAllBe(known => known);

        _known.Keep(state with { Id = ids[4] }, stored.Head);
        ids.Select(IsKnown).ShouldBe([false, false, true, true, true]);
        _known.Find(TenantId.Default, stored with { Head = new byte[32] }).ShouldNotBeNull("it was not the oldest any more");

        bool IsKnown(ComplaintId id) => _known.Find(TenantId.Default, stored with { Id = id }) is not null;

        static IEnumerable<ComplaintId> Ids()
        {
            while (true)
                yield return new ComplaintId(Guid.NewGuid());
        }
    }

    [Fact]
    public async Task What_another_node_has_written_is_seen()
    {
        var other = new DeskHarness(_harness.Ports, _harness.Clock, new UuidV7Generator());
        var id = await _harness.FileAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            (await _harness.Desk.ExecuteAsync(id, new AddNote("here"))).Value.Version.ShouldBe(2 + 2 * turn);
            (await other.Desk.ExecuteAsync(id, new AddNote("there"))).Value.Version.ShouldBe(3 + 2 * turn);
        }
    }

    [Fact]
    public async Task R27_A_state_that_a_command_came_to_has_nothing_in_the_clear()
    {
        var id = await _harness.FileAsync();
        (await _harness.Desk.ExecuteAsync(id, new MakeCommitment("We call 王小明 back.", _harness.Clock.GetCurrentInstant() + Duration.FromHours(9)))).IsSuccess.ShouldBeTrue();
        var clerk = _harness.Desk.For(new Actor("amy", Role.Agent));
        var added = await clerk.ExecuteAsync(id, new AddParticipant("witness", "李四", "13900139000"));
        added.Complaint!.Participants.ShouldHaveSingleItem().Card!.TryReveal(null, out _).ShouldBeFalse();
        var result = await _harness.Desk.ExecuteAsync(id, new AddNote("王小明 called again."));

        var receipt = result.Complaint!.Receipt;
        receipt.Title!.TryReveal(null, out _).ShouldBeFalse();
        receipt.Complainant!.TryReveal(null, out _).ShouldBeFalse();
        Personal.Of("clear").TryReveal(null, out _).ShouldBeTrue("the control: a clear value shows itself");
    }

    [Fact]
    public void A_state_has_no_other_personal_values_than_those_which_are_sealed_with_their_events()
    {
        var found = new SortedSet<string>();
        Look(typeof(Complaint), [], found);
        found.ShouldBe(["Participant.Card", "Receipt.Complainant", "Receipt.Title"]);
    }

    private static void Look(Type type, HashSet<Type> seen, SortedSet<string> found)
    {
        if (!seen.Add(type))
            return;
        foreach (var property in type.GetProperties().Where(property => property.GetIndexParameters().Length == 0 && !property.GetMethod!.IsStatic))
        {
            var of = property.PropertyType;
            if (of.IsGenericType && of.GetGenericTypeDefinition() == typeof(Personal<>))
                found.Add($"{type.Name}.{property.Name}");
            foreach (var part in typeof(IEnumerable).IsAssignableFrom(of) && of.IsGenericType ? of.GetGenericArguments() : [Nullable.GetUnderlyingType(of) ?? of])
            {
                if (part.Assembly == typeof(Complaint).Assembly && !part.IsEnum)
                    Look(part, seen, found);
            }
        }
    }
}
