using System.Collections.Immutable;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>A complaint was recorded.</summary>
public sealed record ComplaintRegistered : ComplaintEvent
{
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

/// <summary>The receipt was confirmed to the customer (受理确认).</summary>
public sealed record ComplaintAcknowledged : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Acknowledged, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Receipt = complaint.Receipt with { AcknowledgedAt = moment.OccurredAt } };
}

/// <summary>Something was appended to what the customer said; the original stays.</summary>
/// <param name="Amendment">The addition.</param>
public sealed record NarrativeAmended(Personal<string> Amendment) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Amendment];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}

/// <summary>An internal note was made.</summary>
/// <param name="Note">The note.</param>
public sealed record NoteAdded(Personal<string> Note) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Note];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}

/// <summary>A call, mail or message was exchanged with the customer.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="ByPerson">Whether a person of ours took part; an automatic mail does not answer anybody.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said.</param>
/// <param name="RecordingRef">The host's reference of the recording.</param>
/// <param name="Contact">When the customer wants to be contacted from now on.</param>
public sealed record InteractionRecorded(Direction Direction, string Channel, bool ByPerson, bool Reached, Personal<string>? Summary, string? RecordingRef, ContactPreference? Contact = null) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Summary];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => Direction switch
    {
        Direction.Inbound => [new(FactKind.CustomerMessage, moment.OccurredAt)],
        _ when !ByPerson || !Reached => [],
        _ when Channel == "phone" => [new(FactKind.HumanContact, moment.OccurredAt), new(FactKind.PhoneContact, moment.OccurredAt)],
        _ => [new(FactKind.HumanContact, moment.OccurredAt)],
    };

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        if (Contact is not null)
            complaint = complaint with { Receipt = complaint.Receipt with { Contact = Contact } };
        if (Direction != Direction.Outbound || !ByPerson || !Reached)
            return complaint;
        var receipt = complaint.Receipt;
        return complaint with
        {
            Receipt = receipt with
            {
                FirstResponseAt = receipt.FirstResponseAt is { } earlier && earlier <= moment.OccurredAt ? earlier : moment.OccurredAt,
                CallbackPending = receipt.CallbackPending && Channel != "phone",
            },
        };
    }
}

/// <summary>An inquiry became a complaint (产生客诉): id, number and receipt stay.</summary>
/// <param name="Kind">The new kind.</param>
/// <param name="To">The state after it.</param>
/// <param name="Restarts">Whether its clocks start at the conversion, because somebody had answered the inquiry; else they go on from the first receipt.</param>
public sealed record ConvertedToComplaint(string Kind, Lifecycle.ComplaintState To, bool? Restarts = null) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => Restarts == true ? [new(FactKind.Converted, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Receipt = complaint.Receipt with { Kind = Kind, ConvertedAt = moment.OccurredAt },
        Progress = complaint.Progress with { State = To },
        Settlement = To == complaint.State ? complaint.Settlement : complaint.Settlement.Reset(),
    };
}

/// <summary>Somebody stated that this repeats an earlier complaint; a manual link wins over the rule.</summary>
/// <param name="Earlier">The earlier complaint.</param>
public sealed record RepeatLinked(ComplaintId Earlier) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Receipt = complaint.Receipt with { RepeatOf = Earlier } };
}

/// <summary>Who spoke to whom.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>The customer to us.</summary>
    Inbound,

    /// <summary>We to the customer.</summary>
    Outbound,
}
