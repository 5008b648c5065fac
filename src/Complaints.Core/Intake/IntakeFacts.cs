using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.FollowUp;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// What is told when a complaint comes in and holds nothing personal. Stated once: a draft brings it, the entry of a registration or an
/// import keeps it, and the receipt of the complaint has it from there.
/// </summary>
public abstract record IntakeFacts
{
    private static readonly ImmutableSortedDictionary<string, string> NoAttributes =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private protected IntakeFacts() { }

    /// <summary>What it is: a code of the tenant's kinds. Default <c>complaint</c>.</summary>
    public string Kind { get; init => field = value ?? "complaint"; } = "complaint";

    /// <summary>How it came in: a code of the tenant's channels, such as <c>phone</c>; an imported one in the source's words.</summary>
    public required string Channel { get; init; }

    /// <summary>The hotline, mailbox or page it came in by: a code of the tenant's entry points. Reports count volume per entry
    /// point.</summary>
    public string? EntryPoint { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Where it is to be handled (片区), such as a district: a code of the organisation's areas where it names any, else one of the
    /// host's own, at most 100 characters.</summary>
    public string? Area { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>The language to answer in, a tag such as <c>zh-CN</c>; at most 35 characters.</summary>
    public string? Language { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>The customer's membership tier, for policies and the 100 % follow-up of members: a code of the tenant's tiers.</summary>
    public string? Tier { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>When the customer wants to be contacted, as said last, and where the customer's clock stands.</summary>
    public ContactPreference? Contact { get; init; }

    /// <summary>When it happened, or began to; of a whole day its midnight. Not in the future. The words of the customer for it are
    /// <see cref="Statement.IncidentTime"/>. Errors: <c>time.in_future</c>, <c>time.out_of_range</c>.</summary>
    public Instant? IncidentFrom { get; init; }

    /// <summary>When it was over; <c>null</c> where it lasts, or was one instant. Not before <see cref="IncidentFrom"/> and not in the
    /// future. Errors: <c>incident.ended_before_it_began</c>, <c>time.in_future</c>, <c>time.out_of_range</c>.</summary>
    public Instant? IncidentTo { get; init; }

    /// <summary>What the customer is after (求发泄、求尊重、求补偿): codes of the tenant's goals; imported ones in the source's words. At most
    /// 10.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Goals
    {
        get => GoalsWritten ?? [];
        init => GoalsWritten = Given.Of(value) is { IsEmpty: false } goals ? goals : null;
    }

    /// <summary>The same as it is stored: nothing where nobody asked.</summary>
    [JsonInclude, JsonPropertyName("goals")]
    internal ImmutableArray<string>? GoalsWritten { get; init; }

    /// <summary>Facts of the host that are not personal, by name. Reports can group by them.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init => field = value ?? NoAttributes; } = NoAttributes;
}
