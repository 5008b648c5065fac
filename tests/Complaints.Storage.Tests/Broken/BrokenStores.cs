using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Testing;
using Complaints.Testing.Conformance;
using NodaTime;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A good store with one defect: what it is given, or what it gives, is bent on the way.</summary>
public abstract class BrokenFixture : IStoreFixture, IComplaintStore
{
    protected InMemoryComplaintStore Good { get; } = new();

    public ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken) =>
        new(StorePorts.Of(Good) with { Store = this, Reader = Reader, Importer = Importer, Timers = Timers, Definitions = Definitions,
            Outbox = Outbox, Keys = Keys, Aggregates = Aggregates, Work = Work, Links = Links, Parties = Parties });

    public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected virtual IComplaintReader Reader => Good;

    protected virtual IComplaintImporter Importer => Good;

    protected virtual ITimerStore Timers => Good;

    protected virtual IDefinitionStore Definitions => Good;

    protected virtual IOutboxStore Outbox => Good;

    protected virtual ISubjectKeyStore Keys => Good;

    protected virtual IAggregateStore Aggregates => Good;

    protected virtual IWorkStore Work => Good;

    protected virtual ILinkStore Links => Good;

    protected virtual ITakingPartStore Parties => Good;

    public virtual ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        Good.LoadAsync(tenant, id, command, cancellationToken);

    public virtual ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => Good.LoadIntakeAsync(query, cancellationToken);

    public virtual ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) => Good.CommitAsync(commit, cancellationToken);
}

public sealed class ForgetsTheMessages : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Outbox = [] }, cancellationToken);
}

public sealed class ForgetsTheCommandRow : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Command = null }, cancellationToken);
}

public sealed class ForgetsTheLastEvent : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Events = commit.Events[..^1] }, cancellationToken);
}

public sealed class LooksAtOneComplaintOnly : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Unchanged = null }, cancellationToken);
}

public sealed class ForgetsRemovedTimers : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { TimersToRemove = [] }, cancellationToken);
}

public sealed class TruncatesInstantsToMilliseconds : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Summary = commit.Summary with { ReceivedAt = Truncated(commit.Summary.ReceivedAt) } }, cancellationToken);

    private static Instant Truncated(Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}

/// <summary>Rebases what is stale on what is there: a lost update.</summary>
public sealed class IgnoresTheVersion : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        var version = (await Good.LoadAsync(commit.Tenant, commit.Id, default, cancellationToken)).Complaint?.Version ?? 0;
        return await base.CommitAsync(
            commit with
            {
                ExpectedVersion = version,
                Summary = commit.Summary with { Version = version + 1 },
                Events = [.. commit.Events.Select(happened => happened with { Version = version + 1 })],
            },
            cancellationToken);
    }
}

public sealed class IgnoresTheTenant : BrokenFixture
{
    public override ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        base.LoadAsync(new("law"), id, command, cancellationToken);
}

public sealed class HandsNumbersOutTwice : BrokenFixture
{
    public override async ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
        (await base.LoadIntakeAsync(query, cancellationToken)) is var loaded && loaded.FirstNumber > 0 ? loaded with { FirstNumber = 1 } : loaded;
}

/// <summary>Writes the parts before it looks at the version: a conflict leaves look-ups behind.</summary>
public sealed class WritesHalfOfAConflict : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        if (commit.NewKeys is [var key, ..])
            await Good.AddAsync(commit.Tenant, key, cancellationToken);
        return await base.CommitAsync(commit with { NewKeys = [] }, cancellationToken);
    }
}

/// <summary>Imports what is there already once more, under a new source's id.</summary>
public sealed class ImportsTwice : BrokenFixture, IComplaintImporter
{
    private int _count;

    protected override IComplaintImporter Importer => this;

    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken) =>
        Good.KnownAsync(tenant, sourceHashes, cancellationToken);

    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) =>
        Good.ImportAsync([.. commits.Select(commit =>
            commit with { Summary = commit.Summary with { SourceHash = $"{commit.Summary.SourceHash}/{_count++}" } })], cancellationToken);
}

/// <summary>Counts from the beginning what the pages before have shown.</summary>
public sealed class PagesByOffset : BrokenFixture
{
    private OffsetPages? _pages;

    protected override IComplaintReader Reader => _pages ??= new(Good);
}
