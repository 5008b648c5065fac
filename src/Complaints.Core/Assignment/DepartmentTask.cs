using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>What a department was asked to do for a case (部门协办单). What was asked, returned and answered stands in the history,
/// sealed.</summary>
/// <param name="Number">Its number within the complaint, from 1; never used again.</param>
/// <param name="Department">Whose it is: a code of the departments.</param>
/// <param name="Lead">True for the one department that answers for the whole (主办); false for one that assists it (协办).</param>
/// <param name="Type">A code of the types of tasks.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="SentBy">Who sent it first.</param>
/// <param name="SentAt">When it was sent to the department that has it.</param>
/// <param name="Since">Since when it stands where it stands.</param>
public sealed record DepartmentTask(
    int Number, string Department, bool Lead, string Type, DepartmentTaskStatus Status, string SentBy, Instant SentAt, Instant Since)
{
    /// <summary>Who signed for it; <c>null</c> while nobody of the department that has it did.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Who brought it to where it stands.</summary>
    public string? By { get; init; }

    /// <summary>On whose behalf that was, if on anybody's.</summary>
    public string? ByFor { get; init; }

    /// <summary>How often a department returned it (退单).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Bounces { get; init; }

    /// <summary>How often its result did not pass (返工).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Redos { get; init; }

    /// <summary>The numbers of the points that it is about; empty for the whole case.</summary>
    [JsonIgnore]
    public ImmutableArray<int> Points { get => PointsWritten ?? []; init => PointsWritten = value.IsDefaultOrEmpty ? null : value; }

    /// <summary>The same as it is stored.</summary>
    [JsonInclude, JsonPropertyName("points")]
    internal ImmutableArray<int>? PointsWritten { get; init; }

    /// <summary>What the department could do: a code of <see cref="TaskResult"/>; <c>null</c> while it has not answered.</summary>
    public string? Result { get; init; }

    /// <summary>The number of its newest filing; <c>null</c> where none was recorded.</summary>
    public int? Filing { get; init; }

    /// <summary>True until it is accepted or cancelled.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is not (DepartmentTaskStatus.Accepted or DepartmentTaskStatus.Cancelled);

    /// <summary>True while the department has it to work on.</summary>
    [JsonIgnore]
    public bool IsWithDepartment => Status is DepartmentTaskStatus.Sent or DepartmentTaskStatus.Signed;

    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => DepartmentTasks.SubjectOf(Number);

    /// <summary>The same, brought somewhere by somebody.</summary>
    internal DepartmentTask To(DepartmentTaskStatus status, EventMoment moment) => this with
    {
        Status = status, Since = moment.OccurredAt, By = moment.Actor.Id, ByFor = moment.Actor.OnBehalfOf,
    };

    /// <summary>True for who brought it to where it stands, and for who acts for them or let them act.</summary>
    internal bool IsBy(Actor actor) => actor.IsOrActsFor(By) || actor.IsOrActsFor(ByFor);
}

/// <summary>Where a department's task stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DepartmentTaskStatus>))]
public enum DepartmentTaskStatus
{
    /// <summary>待签收: nobody of the department has signed for it.</summary>
    Sent,

    /// <summary>办理中: the department works on it.</summary>
    Signed,

    /// <summary>退单待审定: the department says that it is not its own; somebody must rule.</summary>
    Returned,

    /// <summary>待核验: the department has answered; somebody must look whether that does.</summary>
    Answered,

    /// <summary>已办结: the answer stands.</summary>
    Accepted,

    /// <summary>已撤销: nobody needs it any more.</summary>
    Cancelled,
}
