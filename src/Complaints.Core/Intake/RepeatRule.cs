using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// What counts as a repeat complaint (重复投诉): data that a host changes. Default: the same customer, the same category, the same item if one
/// is
/// given, received within 30 days of the earlier one.
/// </summary>
/// <param name="WindowDays">Days (of 24 hours) between the two receipts, 1 to 3,660.</param>
/// <param name="ByCategory">Whether the category must be the same.</param>
/// <param name="BySubcategory">Whether the subcategory must be the same, too.</param>
/// <param name="ByItem">Whether the item must be the same where one is given.</param>
public sealed record RepeatRule(int WindowDays = 30, bool ByCategory = true, bool BySubcategory = false, bool ByItem = true)
{
    internal IEnumerable<ComplaintError> Problems()
    {
        if (WindowDays is < 1 or > 3_660)
            yield return new("number.out_of_range", ("field", "windowDays"), ("value", WindowDays), ("low", 1), ("high", 3_660));
    }

    /// <summary>What the keyed hash is made from, or <c>null</c> when nothing tells who complains.</summary>
    internal string? KeyText(IntakeDraft draft)
    {
        var customer = LookupText.Of(draft.Complainant).FirstOrDefault().Text;
        if (customer is null)
            return null;
        var category = ByCategory ? draft.Category : null;
        var subcategory = BySubcategory ? draft.Subcategory : null;
        var item = ByItem ? draft.Item?.Ref : null;
        return string.Join('\u001f', "repeat", customer, category, subcategory, item);
    }

    /// <summary>Which of the candidates resemble a new complaint, and which it repeats.</summary>
    /// <param name="ticket">The candidates.</param>
    /// <param name="received">When the new one was received.</param>
    /// <param name="hasReference">Whether it names its customer by a reference.</param>
    internal (ImmutableArray<SimilarComplaint> Similar, ComplaintId? RepeatOf) Compare(
        IntakeTicket ticket, Instant received, bool hasReference)
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
            var sameMatter = sameCustomer && ticket.RepeatKey is not null && earlier.RepeatKey == ticket.RepeatKey;
            var inWindow = earlier.ReceivedAt <= received && received - earlier.ReceivedAt <= Duration.FromDays(WindowDays);
            if (sameMatter && inWindow)
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
