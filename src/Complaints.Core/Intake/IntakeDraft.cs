using System.Collections.Immutable;
using Complaints.Core.FollowUp;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What an agent, a form or a ledger tells about a new complaint. Clear text, in memory only.</summary>
public sealed record IntakeDraft
{
    /// <summary>How it came in: a code of the tenant's channels, such as <c>phone</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The hotline, mailbox or page it came in by; reports count volume per entry point. At most 100 characters.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>What it is: a code of the tenant's kinds. Default <c>complaint</c>.</summary>
    public string Kind { get; init; } = "complaint";

    /// <summary>One line, 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Who complains.</summary>
    public Complainant Complainant { get; init => field = value ?? new(); } = new();

    /// <summary>What the customer says.</summary>
    public Statement Statement { get; init => field = value ?? new(); } = new();

    /// <summary>The product or service.</summary>
    public Item? Item { get; init; }

    /// <summary>A category of the catalogue; <c>null</c> leaves the complaint unclassified.</summary>
    public string? Category { get; init; }

    /// <summary>A subcategory of <see cref="Category"/>.</summary>
    public string? Subcategory { get; init; }

    /// <summary>How bad it is: a code of the severity scale; <c>null</c> for the default.</summary>
    public string? Severity { get; init; }

    /// <summary>How much a delay would harm: a code of the urgency scale; <c>null</c> for the default.</summary>
    public string? Urgency { get; init; }

    /// <summary>How many it touches: a code of the impact scale; <c>null</c> for the default.</summary>
    public string? Impact { get; init; }

    /// <summary>What it may lead to: <c>media</c>, <c>legal</c>, <c>safety</c>, <c>regulator</c>, <c>churn</c> or the host's own.</summary>
    public ImmutableArray<string> Risks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When it reached us, if that was before it is registered (a drop box emptied on Monday). Never in the future.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>The language to answer in, such as <c>zh-CN</c>.</summary>
    public string? Language { get; init; }

    /// <summary>The customer's membership tier, for policies and the 100 % follow-up of members.</summary>
    public string? Tier { get; init; }

    /// <summary>When the customer wants to be contacted, and where the customer's clock stands.</summary>
    public ContactPreference? Contact { get; init; }

    /// <summary>Where the complaint is known under another id.</summary>
    public ExternalRef? ExternalRef { get; init; }

    /// <summary>Facts of the host that are not personal, by name. Reports can group by them.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init => field = value ?? Empty; } = Empty;

    private static readonly ImmutableSortedDictionary<string, string> Empty = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
