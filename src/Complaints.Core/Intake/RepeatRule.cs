using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// What counts as a repeat complaint (重复投诉): data that a host changes. Default: the same customer, the same category, the same item,
/// received within 30 days of the earlier one. Compared is what stands now: whoever classifies one of them better is heeded. What nobody
/// has classified is no repeat.
/// </summary>
/// <param name="WindowDays">Days (of 24 hours) between the two receipts, 1 to 3,660.</param>
/// <param name="ByCategory">Whether the category must be the same.</param>
/// <param name="BySubcategory">Whether the subcategory must be the same, too.</param>
/// <param name="ByItem">Whether the item must be the same: its kind, its model where that is in the tenant's list, and its
/// reference.</param>
public sealed record RepeatRule(int WindowDays = 30, bool ByCategory = true, bool BySubcategory = false, bool ByItem = true)
{
    internal IEnumerable<ComplaintError> Problems()
    {
        if (WindowDays is < 1 or > 3_660)
            yield return new("number.out_of_range", ("field", "windowDays"), ("value", WindowDays), ("low", 1), ("high", 3_660));
    }

    /// <summary>True when two complaints of one customer are about the same matter, as they stand: both are classified, and
    /// alike.</summary>
    /// <param name="earlier">What the earlier one is about now.</param>
    /// <param name="matter">What the new one is about.</param>
    public bool IsSameMatter(Matter earlier, Matter matter) =>
        (!ByCategory || matter.Category is not null && earlier.Category == matter.Category)
        && (!BySubcategory || earlier.Subcategory == matter.Subcategory)
        && (!ByItem || IsSameItem(earlier, matter));

    /// <summary>True when nothing says that it is another matter: what nobody has classified yet contradicts nothing. Enough for a
    /// hint.</summary>
    private bool MayBeSameMatter(Matter earlier, Matter matter) =>
        (!ByCategory || AreAlike(earlier.Category, matter.Category))
        && (!BySubcategory || AreAlike(earlier.Subcategory, matter.Subcategory))
        && (!ByItem || IsSameItem(earlier, matter));

    private static bool AreAlike(string? one, string? other) => one is null || other is null || one == other;

    /// <summary>A reference says which thing it is, whatever kind it was called.</summary>
    private static bool IsSameItem(Matter one, Matter other) => one.ItemHash is not null && other.ItemHash is not null
        ? one.ItemHash == other.ItemHash
        : (one.ItemKind, one.ItemModel, one.ItemHash) == (other.ItemKind, other.ItemModel, other.ItemHash);

    /// <summary>Which of the candidates resemble a new complaint, and which it repeats.</summary>
    /// <param name="ticket">The candidates.</param>
    /// <param name="received">When the new one was received.</param>
    /// <param name="hasReference">Whether it names its customer by a reference.</param>
    /// <param name="matter">What it is about.</param>
    internal (ImmutableArray<SimilarComplaint> Similar, ComplaintId? RepeatOf) Compare(
        IntakeTicket ticket, Instant received, bool hasReference, Matter matter)
    {
        if (ticket.Candidates.IsEmpty)
            return ([], null);
        var similar = ImmutableArray.CreateBuilder<SimilarComplaint>();
        ComplaintId? repeatOf = null;
        foreach (var earlier in ticket.Candidates.OrderByDescending(candidate => candidate.ReceivedAt))
        {
            var open = !States.Ends.Contains(earlier.State) && earlier.State != ComplaintState.Resolved;
            // A hint, which seals nothing: two references are two customers; where one is missing, a number or an address will do.
            var sameCustomer = earlier.SharesReference || earlier.Person == ticket.Person || !(hasReference && earlier.HasReference);
            var sameMatter = sameCustomer && MayBeSameMatter(earlier.Matter, matter);
            var inWindow = earlier.ReceivedAt <= received && received - earlier.ReceivedAt <= Duration.FromDays(WindowDays);
            if (sameMatter && inWindow && IsSameMatter(earlier.Matter, matter))
                repeatOf ??= earlier.Id;
            if (sameMatter && open)
                similar.Add(new(earlier.Id, earlier.Number, Likeness.Duplicate));
            else if (sameMatter && inWindow)
                similar.Add(new(earlier.Id, earlier.Number, Likeness.Repeat));
            else if (open)
                similar.Add(new(earlier.Id, earlier.Number, sameCustomer ? Likeness.SameCustomer : Likeness.SameContact));
        }
        return (similar.ToImmutable(), repeatOf);
    }
}

/// <summary>What a complaint is about, as far as repeats are told by it.</summary>
/// <param name="Category">Its category.</param>
/// <param name="Subcategory">Its subcategory.</param>
/// <param name="ItemKind">The kind of item.</param>
/// <param name="ItemModel">The model, where it is one of the tenant's list.</param>
/// <param name="ItemHash">The keyed hash of the item's reference.</param>
public readonly record struct Matter(
    string? Category = null, string? Subcategory = null, string? ItemKind = null, string? ItemModel = null, string? ItemHash = null);
