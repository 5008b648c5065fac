using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <summary>
/// Every storage port in memory, for tests: it keeps the laws of the conformance suite, including that nothing that it was given or gave away is shared.
/// Durable as long as the object lives. Thread-safe.
/// </summary>
public sealed partial class InMemoryComplaintStore
    : IComplaintStore, IAggregateStore, IComplaintReader, IComplaintImporter, IDefinitionStore, ISubjectKeyStore, IChainStore, ITimerStore,
        IWorkStore, ILinkStore, ITakingPartStore, IOutboxStore, IWakeUp, ISideRowStore
{
    private const int MostCandidates = 20;
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly IClock _clock;
    private readonly SortedDictionary<string, MemoryTenant> _tenants = new(StringComparer.Ordinal);

    /// <summary>An empty store.</summary>
    /// <param name="time">By which a sweeper's leases end; <c>null</c> for the time of the machine.</param>
    /// <param name="clock">By which messages are due where a caller names no instant, as a database has a clock of its own; <c>null</c> for the machine's.</param>
    public InMemoryComplaintStore(TimeProvider? time = null, IClock? clock = null) => (_time, _clock) = (time ?? TimeProvider.System, clock ?? SystemClock.Instance);

    /// <inheritdoc/>
    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => Loaded(data, id, command));

    /// <inheritdoc/>
    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return In(query.Tenant, cancellationToken, data =>
        {
            var hashes = query.Lookups.Select(lookup => lookup.Hash).ToHashSet(StringComparer.Ordinal);
            var candidates = data.Lookups
                .Where(lookup => hashes.Contains(lookup.Key.Hash))
                .GroupBy(lookup => lookup.Key.Complaint, lookup => lookup.Value.Kind)
                .Select(met => CandidateOf(data, met.Key, met.Contains(Lookup.Reference)))
                .OrderByDescending(candidate => candidate.SharesReference)
                .ThenByDescending(candidate => candidate.ReceivedAt).ThenByDescending(candidate => candidate.Id.Value)
                .Take(MostCandidates)
                .ToImmutableArray();
            var same = candidates is [{ SharesReference: true } first, ..] ? first : null;
            ComplaintId? existing = query.SourceHash is { } source && data.Sources.TryGetValue(source, out var known) ? known : null;
            return new LoadedIntake(candidates, Reserve(data, query), Earlier(data, query.Command), existing,
                same is null ? null : KeyOf(data, same.Person), LoadsOf(data, query.LoadsOf))
            {
                Near = query.Near is null ? null : PageOf(data, query.Near),
                NearCount = query.Near is null ? default : CountOf(data, query.Near),
            };
        });
    }

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return In(commit.Tenant, cancellationToken, data =>
        {
            if (data.StandsInTheWayOf(commit) || !data.HasNext(commit.Number))
                return CommitOutcome.Conflict;
            data.Write(commit);
            if (!commit.Outbox.IsEmpty)
                Hint();
            return CommitOutcome.Committed;
        });
    }

    private static ImmutableArray<OwnerLoad> LoadsOf(MemoryTenant data, ImmutableArray<string> owners) => owners.IsEmpty ? [] :
    [
        .. data.Complaints.Values
            .Where(complaint => States.InHand.Contains(complaint.Summary.State)
                && complaint.Summary.Owner is { } owner && owners.Contains(owner))
            .CountBy(complaint => complaint.Summary.Owner!).Select(load => new OwnerLoad(load.Key, load.Value)),
    ];

    private static IntakeCandidate CandidateOf(MemoryTenant data, ComplaintId id, bool sharesReference)
    {
        var summary = data.Complaints[id].Summary;
        return new(summary.Id, summary.Number, summary.State, summary.ReceivedAt, summary.Person,
            new(summary.Category, summary.Subcategory, summary.ItemKind, summary.ItemModel, summary.ItemHash))
        {
            SharesReference = sharesReference,
            HasReference = data.Lookups.Values.Any(lookup => lookup.Person == summary.Person && lookup.Kind == Lookup.Reference),
        };
    }

    private static LoadedComplaint Loaded(MemoryTenant data, ComplaintId id, CommandId command)
    {
        var complaint = data.Complaints.GetValueOrDefault(id);
        return new LoadedComplaint(
            complaint?.Stored,
            [.. data.Timers.Where(timer => timer.Key.Complaint == id.Value).Select(timer => timer.Value)],
            complaint is null ? [] : KeysOf(data, [complaint.Summary.Person, .. data.PersonsIn(id)]),
            Earlier(data, command));
    }

    private static long Reserve(MemoryTenant data, IntakeQuery query)
    {
        if (query.Numbers == 0)
            return query.NextNumber ? data.NextNumber(query.Year) : 0;
        var first = data.NextNumber(query.Year);
        data.NextNumbers[query.Year] = first + query.Numbers;
        return first;
    }

    private static CommandRow? Earlier(MemoryTenant data, CommandId command) =>
        data.Commands.TryGetValue(command, out var row) ? MemoryTenant.Copy(row) : null;

    private static ImmutableArray<WrappedKey> KeysOf(MemoryTenant data, IEnumerable<SubjectId> persons) =>
        [.. persons.Select(person => data.Keys.GetValueOrDefault(person)).OfType<WrappedKey>().Select(MemoryTenant.Copy)];

    // With the cast, because a null array would become empty bytes instead of none.
    private static ReadOnlyMemory<byte>? KeyOf(MemoryTenant data, SubjectId person) =>
        data.Keys.TryGetValue(person, out var key) ? (ReadOnlyMemory<byte>?)key.Wrapped.ToArray() : null;

    /// <summary>One at a time, which is all that a transaction in memory needs.</summary>
    private ValueTask<T> In<T>(TenantId tenant, CancellationToken cancellationToken, Func<MemoryTenant, T> action)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant.Value, out var data))
                _tenants.Add(tenant.Value, data = new MemoryTenant());
            return new(action(data));
        }
    }
}
