using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>While a row is on its way, a command is decided on the row that is expected; that counts only where this very row
/// comes.</summary>
public sealed class AheadTests
{
    private readonly FakeClock _clock = new();
    private readonly InMemoryComplaintStore _store;
    private readonly FarStore _far;
    private readonly DeskHarness _other;
    private readonly ComplaintDesk _desk;

    public AheadTests()
    {
        _store = new(clock: _clock);
        _far = new(_store);
        _other = new(StorePorts.Of(_store), _clock, new UuidV7Generator());
        _desk = new ComplaintDesk(new DeskServices(_far, _store, _other.Keys, _other.Definitions, _clock, new SequentialIds(),
            timers: _store, deadlines: _clock) { Rooms = Counting.WithCore }).For(DeskHarness.Agent);
        CountDecision.Versions.Clear();
    }

    /// <summary>A complaint at version 2, of which the desk wrote the newest.</summary>
    private async Task<ComplaintId> KnownAsync()
    {
        var id = await _other.FileAsync();
        (await _desk.ExecuteAsync(id, new AddNote("Known."))).Value.Version.ShouldBe(2);
        return id;
    }

    [Fact]
    public async Task It_is_decided_once_and_before_the_row_is_there()
    {
        var id = await KnownAsync();
        _far.OnTheWay = () =>
        {
            CountDecision.Versions.ShouldBe([2]);
            return Task.CompletedTask;
        };
        (await _desk.ExecuteAsync(id, new CountDecision())).Value.Version.ShouldBe(3);
        CountDecision.Versions.ShouldBe([2]);
        (await _desk.ExecuteAsync(id, new AddNote("And once more."))).Value.Version.ShouldBe(4);
    }

    [Fact]
    public async Task Who_is_named_is_asked_for_while_the_row_is_on_its_way()
    {
        var people = new CountingPeople();
        var desk = new ComplaintDesk(new DeskServices(_far, _store, _other.Keys, _other.Definitions, _clock, new SequentialIds(),
            timers: _store, deadlines: _clock, assignment: new(people, [])) { Rooms = Counting.WithCore }).For(DeskHarness.Agent);
        var id = await _other.FileAsync();
        (await desk.ExecuteAsync(id, new AddNote("Known."))).Value.Version.ShouldBe(2);
        _far.OnTheWay = () =>
        {
            people.Asked.ShouldBe(["ben"]);
            return Task.CompletedTask;
        };
        (await desk.ExecuteAsync(id, new HandOver("ben", "technical", "expertise"))).Value.Version.ShouldBe(3);
        people.Asked.ShouldBe(["ben"], "once");
    }

    [Fact]
    public async Task A_complaint_of_which_it_wrote_nothing_is_decided_on_its_row()
    {
        var id = await _other.FileAsync();
        _far.OnTheWay = () =>
        {
            CountDecision.Versions.ShouldBeEmpty();
            return Task.CompletedTask;
        };
        (await _desk.ExecuteAsync(id, new CountDecision())).Value.Version.ShouldBe(2);
        CountDecision.Versions.ShouldBe([1]);
    }

    [Fact]
    public async Task What_another_node_writes_meanwhile_counts_and_is_no_conflict()
    {
        var id = await KnownAsync();
        _far.OnTheWay = () => _other.Desk.ExecuteAsync(id, new AddNote("Elsewhere."));
        (await _desk.ExecuteAsync(id, new CountDecision())).Value.Version.ShouldBe(4);
        CountDecision.Versions.ShouldBe([2, 3], "on what was expected, and on what came");
        _far.Conflicts.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_is_destroyed_meanwhile_seals_nothing()
    {
        var id = await KnownAsync();
        var person = (await _store.LoadAsync(TenantId.Default, id, default, default)).Complaint!.Person;
        _far.OnTheWay = async () => await _store.DestroyAsync(TenantId.Default, person, default);
        var answer = (await _desk.ExecuteAsync(id, new CountDecision())).Value;
        answer.WordsLeftOut.ShouldBeTrue();
        CountDecision.Versions.ShouldBe([2, 2]);
        _far.Conflicts.ShouldBe(0);
    }

    [Fact]
    public async Task A_command_that_is_sent_again_is_answered_and_writes_nothing()
    {
        var id = await KnownAsync();
        var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        (await _desk.ExecuteAsync(id, new CountDecision(), options)).Value.Version.ShouldBe(3);
        var again = await _desk.ExecuteAsync(id, new CountDecision(), options);
        (again.Repeated, again.Value.Version).ShouldBe((true, 3));
        (await _store.LoadAsync(TenantId.Default, id, default, default)).Complaint!.Version.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_wrong_only_with_what_was_expected_is_nobodys_business()
    {
        var id = await KnownAsync();
        CountDecision.Fails = 2;
        _far.OnTheWay = () => _other.Desk.ExecuteAsync(id, new AddNote("Elsewhere."));
        (await _desk.ExecuteAsync(id, new CountDecision())).Value.Version.ShouldBe(4);
        CountDecision.Fails = 4;
        _far.OnTheWay = null;
        await Should.ThrowAsync<InvalidOperationException>(() => _desk.ExecuteAsync(id, new CountDecision()));
        CountDecision.Fails = null;
    }

    /// <summary>A directory that tells whom it was asked for, and knows nobody.</summary>
    private sealed class CountingPeople : IStaffDirectory
    {
        public List<string> Asked { get; } = [];

        public ValueTask<StaffCard?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken) => default;

        public ValueTask<IReadOnlyList<StaffCard>> FindManyAsync(
            TenantId tenant, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        {
            Asked.AddRange(ids);
            return new([]);
        }

        public ValueTask<IReadOnlyList<StaffCard>?> MembersAsync(TenantId tenant, string team, CancellationToken cancellationToken) =>
            default;

        public ValueTask<IReadOnlyList<StaffCard>> HoldersAsync(TenantId tenant, string role, CancellationToken cancellationToken) =>
            new([]);
    }

    /// <summary>A store whose rows take their time, during which something may happen.</summary>
    private sealed class FarStore(IComplaintStore store) : IComplaintStore
    {
        public Func<Task>? OnTheWay { get; set; }

        public int Conflicts { get; private set; }

        public async ValueTask<LoadedComplaint> LoadAsync(
            TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            if (OnTheWay is { } happens)
                await happens();
            return await store.LoadAsync(tenant, id, command, cancellationToken);
        }

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
            store.LoadIntakeAsync(query, cancellationToken);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            var outcome = await store.CommitAsync(commit, cancellationToken);
            Conflicts += outcome == CommitOutcome.Conflict ? 1 : 0;
            return outcome;
        }
    }
}

/// <summary>The library's rooms with one whose command tells when it is decided.</summary>
internal static class Counting
{
    public static ComplaintRooms WithCore { get; } = new(new(
    [
        .. ComplaintRooms.Current.Catalogue.Rooms,
        new RoomCatalogue<Complaint>("Counting", CountingJson.Default).Command<CountDecision>(),
    ]));
}

/// <summary>Tells on which version it was decided.</summary>
internal sealed record CountDecision : ComplaintCommand, ICapability<CountDecision, Complaint>
{
    static Capability ICapability<CountDecision, Complaint>.Capability { get; } =
        new("count-decision", new("Count a decision", "计一次"))
    {
        Roles = [Role.Agent],
        Fields = [],
        StaysIn = Core.Lifecycle.States.Codes(Core.Lifecycle.States.NotEnded),
    };

    public static List<int> Versions { get; } = [];

    /// <summary>The version on which it fails.</summary>
    public static int? Fails { get; set; }

    static CountDecision ICapability<CountDecision, Complaint>.Example(Occasion occasion) => new();

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink<Complaint> events)
    {
        Versions.Add(complaint.Version);
        if (complaint.Version == Fails)
            throw new InvalidOperationException("It fails here.");
        events.Add(new NoteAdded(Personal.Of("Counted.")));
        return null;
    }
}

[JsonSerializable(typeof(CountDecision))]
internal sealed partial class CountingJson : JsonSerializerContext;
