using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A column that was made too short.</summary>
public sealed class KeepsAHundredEvents : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Events = [.. commit.Events.Take(100)] }, cancellationToken);
}

/// <summary>Bytes that went through a text.</summary>
public sealed class EndsBodiesAtAZero : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { Events = [.. commit.Events.Select(happened => happened with { Body = happened.Body.ToArray().TakeWhile(value => value != 0).ToArray() })] }, cancellationToken);
}

/// <summary>"Insert or ignore" where "insert or update" was meant.</summary>
public sealed class LeavesMovedTimersWhereTheyWere : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        var there = (await Good.LoadAsync(commit.Tenant, commit.Id, default, cancellationToken)).Timers;
        return await base.CommitAsync(
            commit with { TimersToSet = [.. commit.TimersToSet.Where(timer => !there.Any(kept => kept.Clock == timer.Clock && kept.Purpose == timer.Purpose))] }, cancellationToken);
    }
}

/// <summary>Reads what is due in the order in which it was written.</summary>
public sealed class FindsTheLatestDueFirst : BrokenTimers
{
    public override async ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        [.. (await Good.DueAsync(tenant, now, 10_000, cancellationToken)).Reverse().Take(max)];
}

/// <summary>A comparison that is off by one at the end of a batch.</summary>
public sealed class LeavesTheLastDueTimerOut : BrokenTimers
{
    public override async ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        await Good.DueAsync(tenant, now, max, cancellationToken) is { Length: 1 } last && max > 1 ? last.Clear() : await Good.DueAsync(tenant, now, max, cancellationToken);
}

/// <summary>Tidies a definition up.</summary>
public sealed class TrimsDefinitions : BrokenFixture, IDefinitionStore
{
    protected override IDefinitionStore Definitions => this;

    public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => Good.ListAsync(tenant,
        cancellationToken);

    public ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
        Good.NewerAsync(tenant, since, cancellationToken);

    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken) =>
        Good.TryAddAsync(definition with { Json = definition.Json.Trim() }, cancellationToken);
}

/// <summary>A good store that says badly what is new.</summary>
public abstract class BrokenNews : BrokenFixture, IDefinitionStore
{
    protected override IDefinitionStore Definitions => this;

    public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => Good.ListAsync(tenant,
        cancellationToken);

    public abstract ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken);

    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken) =>
        Good.TryAddAsync(definition, cancellationToken);
}

/// <summary>Takes the time of publication for an order.</summary>
public sealed class CountsDefinitionsByTheClock : BrokenNews
{
    public override async ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken)
    {
        var newer = (await Good.ListAsync(tenant, cancellationToken))
            .Where(definition => definition.PublishedAt.ToUnixTimeTicks() > (since?.Sequence ?? 0)).ToImmutableArray();
        return new(newer, new(newer.IsEmpty ? since?.Sequence ?? 0 : newer.Max(definition => definition.PublishedAt.ToUnixTimeTicks())));
    }
}

/// <summary>Reads everything again each time.</summary>
public sealed class ReadsEveryDefinitionAgain : BrokenNews
{
    public override ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
        Good.NewerAsync(tenant, null, cancellationToken);
}

/// <summary>Reads first and takes the mark afterwards, when others have published meanwhile.</summary>
public sealed class TakesTheMarkTooLate : BrokenNews
{
    public override async ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken)
    {
        var news = await Good.NewerAsync(tenant, since, cancellationToken);
        await Task.Delay(5, cancellationToken);
        return news with { Mark = (await Good.NewerAsync(tenant, null, cancellationToken)).Mark };
    }
}

/// <summary>Forgets from when on a version holds.</summary>
public sealed class ForgetsWhenDefinitionsHold : BrokenFixture, IDefinitionStore
{
    protected override IDefinitionStore Definitions => this;

    public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => Good.ListAsync(tenant,
        cancellationToken);

    public ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
        Good.NewerAsync(tenant, since, cancellationToken);

    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken) =>
        Good.TryAddAsync(definition with { EffectiveFrom = null }, cancellationToken);
}

/// <summary>Imports complaints, and their look-ups some other day.</summary>
public sealed class ForgetsImportedLookups : BrokenFixture, IComplaintImporter
{
    protected override IComplaintImporter Importer => this;

    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken) =>
        Good.KnownAsync(tenant, sourceHashes, cancellationToken);

    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) =>
        Good.ImportAsync([.. commits.Select(commit => commit with { Lookups = [] })], cancellationToken);
}

/// <summary>Writes the keys of a batch first, also those of rows that it then leaves out.</summary>
public sealed class KeepsKeysOfWhatIsLeftOut : BrokenFixture, IComplaintImporter
{
    protected override IComplaintImporter Importer => this;

    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken) =>
        Good.KnownAsync(tenant, sourceHashes, cancellationToken);

    public async ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        foreach (var commit in commits.Where(commit => !commit.NewKeys.IsEmpty))
            await Good.AddAsync(commit.Tenant, commit.NewKeys[0], cancellationToken);
        return await Good.ImportAsync([.. commits.Select(commit => commit with { NewKeys = [] })], cancellationToken);
    }
}

/// <summary>Reads titles and does not say where they stand, so that nobody can open them.</summary>
public sealed class ForgetsWhereTitlesStand : BrokenFixture
{
    protected override IComplaintReader Reader => new Titles(Good);

    private sealed class Titles(IComplaintReader good) : OffsetPages(good)
    {
        public override async ValueTask<ComplaintPage> ListAsync(
            TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
        {
            var page = await base.ListAsync(tenant, query, cancellationToken);
            return page with { Items = [.. page.Items.Select(Forget)] };
        }

        private static ComplaintSummary Forget(ComplaintSummary read) =>
            read.Title is { } title ? read with { Title = Personal.Sealed(title.Envelope!, default) } : read;
    }
}
