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

    /// <summary>By what earlier complaints are found: also what is kept of them in an older form.</summary>
    public ImmutableArray<Lookup> Sought { get; private init; }

    /// <summary>Hashes what a draft says.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="keys">The tenant's keys.</param>
    /// <param name="region">Where a phone number without a country is one.</param>
    public static IntakeHashes Of(IntakeDraft draft, TenantKeys keys, string region)
    {
        var lookups = LookupText.Hashed(draft.Complainant, keys.Lookups, region);
        return new(lookups, OfItem(draft.Item, keys.Repeats), draft.ExternalRef is { } known ? OfSource(known, keys.Sources) : null)
        {
            Sought = [.. lookups.Concat(LookupText.HashedBefore(draft.Complainant, keys.Lookups)).DistinctBy(lookup => lookup.Hash)],
        };
    }

    public static string? OfItem(Item? item, RepeatHashKey key) =>
        item?.Ref is not { } reference || !LookupText.IsKey(reference) ? null
            : key.Hash("item\u001f" + LookupText.Folded(reference));

    public static string OfSource(ExternalRef known, SourceHashKey key) => key.Hash($"{known.Source}\u001f{known.Id}");

    /// <summary>A customer's look-ups in one text, for <see cref="ComplaintSummary.CustomerHash"/>; <c>null</c> where there are
    /// none.</summary>
    public static string? CustomerOf(ImmutableArray<Lookup> lookups) => lookups.IsEmpty ? null
        : string.Join(' ', lookups.Select(lookup => lookup.Kind == Lookup.Reference ? "=" + lookup.Hash : lookup.Hash));

    /// <summary>The commit of the complaint with what is kept beside its history.</summary>
    public ComplaintCommit Beside(ComplaintCommit commit) => commit with
    {
        Lookups = Lookups,
        Summary = commit.Summary with
        {
            CustomerHash = IsRepeatGiven ? null : CustomerOf(Lookups),
            ItemHash = Item,
            RepeatHash = Repeat,
            SourceHash = Source,
        },
    };
}
