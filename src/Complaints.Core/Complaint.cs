using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Contact;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// A complaint (投诉): an immutable record made of its rooms' parts, always the fold of its events.
/// Personal values in it are sealed unless it was just decided in memory; see <see cref="Personal{T}"/>.
/// </summary>
public sealed record Complaint : IAggregate<Complaint>
{
    private Memo<WrittenState> _written;

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its id.</summary>
    public required ComplaintId Id { get; init; }

    /// <summary>Its number for people, unique in the tenant.</summary>
    public string Number { get; init; } = "";

    /// <summary>How many commands have changed it.</summary>
    public int Version { get; init; }

    /// <summary>When its newest event was recorded.</summary>
    public Instant UpdatedAt { get; init; }

    /// <summary>How it came in, and from whom.</summary>
    public required Receipt Receipt { get; init; }

    /// <summary>What kind of problem it is, and how pressing.</summary>
    public Judgement Judgement { get; init; } = Judgement.None;

    /// <summary>Where it stands.</summary>
    public Progress Progress { get; init; } = Progress.Beginning;

    /// <summary>The way that it took, in numbers.</summary>
    public Course Course { get; init; } = Course.None;

    /// <summary>Who answers for it.</summary>
    public Responsibility Responsibility { get; init; } = Responsibility.Nobody;

    /// <summary>Proposals, approvals, outcome.</summary>
    public Settlement Settlement { get; init; } = Settlement.None;

    /// <summary>How the talk with the customer stands.</summary>
    public Talk Talk { get; init; } = Talk.None;

    /// <summary>What was checked, handed in and noticed.</summary>
    [JsonIgnore]
    public ContactRecord Contact { get => ContactWritten ?? ContactRecord.None; init => ContactWritten = value; }

    /// <summary>The same as it is stored: nothing while nothing was.</summary>
    [JsonInclude, JsonPropertyName("contact")]
    internal ContactRecord? ContactWritten { get; init; }

    /// <summary>Visits after it was solved.</summary>
    public FollowUpRecord FollowUp { get; init; } = FollowUpRecord.None;

    /// <summary>Policy and pauses of its clocks.</summary>
    public ClockRecord Clocks { get; init; } = ClockRecord.None;

    /// <summary>What the customer finds wrong, point by point; the first comes with the receipt, dropped ones stay in the list. Never
    /// empty.</summary>
    [JsonIgnore]
    public ImmutableArray<Point> Points
    {
        get => PointsWritten ?? PointRules.OfReceipt;
        init => PointsWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing while there is only that of the receipt, and nobody judged it, as in most
    /// complaints.</summary>
    [JsonInclude, JsonPropertyName("points")]
    internal ImmutableArray<Point>? PointsWritten { get; init; }

    /// <summary>Who takes part besides the complainant, in the order in which they were added.</summary>
    public ImmutableArray<Participant> Participants { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The departments that were called in for a quality review, by their codes; they take part over all rounds.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Convened
    {
        get => ConvenedWritten ?? [];
        init => ConvenedWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing while none was.</summary>
    [JsonInclude, JsonPropertyName("convened")]
    internal ImmutableArray<string>? ConvenedWritten { get; init; }

    /// <summary>The improvements that it is, or was, part of.</summary>
    public ImmutableArray<ImprovementLink> Improvements { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The links that somebody made to other complaints, besides that of a repeat.</summary>
    public ImmutableArray<CaseTie> Ties { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What is to be done and what was found.</summary>
    [JsonIgnore]
    public Inquiry Inquiry
    {
        get => InquiryWritten ?? Inquiry.None;
        init => InquiryWritten = ReferenceEquals(value, Inquiry.None) ? null : value;
    }

    /// <summary>The same as it is stored: nothing while nobody planned or found anything.</summary>
    [JsonInclude, JsonPropertyName("inquiry")]
    internal Inquiry? InquiryWritten { get; init; }

    /// <summary>What departments were asked to do, in the order in which it was sent; ended ones stay in the list.</summary>
    [JsonIgnore]
    public ImmutableArray<DepartmentTask> Tasks
    {
        get => TasksWritten ?? [];
        init => TasksWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing while no department was asked.</summary>
    [JsonInclude, JsonPropertyName("tasks")]
    internal ImmutableArray<DepartmentTask>? TasksWritten { get; init; }

    /// <summary>What was filed, in the order in which it was.</summary>
    [JsonIgnore]
    public ImmutableArray<Filing> Filings
    {
        get => FilingsWritten ?? [];
        init => FilingsWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing while nothing was.</summary>
    [JsonInclude, JsonPropertyName("filings")]
    internal ImmutableArray<Filing>? FilingsWritten { get; init; }

    /// <summary>What its source said, if it was imported.</summary>
    public ImportedRecord? Imported { get; init; }

    /// <summary>Where a personal value of a complaint stands.</summary>
    internal static SealedPlace PlaceOf(TenantId tenant, ComplaintId id, string field) => new(tenant, "complaint", id.Value, field);

    /// <summary>Where it stands.</summary>
    public ComplaintState State => Progress.State;

    /// <summary>Whom its words are about: the complainant first, then everybody else who takes part and is not staff.</summary>
    internal IEnumerable<SubjectId> Persons =>
        Participants.Select(participant => participant.Person).Concat(Inquiry.Liabilities.Select(liability => liability.Person).Distinct())
            .OfType<SubjectId>().Prepend(Receipt.Person);

    static string IAggregate<Complaint>.Noun => AggregateId.Complaint;

    Guid IAggregate<Complaint>.Key => Id.Value;

    Instant IAggregate<Complaint>.BeganAt => Receipt.ReceivedAt;

    object IAggregate<Complaint>.Standing => State;

    PersonalField[] IAggregate<Complaint>.PersonalValues => Participants.IsEmpty
        ? Receipt.PersonalValues
        : [.. Receipt.PersonalValues, .. Participants.Select(participant => Participant.CardOf(participant.Card, participant.Person))];

    Memo<WrittenState> IAggregate<Complaint>.Written { get => _written; set => _written = value; }

    static Complaint IAggregate<Complaint>.Unborn(TenantId tenant, Guid id) => Unborn(tenant, new ComplaintId(id));

    static Event<Complaint> IAggregate<Complaint>.Backdated(Personal<string> reason) => new ComplaintBackdated(reason);

    Complaint IAggregate<Complaint>.At(int version, Instant updatedAt) => this with { Version = version, UpdatedAt = updatedAt };

    /// <summary>Decides a command on a state (or on nothing, for a new complaint). Pure: same input, same answer. Takes about a
    /// microsecond.</summary>
    /// <param name="complaint">The state before; <c>null</c> for a new complaint.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="context">The time, the actor, the rules.</param>
    public static Decision Decide(Complaint? complaint, ComplaintCommand command, DecisionContext context) =>
        ComplaintRooms.Current.Decider.Decide(complaint, command, context);

    /// <summary>Every command that a person may send, each thing that it may be about by itself, and for those that are not permitted now
    /// the reason why not.</summary>
    public ImmutableArray<PermittedCommand> PermittedCommands(DecisionContext context) =>
        ComplaintRooms.Current.Decider.PermittedCommands(this, context);

    /// <summary>The names of the commands that are permitted now, without the reasons against the others.</summary>
    public IEnumerable<CommandName> PermittedNames(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var command in ComplaintRooms.Current.Catalogue.Commands)
        {
            if (command.Capability is { IsInternal: false, IsCreating: false }
                && ComplaintRooms.Current.Decider.IsPermitted(this, command, context))
                yield return command.CommandName;
        }
    }

    /// <summary>A complaint of which nothing is known yet; every fold begins with it.</summary>
    internal static Complaint Unborn(TenantId tenant, ComplaintId id) => new()
    {
        Tenant = tenant,
        Id = id,
        Receipt = new Receipt { Kind = "", Channel = "", ReceivedAt = default, RegisteredAt = default, Person = default },
    };

    /// <summary>The same in another state; while it waits, in the same with the other state behind it.</summary>
    internal Complaint In(ComplaintState state) =>
        this with { Progress = Progress.State == state ? Progress : Progress with { State = state } };

    /// <summary>The same, ended: nothing is waited for and nothing is pending any more.</summary>
    internal Complaint Ended(ComplaintState state, EventMoment moment) => this with
    {
        Progress = Progress with { State = state, Holds = [], ResumesTo = null, EndedAt = moment.OccurredAt },
        Clocks = Progress.Holds.IsEmpty ? Clocks : Clocks.ResumedAll(moment.OccurredAt),
        Tasks = !DepartmentTasks.HasOpen(this) ? Tasks
            : [.. Tasks.Select(task => task.IsOpen ? task.To(DepartmentTaskStatus.Cancelled, moment) : task)],
        Settlement = Settlement with
        {
            Approvals = [.. Settlement.Approvals.Select(approval => approval.Status == ApprovalStatus.Pending ? approval with { Status = ApprovalStatus.Recalled } : approval)],
        },
    };

    /// <summary>The same in a new round of investigation.</summary>
    internal Complaint NewRound(int round, int stage, EventMoment moment) => this with
    {
        Progress = Progress with
        {
            State = ComplaintState.Investigating, Round = round, Stage = stage, ReopenedAt = moment.OccurredAt, EndedAt = null,
            ArchivedAt = null, Rounds = Progress.Rounds.Add(RoundResult.Of(this)), OpenedAt = Progress.Review?.At ?? moment.OccurredAt,
            Review = null,
        },
        Settlement = Settlement.Reset(),
        FollowUp = FollowUpRecord.None,
        Talk = Talk with { Verdict = null },
        // A review's clocks began anew when it was asked for.
        Clocks = Progress.Review is null ? Clocks.NewRound() : Clocks,
    };

    /// <summary>True for who decided something in it, in whatever round.</summary>
    internal bool WasDecidedBy(string person) =>
        Settlement.Deciders.Contains(person) || Progress.Rounds.Any(round => round.Deciders.Contains(person));

    /// <summary>What a second-stage review came to; <c>null</c> while it has no outcome, and where there is none.</summary>
    public ReviewFinding? ReviewFinding =>
        Progress is { Stage: > 1, Rounds: [.., var before] } && Settlement.Outcome is { } outcome
            ? outcome == before.Outcome ? Lifecycle.ReviewFinding.Confirmed : Lifecycle.ReviewFinding.Changed
            : null;

    /// <summary>The same after a person of ours spoke with the customer.</summary>
    internal Complaint Contacted(Instant at, string channel) => this with
    {
        Receipt = Receipt with
        {
            FirstResponseAt = Receipt.FirstResponseAt is { } earlier && earlier <= at ? earlier : at,
            CallbackPending = Receipt.CallbackPending && channel != ContactPoint.Phone,
        },
        Talk = Talk.Spoke(at),
    };

    /// <summary>The same with the newest that is known of one improvement.</summary>
    internal Complaint Following(ImprovementLink link) =>
        this with { Improvements = [.. Improvements.Where(known => known.Id != link.Id), link] };

    internal Proposal Proposal(int number) => Settlement.Proposals.First(proposal => proposal.Number == number);

    internal ApprovalRequest Approval(int number) => Settlement.Approvals.First(approval => approval.Number == number);
}
