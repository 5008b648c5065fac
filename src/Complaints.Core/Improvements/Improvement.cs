using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using NodaTime;

namespace Complaints.Core.Improvements;

/// <summary>
/// What is put right beyond single complaints (整改): a systemic issue that many complaints lead to, a bulletin to departments. Small, with a
/// history of its own, always the fold of its events. Its words stand in its history, sealed under a key of its own.
/// </summary>
public sealed record Improvement : IAggregate<Improvement>
{
    private Memo<WrittenState> _written;

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its id.</summary>
    public required ImprovementId Id { get; init; }

    /// <summary>Its number for people: <c>I-2026-0007</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>What its number begins with.</summary>
    internal const string NumberPrefix = "I";

    /// <summary>How many commands have changed it.</summary>
    public int Version { get; init; }

    /// <summary>When its newest event was recorded.</summary>
    public Instant UpdatedAt { get; init; }

    /// <summary>What it is: the definition of its kind, in the version that it was opened with.</summary>
    public DefinitionRef Kind { get; init; } = new("", 0);

    /// <summary>Where it stands.</summary>
    public ImprovementStatus Status { get; init; }

    /// <summary>What it is about, in a line; sealed.</summary>
    public Personal<string>? Title { get; init; }

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The team or department that it is for.</summary>
    public string? Department { get; init; }

    /// <summary>The category of complaints that it is about.</summary>
    public string? Category { get; init; }

    /// <summary>When it was opened.</summary>
    public Instant OpenedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>What came of it.</summary>
    public string? Result { get; init; }

    /// <summary>The highest level that an overdue action has reached; 0 for none.</summary>
    public int Level { get; init; }

    /// <summary>The parts that were written.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>The complaints that it is about, and those that leave it.</summary>
    public ImmutableArray<CaseLink> Links { get; init; } = [];

    /// <summary>How many links were made and removed; the number of the newest.</summary>
    public int LastLink { get; init; }

    /// <summary>What is done about it.</summary>
    public ImmutableArray<ImprovementAction> Actions { get; init; } = [];

    /// <summary>To whom it was published.</summary>
    public ImmutableArray<Publication> Publications { get; init; } = [];

    /// <summary>The complaints that it is about.</summary>
    [JsonIgnore]
    public IEnumerable<CaseLink> Complaints => Links.Where(link => link.Stands);

    /// <summary>The earliest due instant of the actions that are not finished.</summary>
    [JsonIgnore]
    public Instant? NextDue => Actions.Where(action => action.IsOpen).Select(action => (Instant?)action.Due).Min();

    /// <summary>Under whose key its words are sealed: nobody's, its own.</summary>
    internal SubjectId Subject => new(Id.Value);

    internal ImprovementAction? Action(int number) => Actions.FirstOrDefault(action => action.Number == number);

    internal Improvement With(ImprovementAction changed) => this with
    {
        Actions = [.. Actions.Select(action => action.Number == changed.Number ? changed : action)],
    };

    static string IAggregate<Improvement>.Noun => AggregateId.Improvement;

    Memo<WrittenState> IAggregate<Improvement>.Written { get => _written; set => _written = value; }

    static Improvement IAggregate<Improvement>.Unborn(TenantId tenant, Guid id) => new() { Tenant = tenant, Id = new(id) };

    static Event<Improvement> IAggregate<Improvement>.Backdated(Personal<string> reason) => new ImprovementBackdated(reason);

    Guid IAggregate<Improvement>.Key => Id.Value;

    Instant IAggregate<Improvement>.BeganAt => OpenedAt;

    object IAggregate<Improvement>.Standing => Status;

    PersonalField[] IAggregate<Improvement>.PersonalValues => [new(ImprovementOpened.TitleField, Title)];

    Improvement IAggregate<Improvement>.At(int version, Instant updatedAt) => this with { Version = version, UpdatedAt = updatedAt };
}

/// <summary>Where an improvement stands.</summary>
public enum ImprovementStatus
{
    /// <summary>Nothing is planned yet.</summary>
    Open,

    /// <summary>Something is done about it.</summary>
    Executing,

    /// <summary>It is over.</summary>
    Closed,
}

/// <summary>A complaint that an improvement is about.</summary>
/// <param name="Number">1, 2, ... in the order in which links were made and removed.</param>
/// <param name="Complaint">The complaint.</param>
/// <param name="ComplaintNumber">Its number for people.</param>
/// <param name="Stands">False when the complaint leaves the improvement.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsSettled">True once the complaint's own history says so too.</param>
public sealed record CaseLink(
    int Number, ComplaintId Complaint, string ComplaintNumber, bool Stands, Instant Since, bool IsSettled = false);

/// <summary>Something that is done about it, by somebody, until an instant. What it is stands in the history, sealed.</summary>
/// <param name="Number">1, 2, ... within the improvement.</param>
/// <param name="Type">A code of the kind's action types.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="PlannedAt">When it was planned.</param>
/// <param name="Due">By when it must be finished.</param>
/// <param name="FinishedAt">When it was finished.</param>
public sealed record ImprovementAction(int Number, string Type, string Owner, Instant PlannedAt, Instant Due, Instant? FinishedAt = null)
{
    /// <summary>The steps of its clock that were taken.</summary>
    public ImmutableArray<string> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True until it is finished.</summary>
    public bool IsOpen => FinishedAt is null;

    /// <summary>True when it was finished too late, or is not finished and its lateness was noticed.</summary>
    public bool IsLate => FinishedAt is { } finished ? finished > Due : HasStep(ActionClock.Breach);

    internal bool HasStep(string step) => Steps.Contains(step);

    /// <inheritdoc/>
    public bool Equals(ImprovementAction? other) => other is not null
        && (Number, Type, Owner, PlannedAt, Due, FinishedAt) == (other.Number, other.Type, other.Owner, other.PlannedAt, other.Due,
            other.FinishedAt)
        && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Due, FinishedAt);
}

/// <summary>That it was told to somebody.</summary>
/// <param name="Number">1, 2, ... within the improvement.</param>
/// <param name="Audience">A code of the kind's audiences.</param>
/// <param name="At">When.</param>
public sealed record Publication(int Number, string Audience, Instant At);
