using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <content>Improvements, and whatever else is small.</content>
public sealed partial class InMemoryComplaintStore
{
    /// <inheritdoc/>
    public ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data =>
        {
            var found = data.Aggregates.GetValueOrDefault(id.Value) is { } there && there.Summary.Id == id ? there : null;
            return new LoadedAggregate(found?.Stored, found is null ? null : KeyOf(data, found.Summary.Subject), Earlier(data, command));
        });

    /// <inheritdoc/>
    public ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => 1 + data.Aggregates.Values
            .Where(known => known.Summary.Id.Noun == noun && known.Number.Year == year).Select(known => known.Number.Number)
                .DefaultIfEmpty().Max());

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return In(commit.Tenant, cancellationToken, data =>
        {
            if (StandsInTheWay(data, commit))
                return CommitOutcome.Conflict;
            Write(data, commit);
            if (!commit.Outbox.IsEmpty)
                Hint();
            return CommitOutcome.Committed;
        });
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => data.Aggregates.Values.Select(known => known.Summary)
            .Where(summary => summary.Id.Noun == query.Noun
                && (query.Statuses.IsEmpty || query.Statuses.Contains(summary.Status))
                && (query.Kind ?? summary.Kind) == summary.Kind && (query.Owner ?? summary.Owner) == summary.Owner
                && (query.Number ?? summary.Number) == summary.Number
                && (query.After is not { } after || string.CompareOrdinal(summary.Id.Value.ToString("D"), after.ToString("D")) < 0))
            .OrderByDescending(summary => summary.Id.Value.ToString("D"), StringComparer.Ordinal)
            .Take(query.Take).ToImmutableArray());
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => data.Aggregates.Values
            .Where(known => known.Summary.Id.Noun == query.Noun && known.Summary.LookAt <= query.Now)
            .Select(known => (At: known.Summary.LookAt!.Value, Name: known.Summary.Id.Value.ToString("D"), known.Summary))
            .Where(known => query.After is not { } after || known.At > after.At
                || (known.At == after.At && string.CompareOrdinal(known.Name, after.Id.Value.ToString("D")) > 0))
            .OrderBy(known => known.At).ThenBy(known => known.Name, StringComparer.Ordinal)
            .Take(query.Max).Select(known => new AggregateLook(known.Summary.Id, known.Summary.Version, known.At)).ToImmutableArray());
    }

    /// <inheritdoc/>
    public async ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        await In(tenant, cancellationToken, data =>
        {
            if (data.Aggregates.GetValueOrDefault(look.Id.Value) is { } known && known.Summary.Version == look.Version)
                data.Aggregates[look.Id.Value] = known with { Summary = known.Summary with { LookAt = look.At } };
            return true;
        }).ConfigureAwait(false);
    }

    private static bool StandsInTheWay(MemoryTenant data, AggregateCommit commit)
    {
        var found = data.Aggregates.GetValueOrDefault(commit.Summary.Id.Value);
        return (found?.Summary.Version ?? 0) != commit.ExpectedVersion
            || data.Commands.ContainsKey(commit.Command.Id)
            || (commit.NeedsKey && !data.Keys.ContainsKey(commit.Summary.Subject))
            || (commit.NewKey is { } key && data.Keys.ContainsKey(key.Subject))
            || (commit.Number is { } taken && data.Aggregates.Values.Any(known => known.Summary.Id.Noun == commit.Summary.Id.Noun
                && known.Number == taken))
            || commit.Outbox.Any(message => data.Outbox.ContainsKey(message.Id))
            || commit.Events.Any(happened => data.Events.ContainsKey((commit.Summary.Id.Value, happened.Version, happened.Index)));
    }

    private static void Write(MemoryTenant data, AggregateCommit commit)
    {
        var id = commit.Summary.Id.Value;
        var number = data.Aggregates.GetValueOrDefault(id)?.Number ?? commit.Number!;
        data.Aggregates[id] = new(commit.Summary, number, commit.Schema, commit.State.ToArray(), commit.Head.ToArray());
        foreach (var happened in commit.Events)
            data.Events.Add((id, happened.Version, happened.Index), MemoryTenant.Copy(happened));
        data.Work.Change(commit.Summary.Id, commit.WorkToSet, commit.WorkToRemove);
        foreach (var message in commit.Outbox)
            data.Outbox.Add(message.Id, new MemoryMessage(message with { Payload = message.Payload.ToArray() }, new ComplaintId(id)));
        data.Commands.Add(commit.Command.Id, MemoryTenant.Copy(commit.Command));
        if (commit.NewKey is { } key)
            data.Keys.Add(key.Subject, MemoryTenant.Copy(key));
    }
}
