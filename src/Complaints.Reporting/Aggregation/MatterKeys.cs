using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Reporting.Aggregation;

/// <summary>What complaints about one matter of one customer have in common.</summary>
/// <param name="Sought">Under which keys an earlier one may have been kept.</param>
/// <param name="Kept">Under which this one is.</param>
internal readonly record struct MatterKeys(ImmutableArray<string> Sought, ImmutableArray<string> Kept)
{
    // Under a number or an address those that have a reference stand apart from those that have none: two references are two customers.
    private const string Referred = "+";
    private const string Plain = "-";
    private const string Itself = "=";

    /// <summary>The key that a mapping gave alone, else the customer and what it is about now; <c>null</c> when nothing tells, and for what
    /// nobody has classified where the rule compares it.</summary>
    public static MatterKeys? Of(ComplaintSummary complaint, RepeatRule rule)
    {
        if (complaint.RepeatHash is { } given)
            return new([given], [given]);
        var (reference, contacts) = (complaint.ReferenceHash, complaint.ContactHashes);
        if (reference is null && contacts.IsEmpty || rule.ByCategory && complaint.Category is null)
            return null;
        var matter = string.Join('\u001f',
            rule.ByCategory ? complaint.Category : null,
            rule.BySubcategory ? complaint.Subcategory : null,
            !rule.ByItem ? null : complaint.ItemHash ?? string.Join('\u001f', complaint.ItemKind, complaint.ItemModel));
        return reference is null
            ? new([.. contacts.SelectMany(contact => new[] { Key(contact, Plain), Key(contact, Referred) })], Keys(contacts, Plain))
            : new([Key(reference, Itself), .. Keys(contacts, Plain)], [Key(reference, Itself), .. Keys(contacts, Referred)]);

        string Key(string customer, string kind) => $"{customer}{kind}\u001f{matter}";

        ImmutableArray<string> Keys(ImmutableArray<string> customers, string kind) =>
            [.. customers.Select(customer => Key(customer, kind))];
    }
}
