using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// What is kept of a new complaint as hashes under the tenant's key. They lie beside its history and never in it: what is hashed there
/// could not be erased. All but the source's go with the person.
/// </summary>
/// <param name="Lookups">What identifies the customer, the strongest first.</param>
/// <param name="Item">The item's reference.</param>
/// <param name="Source">The source and its id there.</param>
internal sealed record IntakeHashes(ImmutableArray<Lookup> Lookups, string? Item, string? Source)
{
    /// <summary>A key that an import's mapping gave for repeats.</summary>
    public string? Repeat { get; init; }

    /// <summary>True when a mapping says by what repeats are told: then the customer does not, and where it gives no key, nothing
    /// does.</summary>
    public bool IsRepeatGiven { get; init; }

    public static IntakeHashes Of(IntakeDraft draft, TenantKeys keys) => new(
        LookupText.Hashed(draft.Complainant, keys.Lookups),
        string.IsNullOrWhiteSpace(draft.Item?.Ref) ? null : keys.Repeats.Hash("item\u001f" + LookupText.Folded(draft.Item.Ref)),
        draft.ExternalRef is { } known ? OfSource(known, keys.Sources) : null);

    public static string OfSource(ExternalRef known, SourceHashKey key) => key.Hash($"{known.Source}\u001f{known.Id}");

    /// <summary>The commit of the complaint with what is kept beside its history.</summary>
    public ComplaintCommit Beside(ComplaintCommit commit) => commit with
    {
        Lookups = Lookups,
        Summary = commit.Summary with
        {
            CustomerHash = IsRepeatGiven || Lookups.IsEmpty ? null : Lookups[0].Hash,
            ItemHash = Item,
            RepeatHash = Repeat,
            SourceHash = Source,
        },
    };
}
