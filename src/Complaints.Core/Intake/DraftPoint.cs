using Complaints.Core.Capabilities;

namespace Complaints.Core.Intake;

/// <summary>A further point of a new complaint: one more thing that the customer finds wrong.</summary>
/// <param name="Text">What is wrong; 1 to 4,000 characters, kept sealed.</param>
/// <param name="Category">A category of the catalogue; <c>null</c> for that of the complaint. Error: <c>category.unknown</c>.</param>
/// <param name="Subcategory">A subcategory of it.</param>
public sealed record DraftPoint(string Text, string? Category = null, string? Subcategory = null)
{
    /// <summary>It may name somebody: it prints its category only.</summary>
    public override string ToString() => $"{Category}/{Subcategory}";

    /// <summary>The points of a draft as they are raised, from number 2.</summary>
    internal static IEnumerable<PointRaised> Raised(IntakeDraft draft, string? category) => draft.Points.Select((point, i) =>
        new PointRaised(i + 2, Personal.Of(point.Text), point.CategoryIn(category), Why.Given(point.Subcategory)));

    /// <summary>A subcategory alone is one of the complaint's own category.</summary>
    internal string? CategoryIn(string? complaints) =>
        Why.Given(Category) ?? (Why.Given(Subcategory) is null ? null : complaints);
}
