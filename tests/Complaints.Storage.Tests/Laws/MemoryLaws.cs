using Complaints.Testing.Conformance;

namespace Complaints.Storage.Tests.Laws;

// Every class of laws on one store; the last one fails when a class is missing.

public sealed class MemoryCommitLaws : CommitLaws<MemoryFixture>;

public sealed class MemoryConflictLaws : ConflictLaws<MemoryFixture>;

public sealed class MemoryIdempotencyLaws : IdempotencyLaws<MemoryFixture>;

public sealed class MemoryIntakeLaws : IntakeLaws<MemoryFixture>;

public sealed class MemoryNumberLaws : NumberLaws<MemoryFixture>;

public sealed class MemoryTimerLaws : TimerLaws<MemoryFixture>;

public sealed class MemoryWorkLaws : WorkLaws<MemoryFixture>;

public sealed class MemoryLinkLaws : LinkLaws<MemoryFixture>;

public sealed class MemoryPartyLaws : PartyLaws<MemoryFixture>;

public sealed class MemorySweepLaws : SweepLaws<MemoryFixture>;

public sealed class MemoryOutboxLaws : OutboxLaws<MemoryFixture>;

public sealed class MemoryQueueLaws : QueueLaws<MemoryFixture>;

public sealed class MemoryListingLaws : ListingLaws<MemoryFixture>;

public sealed class MemoryHistoryLaws : HistoryLaws<MemoryFixture>;

public sealed class MemoryDefinitionLaws : DefinitionLaws<MemoryFixture>;

public sealed class MemoryAggregateLaws : AggregateLaws<MemoryFixture>;

public sealed class MemoryParticipantLaws : ParticipantLaws<MemoryFixture>;

public sealed class MemoryKeyLaws : KeyLaws<MemoryFixture>;

public sealed class MemoryChainLaws : ChainLaws<MemoryFixture>;

public sealed class MemoryImportLaws : ImportLaws<MemoryFixture>;

public sealed class MemoryTenantLaws : TenantLaws<MemoryFixture>;

public sealed class MemoryFidelityLaws : FidelityLaws<MemoryFixture>;

public sealed class MemoryConcurrencyLaws : ConcurrencyLaws<MemoryFixture>;

public sealed class MemoryCompliance : StoreCompliance<MemoryFixture>;
