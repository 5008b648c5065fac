using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A good store that keeps improvements badly.</summary>
public abstract class BrokenAggregates : BrokenFixture, IAggregateStore
{
    protected override IAggregateStore Aggregates => this;

    public ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command, CancellationToken cancellationToken) =>
        Good.LoadAsync(tenant, id, command, cancellationToken);

    public virtual ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken) =>
        Good.NextNumberAsync(tenant, noun, year, cancellationToken);

    public virtual ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken) => Good.CommitAsync(
        commit, cancellationToken);

    public virtual ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query,
        CancellationToken cancellationToken) =>
        Good.ListAsync(tenant, query, cancellationToken);

    public ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken) =>
        Good.DueAsync(tenant, query, cancellationToken);

    public virtual ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken) =>
        Good.LookAgainAsync(tenant, look, cancellationToken);
}

public sealed class ForgetsMessagesOfAggregates : BrokenAggregates
{
    public override ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Outbox = [] }, cancellationToken);
}

public sealed class IgnoresVersionsOfAggregates : BrokenAggregates
{
    public override async ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken)
    {
        var there = (await Good.LoadAsync(commit.Tenant, commit.Summary.Id, default, cancellationToken)).Aggregate?.Version ?? 0;
        return await base.CommitAsync(commit with
        {
            ExpectedVersion = there, Summary = commit.Summary with { Version = there + 1 },
            Events = [.. commit.Events.Select(stored => stored with { Version = there + 1 })],
        }, cancellationToken);
    }
}

public sealed class IgnoresKeysOfAggregates : BrokenAggregates
{
    public override ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { NeedsKey = false }, cancellationToken);
}

public sealed class CountsAggregatesAcrossYears : BrokenAggregates
{
    public override ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken) =>
        base.NextNumberAsync(tenant, noun, 2026, cancellationToken);
}

public sealed class ListsAggregatesFromTheStart : BrokenAggregates
{
    public override ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query,
        CancellationToken cancellationToken) =>
        base.ListAsync(tenant, query with { After = null }, cancellationToken);
}

public sealed class MovesEveryLook : BrokenAggregates
{
    public override async ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken) =>
        await base.LookAgainAsync(
        tenant, look with { Version = (await Good.LoadAsync(tenant, look.Id, default, cancellationToken)).Aggregate?.Version ?? 0 },
            cancellationToken);
}
