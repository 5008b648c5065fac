using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>Shows one tenant of a shared database as if it were the default one, so that a thousand scripts need one file and not a thousand.</summary>
internal sealed class TenantView(RelationalStore store, TenantId shown) :
    IComplaintStore, IAggregateStore, IComplaintReader, IComplaintImporter, IDefinitionStore, ISubjectKeyStore, IChainStore, ITimerStore,
        IOutboxStore, IWorkStore, ILinkStore, ITakingPartStore
{
    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) => store.LoadAsync(shown, id, command, cancellationToken);

    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => store.LoadIntakeAsync(query with { Tenant = shown }, cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) => store.CommitAsync(commit with { Tenant = shown }, cancellationToken);

    public ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command, CancellationToken cancellationToken) =>
        store.LoadAsync(shown, id, command, cancellationToken);

    public ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken) =>
        store.NextNumberAsync(shown, noun, year, cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken) =>
        store.CommitAsync(commit with { Tenant = shown }, cancellationToken);

    public ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query,
        CancellationToken cancellationToken) =>
        store.ListAsync(shown, query, cancellationToken);

    public ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken) =>
        store.DueAsync(shown, query, cancellationToken);

    public ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken) =>
        store.LookAgainAsync(shown, look, cancellationToken);

    public ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken) => store.ListAsync(shown, query, cancellationToken);

    public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken) =>
        store.CountAsync(shown, query, cancellationToken);

    public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken) => store.FindAsync(shown, name, cancellationToken);

    public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) => store.HistoryAsync(shown, id, cancellationToken);

    public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) => store.ScanAsync(shown, cancellationToken);

    public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) => store.CountAsync(shown, cancellationToken);

    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken) =>
        store.KnownAsync(shown, sourceHashes, cancellationToken);

    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) =>
        store.ImportAsync([.. commits.Select(commit => commit with { Tenant = shown })], cancellationToken);

    public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => store.ListAsync(shown, cancellationToken);

    public ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
        store.NewerAsync(shown, since, cancellationToken);

    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken) =>
        store.TryAddAsync(definition with { Tenant = shown }, cancellationToken);

    public ValueTask<ImmutableArray<WrappedKey>> GetAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken) =>
        store.GetAsync(shown, subjects, cancellationToken);

    public ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken cancellationToken) => store.AddAsync(shown, key, cancellationToken);

    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) => store.DestroyAsync(shown, subject, cancellationToken);

    public async ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken cancellationToken)
    {
        var behind = after is { } last ? last with { Tenant = shown } : new KeyOwner(shown, default);
        var page = await store.ListKeysAsync(behind, max, cancellationToken);
        return [.. page.Where(key => key.Owner.Tenant == shown)
            .Select(key => key with { Owner = key.Owner with { Tenant = TenantId.Default } })];
    }

    public ValueTask<int> ReplaceKeysAsync(
        TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken cancellationToken) =>
        store.ReplaceKeysAsync(shown, replacements, cancellationToken);

    public ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken) => new([TenantId.Default]);

    public IAsyncEnumerable<ChainHead> HeadsAsync(TenantId tenant, CancellationToken cancellationToken) => store.HeadsAsync(shown, cancellationToken);

    public IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        store.EventsAsync(shown, cancellationToken);

    public ValueTask<StoredChain> ChainAsync(TenantId tenant, Guid complaint, CancellationToken cancellationToken) => store.ChainAsync(
        shown, complaint, cancellationToken);

    public ValueTask SaveCheckpointAsync(TenantId tenant, CheckpointPart part, CancellationToken cancellationToken) => store.SaveCheckpointAsync(shown, part, cancellationToken);

    public IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId tenant, CancellationToken cancellationToken) => store.CheckpointsAsync(shown, cancellationToken);

    public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, NodaTime.Instant now, int max, CancellationToken cancellationToken) => store.DueAsync(shown, now, max, cancellationToken);

    public ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) => store.ClaimDueAsync(shown, query, cancellationToken);

    public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) => store.TimersAsync(shown, cancellationToken);

    public ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => store.RepairAsync(shown, repair, cancellationToken);

    public ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => store.ClaimAsync(shown, query, cancellationToken);

    public ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, NodaTime.Instant? now, CancellationToken cancellationToken) =>
        store.SettleAsync(shown, token, fates, now, cancellationToken);

    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) => store.DeadAsync(shown, max, cancellationToken);

    public ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, NodaTime.Instant? now, CancellationToken cancellationToken) =>
        store.ReplayAsync(shown, messages, now, cancellationToken);

    public ValueTask<QueueAges> AgesAsync(TenantId tenant, NodaTime.Instant? now, CancellationToken cancellationToken) => store.AgesAsync(shown, now, cancellationToken);

    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, NodaTime.Instant before, CancellationToken cancellationToken) => store.ForgetDeliveredAsync(shown, before, cancellationToken);

    public ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        store.ListWorkAsync(shown, filter, cancellationToken);

    public ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        store.CountWorkAsync(shown, filter, cancellationToken);

    public IAsyncEnumerable<StoredWork> AllWorkAsync(TenantId tenant, CancellationToken cancellationToken) => store.AllWorkAsync(shown, cancellationToken);

    public ValueTask RepairWorkAsync(TenantId tenant, WorkRepair repair, CancellationToken cancellationToken) =>
        store.RepairWorkAsync(shown, repair, cancellationToken);

    public ValueTask<ImmutableArray<LinkedCase>> LinksAsync(TenantId tenant, AggregateId of, CancellationToken cancellationToken) =>
        store.LinksAsync(shown, of, cancellationToken);

    public IAsyncEnumerable<StoredLink> AllLinksAsync(TenantId tenant, CancellationToken cancellationToken) =>
        store.AllLinksAsync(shown, cancellationToken);

    public ValueTask RepairLinkAsync(TenantId tenant, LinkRepair repair, CancellationToken cancellationToken) =>
        store.RepairLinkAsync(shown, repair, cancellationToken);

    public ValueTask<ImmutableHashSet<ComplaintId>> InWhichAsync(
        TenantId tenant, ImmutableArray<string> parties, IReadOnlyCollection<ComplaintId> complaints,
        CancellationToken cancellationToken) =>
        store.InWhichAsync(shown, parties, complaints, cancellationToken);

    public IAsyncEnumerable<StoredParty> AllPartiesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        store.AllPartiesAsync(shown, cancellationToken);

    public ValueTask RepairPartyAsync(TenantId tenant, PartyRepair repair, CancellationToken cancellationToken) =>
        store.RepairPartyAsync(shown, repair, cancellationToken);
}
