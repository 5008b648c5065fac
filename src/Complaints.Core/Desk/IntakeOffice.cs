using Complaints.Core.Intake;
using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Prepares what a new complaint is given at the edge: id, number, person, key, similar complaints.</summary>
internal sealed class IntakeOffice(IComplaintStore store, PersonKeys keys, IIdGenerator ids, NumberOptions numbers)
{
    /// <summary>How many numbers may be lost to others in a row before that is told as a conflict: enough for dozens of nodes that register
    /// all the time.</summary>
    public const int MostNumbersLost = 1_000;

    private readonly NumberTurns _turns = new(NumberTurns.Patience);
    private NumberBlocks _blocks = new();
    private int _block = numbers.BlockSize;
    private bool _isInside;

    /// <summary>
    /// The same office inside a transaction of the host, which may roll back: it uses up numbers of a block that is there already, and
    /// keeps nothing of what it reserves itself. A number
    /// without gaps is locked until that transaction ends.
    /// </summary>
    public IntakeOffice Inside(IComplaintStore scoped) =>
        new(scoped, keys, ids, numbers) { _blocks = _blocks, _block = 1, _isInside = true };

    /// <summary>Waits until it is this intake's turn, where they take turns: not inside a transaction of the host, which others wait for in
    /// the store.</summary>
    public ValueTask<NumberTurns.Turn> TurnAsync(TenantId tenant, TenantSettings settings, CancellationToken cancellationToken) =>
        IsGapFree(settings) && !_isInside ? _turns.TakeAsync(tenant, cancellationToken) : default;

    private bool IsGapFree(TenantSettings settings) => settings.GapFreeNumbers ?? store.PrefersGapFreeNumbers;

    /// <summary>One round trip: the ticket, the number that the commit takes, what was found, and the hashes to keep.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="draft">What is known.</param>
    /// <param name="context">When, and by which rules.</param>
    /// <param name="command">The command's id.</param>
    /// <param name="made">The new person for whom this command has made a key already, if it has.</param>
    /// <param name="picked">The person of the complaint that the draft names as the same person's.</param>
    /// <param name="loadsOf">Whose open complaints are to be counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<(IntakeTicket Ticket, TakenNumber? Number, LoadedIntake Loaded, IntakeHashes Hashes)> TicketAsync(
        TenantId tenant, IntakeDraft draft, DecisionContext context, CommandId command, SubjectId? made, SubjectId? picked,
        ImmutableArray<string> loadsOf, CancellationToken cancellationToken)
    {
        var isGapFree = IsGapFree(context.Rules.Settings);
        var tenantKeys = await keys.TenantKeysAsync(tenant, cancellationToken).ConfigureAwait(false);
        var hashes = IntakeHashes.Of(draft, tenantKeys, context.Rules.Settings.PhoneRegion);
        var year = context.Now.InZone(DateTimeZoneProviders.Tzdb[context.Rules.Settings.Zone]).Year;
        var reserved = isGapFree ? null : _blocks.Take(tenant, year);
        var query = new IntakeQuery(
            tenant, command, hashes.Sought, year, reserved is null && !isGapFree ? _block : 0, hashes.Source, isGapFree, loadsOf);
        var loaded = await store.LoadIntakeAsync(query, cancellationToken).ConfigureAwait(false);
        var taken = isGapFree ? new TakenNumber(year, loaded.FirstNumber) : null;
        var number = taken?.Number ?? reserved ?? _blocks.Open(tenant, year, loaded.FirstNumber, _block);
        // A common phone number or mail address makes nobody the same person: erasing one must not take the other's words.
        SubjectId? known = null;
        if (loaded is { Candidates: [{ SharesReference: true } same, ..], Key: { } wrapped })
        {
            // Nothing can be sealed under a key that is damaged: then it is a new person.
            known = await keys.CanOpenAsync(tenant, new(same.Person, wrapped), cancellationToken).ConfigureAwait(false) ? same.Person
                : null;
            loaded = known is null ? loaded with { Key = null } : loaded;
        }
        var person = picked ?? known ?? made ?? new SubjectId(ids.NewId(context.Now));
        var ticket = new IntakeTicket(tenant, new ComplaintId(ids.NewId(context.Now)), Format(context.Rules.Settings, year, number),
            person, hashes.Item, loaded.Candidates);
        return (ticket, taken, loaded, hashes);
    }

    /// <summary>The person's key: the one that was loaded, or a new one.</summary>
    public async ValueTask<(SubjectKey Key, WrappedKey? New)> KeyAsync(TenantId tenant, SubjectId person, ReadOnlyMemory<byte>? loaded, CancellationToken cancellationToken)
    {
        if (loaded is { } wrapped)
            return (await keys.UnwrapAsync(tenant, new WrappedKey(person, wrapped), cancellationToken).ConfigureAwait(false), null);
        return await keys.NewAsync(tenant, person, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A number for people: year and six digits, more when a year has more.</summary>
    public static string Format(TenantSettings settings, int year, long number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{settings.NumberPrefix}{year}-{number:D6}");
}
