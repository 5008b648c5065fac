using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What an agent, a form or a ledger tells about a new complaint. Clear text, in memory only.</summary>
public sealed record IntakeDraft : IntakeFacts
{
    /// <summary>One line, 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Who complains.</summary>
    public Complainant Complainant { get; init => field = value ?? new(); } = new();

    /// <summary>The product or service.</summary>
    public Item? Item { get; init; }

    /// <summary>What the customer finds wrong besides, point by point: the first point is title and narrative. At most 49.</summary>
    public ImmutableArray<DraftPoint> Points { get; init => field = Given.Of(value); } = [];

    /// <summary>The answers to the questions of the guide for its category, at most 30. Error: <c>guide.stop</c>, which names the emergency
    /// line: then nothing is registered.</summary>
    public ImmutableArray<GuideAnswer> Answers { get; init => field = Given.Of(value); } = [];
    /// <summary>The members of the staff whom it is about, by the host's ids: at most 10. None of them gets work on it, nor who leads their
    /// teams.</summary>
    public ImmutableArray<string> Accused { get; init => field = Given.Of(value); } = [];

    /// <summary>Where the complaint is known under another id. Its second delivery is answered with <c>complaint.exists</c>, also after
    /// the person was erased.</summary>
    public ExternalRef? ExternalRef { get; init; }

    /// <summary>What the customer says.</summary>
    public Statement Statement { get; init => field = value ?? new(); } = new();

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

    /// <summary>What it may lead to: <c>media</c>, <c>legal</c>, <c>safety</c>, <c>regulator</c>, <c>churn</c> or the host's
    /// own.</summary>
    public ImmutableArray<string> Risks { get; init => field = Given.Of(value); } = [];

    /// <summary>An earlier complaint of the very same person, which somebody picked from the similar ones; <c>null</c> when nobody did:
    /// then only an equal customer reference makes two complaints one person's. Both are then erased together. Errors:
    /// <c>complaint.not_found</c>, <c>person.erased</c>, <c>person.picked_merged</c>,
    /// <c>person.picked_nobody</c>.</summary>
    public ComplaintId? SamePersonAs { get; init; }

    /// <summary>How the customer came to us: a code of the tenant's sorts of interactions, such as <c>visit</c>. Where somebody of ours
    /// spoke with the customer, that is the first response. <c>null</c> for a call, if there is one, else nothing is known of it; an
    /// imported one may be in the source's words. Error: <c>code.unknown</c>.</summary>
    public string? InteractionKind { get; init; }

    /// <summary>The call that it was told in. Without <see cref="ReceivedAt"/> it was received when the call was answered.</summary>
    public PhoneCall? Call { get; init; }

    /// <summary>It prints how it came in and none of its words.</summary>
    public override string ToString() => $"{Kind} by {Channel}";

    /// <summary>When it reached us, if that was before it is registered (a drop box emptied on Monday). Never in the future.</summary>
    public Instant? ReceivedAt { get; init; }
}
