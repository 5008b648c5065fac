using Complaints.Core.Intake;
using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Takes over one file in batches. A batch may be prepared while the one before it is written, where
/// <see cref="PreparedImport.MayOverlap"/> says so; nothing else may overlap.
/// Keys: a complaint that names a person or a thing, or has a statement, gets a key of its own, so that it can be erased alone. The titles
/// of the others, which say nothing about anybody, are sealed under one key of the run.
/// </summary>
public sealed class ImportRun
{
    private const int LargestBlock = 8_000;
    private readonly DeskServices _services;
    private readonly IComplaintImporter _importer;
    private readonly TenantId _tenant;
    private readonly Actor _actor;
    private readonly OwnClocks? _ownClocks;
    private SubjectKey? _shared;
    private (int Year, long Next, long End) _numbers;
    private int _block;
    private bool _isGapFree;

    internal ImportRun(DeskServices services, IComplaintImporter importer, TenantId tenant, Actor actor, OwnClocks? ownClocks) =>
        (_services, _importer, _tenant, _actor, _ownClocks) = (services, importer, tenant, actor, ownClocks);

    /// <summary>Decides a batch: leaves out what is known, numbers, seals and chains the rest. Nothing is written but a block of numbers
    /// and the run's key.</summary>
    /// <exception cref="HostValidatorException">A validator of the host failed by itself: nothing of the batch is written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<PreparedImport> PrepareAsync(IReadOnlyList<ImportItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var context = new DecisionContext
        {
            Now = Microseconds.Truncate(_services.Clock.GetCurrentInstant()),
            Actor = _actor,
            Rules = await _services.Definitions.RulesAsync(_tenant, cancellationToken).ConfigureAwait(false),
        };
        if (items.Count > 0 && Forbidden(items[0].Command, context.Rules) is { } forbidden)
            return new PreparedImport(items, [.. items.Select(_ => new ImportAnswer(ImportStanding.Refused, forbidden, []))], []);
        var tenantKeys = await _services.Keys.TenantKeysAsync(_tenant, cancellationToken).ConfigureAwait(false);
        var seen = await KnownAsync(items, tenantKeys.Sources, cancellationToken).ConfigureAwait(false);
        var answers = ImmutableArray.CreateBuilder<ImportAnswer>(items.Count);
        var commits = new List<ComplaintCommit>(items.Count);
        // A next number is told for one batch, and is no block when the tenant goes back to blocks.
        var isGapFree = context.Rules.Settings.GapFreeNumbers ?? _services.Store.PrefersGapFreeNumbers;
        if (_isGapFree || isGapFree)
            (_isGapFree, _numbers) = (isGapFree, default);
        // Sorted, so that complaints received at one instant keep the order of the file, and a store appends instead of inserting here and there.
        var ids = Enumerable.Range(0, items.Count).Select(_ => NewId(context.Now)).Order().ToArray();
        foreach (var item in items)
        {
            var hashes = HashesOf(item, tenantKeys, context.Rules.Settings.PhoneRegion);
            if (hashes.Source is { } source && !seen.Add(source))
            {
                answers.Add(new(ImportStanding.Known, null, []));
                continue;
            }
            var number = await NumberAsync(context, items.Count - answers.Count, cancellationToken).ConfigureAwait(false);
            var (key, newKey) = await KeyAsync(item, context.Now, cancellationToken).ConfigureAwait(false);
            var ticket = new IntakeTicket(_tenant, new ComplaintId(ids[answers.Count]), number, key.Subject);
            var command = _ownClocks is null || item.Command.OwnClocks is not null ? item.Command : item.Command with { OwnClocks = _ownClocks };
            var decision = Complaint.Decide(null, command, context with { Intake = ticket });
            if ((decision.Refusal ?? await RefusedByHostAsync(command.Draft, cancellationToken).ConfigureAwait(false)) is { } refusal)
            {
                answers.Add(new(ImportStanding.Refused, refusal, []));
                continue;
            }
            var taken = _isGapFree ? new TakenNumber(_numbers.Year, _numbers.Next) : null;
            _numbers.Next++;
            answers.Add(new(ImportStanding.Ready, null, decision.Complaint.Imported!.Contradictions));
            var keys = new KeyRing(tenantKeys).With(key, newKey);
            commits.Add(hashes.Beside(CommitBuilder.Build(decision, null, new CommandId(NewId(context.Now)), keys, context.Rules)) with
            {
                SealedUnder = [], // the run's own keys, which nobody knows yet
                Number = taken,
            });
        }
        return new PreparedImport(items, answers.MoveToImmutable(), commits);
    }

    /// <summary>Writes a prepared batch in one transaction. With gap-free numbers, what lost its numbers to somebody else meanwhile is
    /// decided again, in several transactions.</summary>
    /// <returns>How many were written; fewer than were ready when others had written the same ids meanwhile.</returns>
    /// <exception cref="StoreUnavailableException">The outcome is unknown: prepare the items again, those that are there will be
    /// known.</exception>
    public async Task<int> CommitAsync(PreparedImport prepared, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        if (prepared.Commits.Count == 0)
            return 0;
        var written = await _importer.ImportAsync(prepared.Commits, cancellationToken).ConfigureAwait(false);
        return written == 0 && !prepared.MayOverlap ? await CommitInPartsAsync(prepared.Items, cancellationToken).ConfigureAwait(false) : written;
    }

    /// <summary>Somebody took a number, or wrote one of the complaints, meanwhile. In halves of halves, so that whoever registers all the
    /// time comes between less and less.</summary>
    private async Task<int> CommitInPartsAsync(IReadOnlyList<ImportItem> items, CancellationToken cancellationToken)
    {
        var (written, failed) = (0, 0);
        var left = new Stack<IReadOnlyList<ImportItem>>([items]);
        while (left.TryPop(out var part))
        {
            var prepared = await PrepareAsync(part, cancellationToken).ConfigureAwait(false);
            if (prepared.Commits.Count == 0)
                continue;
            var count = await _importer.ImportAsync(prepared.Commits, cancellationToken).ConfigureAwait(false);
            (written, failed) = (written + count, count > 0 ? 0 : failed + 1);
            if (failed == IntakeOffice.MostNumbersLost)
                throw new StoreException($"No number could be had in {failed} tries for {part.Count} complaints, the first of them {prepared.Commits[0].Id}: its id or its key may be taken.");
            if (count > 0)
                continue;
            foreach (var half in part.Chunk((part.Count + 1) / 2).Reverse())
                left.Push(half);
        }
        return written;
    }

    private async ValueTask<HashSet<string>> KnownAsync(
        IReadOnlyList<ImportItem> items, SourceHashKey key, CancellationToken cancellationToken)
    {
        var hashes = items.Select(item => item.Command.Draft.ExternalRef).OfType<ExternalRef>()
            .Select(known => IntakeHashes.OfSource(known, key)).ToHashSet(StringComparer.Ordinal);
        return [.. await _importer.KnownAsync(_tenant, hashes, cancellationToken).ConfigureAwait(false)];
    }

    private ComplaintError? Forbidden(ImportComplaint command, Rulebook rules) =>
        _services.Rooms.Decider.PermissionsIn(rules).Check(_services.Rooms.Catalogue.Of(command), _actor);

    private static IntakeHashes HashesOf(ImportItem item, TenantKeys keys, string region) =>
        IntakeHashes.Of(item.Command.Draft, keys, region) with
        {
            IsRepeatGiven = item.HasRepeatText,
            // Half a key would join strangers, and so would one that says nothing.
            Repeat = item is { HasRepeatText: true, RepeatText: { } text } && text.Split('\u001f').All(LookupText.IsKey)
                ? keys.Repeats.Hash($"import\u001f{text}")
                : null,
        };

    private async ValueTask<(SubjectKey Key, WrappedKey? New)> KeyAsync(ImportItem item, Instant now, CancellationToken cancellationToken)
    {
        var draft = item.Command.Draft;
        var namesItem = draft.Item is { Ref: not null } or { Model: not null };
        if (item.OwnKey || namesItem || !draft.Complainant.SaysNothing || draft.Statement != new Statement())
            return await _services.Keys.NewAsync(_tenant, new SubjectId(NewId(now)), cancellationToken).ConfigureAwait(false);
        // A new id for every run: a destroyed key must never come back under its old id.
        _shared ??= await _services.Keys.AddAsync(_tenant, new SubjectId(NewId(now)), cancellationToken).ConfigureAwait(false);
        return (_shared, null);
    }

    /// <summary>The first thing that the host has against a draft, as of the library's own rules.</summary>
    private async ValueTask<ComplaintError?> RefusedByHostAsync(IntakeDraft draft, CancellationToken cancellationToken) =>
        (await _services.Validators.CheckAsync(draft, HostValidators.Import, cancellationToken).ConfigureAwait(false))?.Details[0];

    /// <summary>The next number. Blocks grow with the file, because reserving one waits for the batch that is being written; gap-free
    /// numbers are none.</summary>
    private async ValueTask<string> NumberAsync(DecisionContext context, int needed, CancellationToken cancellationToken)
    {
        var year = context.Now.InZone(DateTimeZoneProviders.Tzdb[context.Rules.Settings.Zone]).Year;
        if (_numbers.Next == _numbers.End || _numbers.Year != year)
        {
            _block = _isGapFree ? 0 : Math.Min(LargestBlock, Math.Max(needed, _block * 2));
            var query = new IntakeQuery(_tenant, new CommandId(NewId(context.Now)), [], year, _block, NextNumber: _isGapFree);
            var first = (await _services.Store.LoadIntakeAsync(query, cancellationToken).ConfigureAwait(false)).FirstNumber;
            _numbers = (year, first, _isGapFree ? long.MaxValue : first + _block);
        }
        return IntakeOffice.Format(context.Rules.Settings, year, _numbers.Next);
    }

    private Guid NewId(Instant now) => _services.Ids.NewId(now);
}
