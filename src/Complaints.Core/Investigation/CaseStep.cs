using System.Text.Json.Serialization;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Investigation;

/// <summary>Something to be done for a case by somebody (步骤): records to be read, a visit, a delivery. Its place, what was to be done and
/// what came of it stand in the history, sealed.</summary>
/// <param name="Number">Its number within the complaint, from 1; never used again.</param>
/// <param name="Phase">A code of <see cref="StepPhase"/>.</param>
/// <param name="Kind">A code of the kinds of steps.</param>
/// <param name="PlannedAt">When it was planned.</param>
/// <param name="Owner">Who does it, by the host's id; <c>null</c> for anybody of the team.</param>
/// <param name="Team">The team that does it.</param>
/// <param name="Due">By when; <c>null</c> where no limit runs.</param>
/// <param name="Proposal">The number of the agreed proposal that it carries out.</param>
public sealed record CaseStep(
    int Number, string Phase, string Kind, Instant PlannedAt, string? Owner = null, string? Team = null, Instant? Due = null,
    int? Proposal = null)
{
    /// <summary>What became of it: a code of <see cref="StepResult"/>; <c>null</c> while it is to be done.</summary>
    public string? Result { get; init; }

    /// <summary>When it was finished or cancelled.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>True while it is to be done.</summary>
    [JsonIgnore]
    public bool IsOpen => Result is null;

    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => Subject.Of("step", Number);
}

/// <summary>What a step is for.</summary>
public static class StepPhase
{
    /// <summary>调查: to find out what happened.</summary>
    public const string Investigation = "investigation";

    /// <summary>实施: to carry out what was agreed.</summary>
    public const string Execution = "execution";

    /// <summary>其他: anything else.</summary>
    public const string Other = "other";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Investigation, new("investigation", "调查")),
        new(Execution, new("carrying out what was agreed", "实施方案")),
        new(Other, new("something else", "其他事项")),
    ]);
}

/// <summary>What became of a step.</summary>
public static class StepResult
{
    /// <summary>已完成: it was done.</summary>
    public const string Done = "done";

    /// <summary>未成功: it was tried, and failed.</summary>
    public const string Failed = "failed";

    /// <summary>已取消: it is not to be done any more.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Done, new("done", "已完成")),
        new(Failed, new("failed", "未成功")),
        new(Cancelled, new("cancelled", "已取消")),
    ]);

    /// <summary>What is said of a step that nobody has finished yet.</summary>
    public static Label Open { get; } = new("to be done", "待执行");
}
