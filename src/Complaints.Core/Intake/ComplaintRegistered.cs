using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>A complaint was recorded.</summary>
public sealed record ComplaintRegistered : ComplaintEvent, IHappening<ComplaintRegistered, Complaint>
{
    static EventType IHappening<ComplaintRegistered, Complaint>.EventType { get; } = new("registered", 1, new("Registered", "已登记")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(null, Title), new(Labels.Kind, rules.Kinds.Named(Kind)), new(Labels.Channel, rules.Channels.Named(Channel))];

    /// <summary>The number for people.</summary>
    public required string Number { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>How it came in.</summary>
    public required string Channel { get; init; }

    /// <summary>The entry point it came in by.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>When it reached us.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>Under whose key the personal data is sealed.</summary>
    public required SubjectId Person { get; init; }

    /// <summary>One line.</summary>
    public required Personal<string> Title { get; init; }

    /// <summary>Who complains.</summary>
    public required Personal<Complainant> Complainant { get; init; }

    /// <summary>What the customer said.</summary>
    public required Personal<Statement> Statement { get; init; }

    /// <summary>The product or service.</summary>
    public Item? Item { get; init; }

    /// <summary>Where it is known under another id.</summary>
    public ExternalRef? ExternalRef { get; init; }

    /// <summary>The language to answer in.</summary>
    public string? Language { get; init; }

    /// <summary>The membership tier.</summary>
    public string? Tier { get; init; }

    /// <summary>When the customer wants to be contacted.</summary>
    public ContactPreference? Contact { get; init; }

    /// <summary>The keyed hash by which repeats are found.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>The complaint that it repeats.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>Similar complaints that were found.</summary>
    public ImmutableArray<SimilarComplaint> Similar { get; init; } = [];

    /// <summary>Facts of the host.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when the letter carries a number to call at once.</summary>
    public bool CallbackRequired { get; init; }

    internal override IEnumerable<IPersonal?> PersonalValues => [Title, Complainant, Statement];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => CallbackRequired
        ? [new(FactKind.Received, ReceivedAt), new(FactKind.CallbackRequired, ReceivedAt)]
        : [new(FactKind.Received, ReceivedAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Number = Number,
        Receipt = new Receipt
        {
            Kind = Kind,
            Channel = Channel,
            EntryPoint = EntryPoint,
            ReceivedAt = ReceivedAt,
            RegisteredAt = moment.RecordedAt,
            Person = Person,
            Title = Title,
            Complainant = Complainant,
            Item = Item,
            ExternalRef = ExternalRef,
            Language = Language,
            Tier = Tier,
            Contact = Contact,
            RepeatKey = RepeatKey,
            RepeatOf = RepeatOf,
            Similar = Similar,
            Attributes = Attributes,
            CallbackPending = CallbackRequired,
        },
    };
}
