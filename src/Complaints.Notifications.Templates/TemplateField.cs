using Complaints.Core;

namespace Complaints.Notifications.Templates;

/// <summary>Something that a template may name: <c>{{ number }}</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it tells.</param>
/// <param name="Example">What a preview shows; of a list its entries, one a line.</param>
/// <param name="About">About whom it is, <see cref="Customer"/> or <see cref="Recipient"/>; <c>null</c> where it is not personal.</param>
public sealed record TemplateField(string Name, Label Meaning, Label Example, string? About = null)
{
    /// <summary>About the customer.</summary>
    public const string Customer = "customer";

    /// <summary>About whoever gets the message.</summary>
    public const string Recipient = "recipient";

    /// <summary>True where it tells something of a person.</summary>
    public bool IsPersonal => About is not null;

    /// <summary>True for a list, over which <c>for</c> goes.</summary>
    public bool IsList { get; init; }
}
