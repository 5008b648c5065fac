using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Works out from the state of every case its work, its links and who takes part, and compares them with what is stored. The goal is that
/// nothing is ever found. A case that cannot be read has no projection: it becomes work itself, for administrators, and is no drift.
/// </summary>
/// <param name="desk">Whose cases.</param>
/// <param name="work">Where the work is.</param>
/// <param name="links">Where the links are.</param>
/// <param name="chains">Where the states are.</param>
/// <param name="parties">Where it is who takes part; <c>null</c> for the store of the links, if it can say.</param>
public sealed class WorkReconciliation(
    ComplaintDesk desk, IWorkStore work, ILinkStore links, IChainStore chains, ITakingPartStore? parties = null)
{
    private readonly ITakingPartStore? _parties = parties ?? links as ITakingPartStore;

    /// <summary>What has drifted. Safe beside commands: whatever looks wrong is read anew before it is told.</summary>
    public async IAsyncEnumerable<WorkDrift> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var drift in (await FoundAsync(cancellationToken).ConfigureAwait(false)).Drifted)
            yield return drift;
    }

    /// <summary>Puts right what has drifted, and notes what cannot be read as work. A case that moved on meanwhile has brought its work
    /// along and is left alone.</summary>
    /// <returns>What had drifted.</returns>
    public async Task<ImmutableArray<WorkDrift>> RepairAsync(CancellationToken cancellationToken = default)
    {
        var found = await FoundAsync(cancellationToken).ConfigureAwait(false);
        foreach (var drift in found.Drifted)
        {
            if (drift.Link is { } link)
                await links.RepairLinkAsync(desk.Tenant, new(new(drift.Of.Value), drift.Version, link, drift.IsExtra), cancellationToken)
                    .ConfigureAwait(false);
            else if (drift.Party is { } party)
                await _parties!.RepairPartyAsync(
                    desk.Tenant, new(new(drift.Of.Value), drift.Version, party, drift.IsExtra), cancellationToken).ConfigureAwait(false);
            else
                await work.RepairWorkAsync(
                    desk.Tenant, new(drift.Of, drift.Version, (drift.Expected ?? drift.Stored)!, drift.Expected is null),
                    cancellationToken).ConfigureAwait(false);
        }
        foreach (var (of, version, isThere) in found.Unreadable)
        {
            var row = new WorkRow(WorkDuties.Unreadable) { Duty = WorkDuties.Administer, Since = desk.Now() };
            await work.RepairWorkAsync(desk.Tenant, new(of, version, row, Remove: !isThere), cancellationToken).ConfigureAwait(false);
        }
        return [.. found.Drifted];
    }

    /// <summary>A command may have come between two of the streams: what a second walk finds at the same version is so.</summary>
    private async ValueTask<Walk> FoundAsync(CancellationToken cancellationToken)
    {
        var suspects = await WalkAsync(cancellationToken).ConfigureAwait(false);
        if (suspects.Drifted.Count == 0)
            return suspects;
        var again = await WalkAsync(cancellationToken).ConfigureAwait(false);
        var before = suspects.Drifted.ToHashSet();
        again.Drifted.RemoveAll(drift => !before.Contains(drift));
        return again;
    }

    private async ValueTask<Walk> WalkAsync(CancellationToken cancellationToken)
    {
        var walk = new Walk();
        var (orphans, loose, strangers) = (new List<StoredWork>(), new List<StoredLink>(), new List<StoredParty>());
        var rows = new ByComplaint<StoredWork>(work.AllWorkAsync(desk.Tenant, cancellationToken), static row => row.Of.Value);
        await using var _ = rows.ConfigureAwait(false);
        var tied = new ByComplaint<StoredLink>(links.AllLinksAsync(desk.Tenant, cancellationToken), static link => link.Of.Value);
        await using var __ = tied.ConfigureAwait(false);
        var part = new ByComplaint<StoredParty>(
            _parties?.AllPartiesAsync(desk.Tenant, cancellationToken) ?? AsyncEnumerable.Empty<StoredParty>(), static row => row.Of.Value);
        await using var ___ = part.ConfigureAwait(false);
        await foreach (var head in chains.HeadsAsync(desk.Tenant, cancellationToken).ConfigureAwait(false))
        {
            var stored = await rows.TakeAsync(head.Of.Value, orphans).ConfigureAwait(false);
            orphans.AddRange(stored.Where(row => row.Of != head.Of));
            var own = stored.Where(row => row.Of == head.Of).Select(row => row.Row).ToList();
            var linked = (await tied.TakeAsync(head.Of.Value, loose).ConfigureAwait(false)).Select(link => link.Row).ToList();
            var taking = (await part.TakeAsync(head.Of.Value, strangers).ConfigureAwait(false)).ConvertAll(row => row.Party);
            var expected = await desk.ExpectedAsync(head, cancellationToken).ConfigureAwait(false);
            walk.Compare(head, own, linked, _parties is null ? null : taking, expected);
        }
        await rows.RestAsync(orphans).ConfigureAwait(false);
        await tied.RestAsync(loose).ConfigureAwait(false);
        await part.RestAsync(strangers).ConfigureAwait(false);
        walk.Drifted.AddRange(orphans.Select(orphan => new WorkDrift(orphan.Of, null, 0, orphan.Row, null)));
        walk.Drifted.AddRange(loose.Select(
            link => new WorkDrift(AggregateId.Of(link.Of), null, 0, null, null) { Link = link.Row, IsExtra = true }));
        walk.Drifted.AddRange(strangers.Select(
            row => new WorkDrift(AggregateId.Of(row.Of), null, 0, null, null) { Party = row.Party, IsExtra = true }));
        return walk;
    }

    private sealed class Walk
    {
        public List<WorkDrift> Drifted { get; } = [];

        /// <summary>Whose damage is not noted yet, or is noted and mended.</summary>
        public List<(AggregateId Of, int Version, bool IsUnreadable)> Unreadable { get; } = [];

        public void Compare(
            ChainHead head, List<WorkRow> stored, List<LinkRow> linked, List<string>? taking, in ExpectedWork expected)
        {
            var isNoted = stored.RemoveAll(row => row.Work == WorkDuties.Unreadable) > 0;
            if (expected.IsUnreadable != isNoted)
                Unreadable.Add((head.Of, head.Version, expected.IsUnreadable));
            if (!expected.IsKnown)
                return;
            foreach (var wanted in expected.Work)
            {
                if (stored.Find(wanted.IsSame) is var there && !wanted.Equals(there))
                    Drifted.Add(Drift(there, wanted));
            }
            foreach (var extra in stored)
            {
                if (!expected.Work.Any(extra.IsSame))
                    Drifted.Add(Drift(extra, null));
            }
            Drifted.AddRange(expected.Links.Except(linked).Select(link => Drift(null, null) with { Link = link }));
            Drifted.AddRange(linked.Except(expected.Links).Select(link => Drift(null, null) with { Link = link, IsExtra = true }));
            if (taking is not null)
            {
                Drifted.AddRange(expected.Parties.Except(taking).Select(party => Drift(null, null) with { Party = party }));
                Drifted.AddRange(taking.Except(expected.Parties).Select(
                    party => Drift(null, null) with { Party = party, IsExtra = true }));
            }

            WorkDrift Drift(WorkRow? there, WorkRow? wanted) => new(head.Of, head.Number, head.Version, there, wanted);
        }
    }
}

/// <summary>Work, a link, or a party of a case that is not what the state of the case asks for.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Number">Its number; <c>null</c> if it is not there.</param>
/// <param name="Version">The version at which this was seen; 0 if it is not there.</param>
/// <param name="Stored">The work as it is; <c>null</c> when it is missing.</param>
/// <param name="Expected">The work as it must be; <c>null</c> when there must be none.</param>
public sealed record WorkDrift(AggregateId Of, string? Number, int Version, WorkRow? Stored, WorkRow? Expected)
{
    /// <summary>The link that is missing, or there and not asked for; <c>null</c> for anything else.</summary>
    public LinkRow? Link { get; init; }

    /// <summary>The party that is missing, or there and not asked for; <c>null</c> for anything else.</summary>
    public string? Party { get; init; }

    /// <summary>True for a link or a party that is there and not asked for.</summary>
    public bool IsExtra { get; init; }
}
