using Complaints.Core.Intake;
using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// The entrance for ledgers of other systems: many <see cref="ImportComplaint"/> commands at once, each decided, sealed and chained like
/// any other, written by
/// <see cref="IComplaintImporter"/>. Silent: no clock, no message. Thread-safe.
/// </summary>
public sealed class ImportDesk
{
    private readonly DeskServices _services;
    private readonly IComplaintImporter _importer;

    /// <summary>A desk of the default tenant on which the library itself acts.</summary>
    public ImportDesk(DeskServices services, IComplaintImporter importer) : this(services, importer, TenantId.Default, Actor.System) { }

    private ImportDesk(DeskServices services, IComplaintImporter importer, TenantId tenant, Actor actor) =>
        (_services, _importer, Tenant, Actor) = (services, importer, tenant, actor);

    /// <summary>Whose complaints it takes over.</summary>
    public TenantId Tenant { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>The same desk for another actor, and another tenant if one is given.</summary>
    public ImportDesk For(Actor actor, TenantId? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new(_services, _importer, tenant ?? Tenant, actor);
    }

    /// <summary>Begins to take over one file.</summary>
    /// <param name="ownClocks">By which of our policies every complaint is judged that names none itself; check it first.</param>
    public ImportRun Begin(OwnClocks? ownClocks = null) => new(_services, _importer, Tenant, Actor, ownClocks);

    /// <summary>Whether the tenant has the policy and the objective: <c>definition.missing</c>, or <c>null</c>.</summary>
    public async ValueTask<ComplaintError?> CheckAsync(OwnClocks ownClocks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ownClocks);
        return ownClocks.Check(await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false));
    }
}

/// <summary>One complaint to take over.</summary>
/// <param name="Command">What its source says.</param>
/// <param name="RepeatText">By what the source recognises repeats, normalized; only its keyed hash is kept. <c>null</c> to use the tenant's
/// repeat rule.</param>
/// <param name="HasRepeatText">True when the source has its own rule: then no <paramref name="RepeatText"/> means no key.</param>
/// <param name="OwnKey">True to seal it under a key of its own even if nobody is named in it, because its title may be personal.</param>
public sealed record ImportItem(ImportComplaint Command, string? RepeatText = null, bool HasRepeatText = false, bool OwnKey = false);

/// <summary>What becomes of an <see cref="ImportItem"/>.</summary>
public enum ImportStanding
{
    /// <summary>It will be written.</summary>
    Ready,

    /// <summary>Its source's id is there already.</summary>
    Known,

    /// <summary>It was refused.</summary>
    Refused,
}

/// <summary>The answer to an <see cref="ImportItem"/>.</summary>
/// <param name="Standing">What becomes of it.</param>
/// <param name="Refusal">Why not, if it was refused: <c>text.*</c>, or a rule of the host's own, <c>host.*</c>.</param>
/// <param name="Contradictions">What its source says that cannot be true; it is imported all the same.</param>
public sealed record ImportAnswer(ImportStanding Standing, ComplaintError? Refusal, ImmutableArray<string> Contradictions);

/// <summary>Decided complaints that wait to be written.</summary>
public sealed class PreparedImport
{
    internal PreparedImport(IReadOnlyList<ImportItem> items, ImmutableArray<ImportAnswer> answers, IReadOnlyList<ComplaintCommit> commits) =>
        (Items, Answers, Commits) = (items, answers, commits);

    /// <summary>One answer an item, in order.</summary>
    public ImmutableArray<ImportAnswer> Answers { get; }

    /// <summary>True when another batch may be prepared while this one is written. With gap-free numbers only its end tells the next
    /// number.</summary>
    public bool MayOverlap => Commits is not [{ Number: not null }, ..];

    internal IReadOnlyList<ImportItem> Items { get; }

    internal IReadOnlyList<ComplaintCommit> Commits { get; }
}
