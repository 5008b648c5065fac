using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>One rung of the ladder (催办、督办、通报): what is done when a clock comes so far, and whom it goes to.</summary>
/// <param name="At">When, relative to the clock: <c>80%</c>, <c>2 hours before</c>, <c>due</c>, <c>4 working hours after</c>, <c>5 working
/// days after</c>.</param>
/// <param name="Level">The level that the complaint reaches, 1 to 9; it never falls within a round. 0, for another kind than an escalation,
/// leaves it.</param>
/// <param name="Role">The role that is told by an escalation.</param>
/// <param name="Team">The team that is told by an escalation; with <paramref name="Reassign"/> the one that takes over.</param>
/// <param name="RaisePriority">Whether the priority rises by one step.</param>
/// <param name="Reassign">Whether an escalation hands the complaint to <paramref name="Team"/>.</param>
/// <param name="Kind">A code of <see cref="StepKind"/>; <c>null</c> for an escalation.</param>
/// <param name="To">Whom it goes to, where it is no escalation: one of <see cref="StepReceiver"/>.</param>
public sealed record EscalationStep(
    string At, int Level = 0, string? Role = null, string? Team = null, bool RaisePriority = false, bool Reassign = false,
    string? Kind = null, string? To = null)
{
    /// <summary>True where it escalates: a role or a team is told, and nobody is pressed for an answer.</summary>
    internal bool IsEscalation => Kind is null or StepKind.Escalate;

    /// <param name="path">Where it stands.</param>
    /// <param name="isAboutTasks">Whether its clock belongs to a department's task.</param>
    internal IEnumerable<ComplaintError> Problems(string path, bool isAboutTasks)
    {
        foreach (var problem in StepRules.OfRung(At, Level, path, lowest: IsEscalation ? 1 : 0))
            yield return problem;
        if (Kind is not null && !StepKind.All.Has(Kind))
            yield return new("definition.missing", ("path", $"{path}.kind"), ("value", CodeText.Shown(Kind)), ("known", StepKind.All.Known()));
        if (Reassign && string.IsNullOrEmpty(Team))
            yield return new("definition.empty", ("path", $"{path}.team"));
        // What would be read and do nothing is refused.
        foreach (var (name, isThere) in IsEscalation
            ? new[] { ("to", To is not null) }
            : [("role", Role is not null), ("team", Team is not null), ("reassign", Reassign)])
        {
            if (isThere)
                yield return new("policy.step_member", ("path", $"{path}.{name}"), ("value", name), ("kind", Kind ?? StepKind.Escalate));
        }
        if (IsEscalation)
            yield break;
        if (string.IsNullOrEmpty(To))
            yield return new("definition.empty", ("path", $"{path}.to"));
        else if (!StepReceiver.IsKnown(To))
            yield return new("definition.missing", ("path", $"{path}.to"), ("value", CodeText.Shown(To)), ("known", StepReceiver.Known));
        else if (To is StepReceiver.Department or StepReceiver.Sender && !isAboutTasks)
            yield return new("policy.step_without_task", ("path", $"{path}.to"), ("value", To));
    }
}

/// <summary>What a rung of a ladder does.</summary>
public static class StepKind
{
    /// <summary>升级: somebody higher is told.</summary>
    public const string Escalate = "escalate";

    /// <summary>催办: whoever owes the answer is reminded of it.</summary>
    public const string Chase = "chase";

    /// <summary>督办: whoever supervises them is to see to it.</summary>
    public const string Supervise = "supervise";

    /// <summary>通报: others are told that it is still not there.</summary>
    public const string Notice = "notice";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Escalate, new("escalation", "升级")),
        new(Chase, new("reminder", "催办")),
        new(Supervise, new("supervision", "督办")),
        new(Notice, new("notice", "通报")),
    ]);
}

/// <summary>Whom a rung of a ladder goes to.</summary>
public static class StepReceiver
{
    /// <summary>Who answers for the case; its team where nobody does by name.</summary>
    public const string Owner = "owner";

    /// <summary>The team of the case.</summary>
    public const string Team = "team";

    /// <summary>The department that has the task; only for the clock of one.</summary>
    public const string Department = "department";

    /// <summary>Who sent the task; only for the clock of one.</summary>
    public const string Sender = "sender";

    /// <summary>What begins the name of a role: <c>role:supervisor</c>.</summary>
    public const string OfRole = "role:";

    internal const string Known = $"{Owner}, {Team}, {Department}, {Sender}, {OfRole}…";

    internal static bool IsKnown(string to) => to is Owner or Team or Department or Sender || RoleIn(to) is not null;

    /// <summary>The role that is named; <c>null</c> for another receiver.</summary>
    internal static string? RoleIn(string to) =>
        to.StartsWith(OfRole, StringComparison.Ordinal) && Text.Check("to", to[OfRole.Length..], Text.Id) is null ? to[OfRole.Length..] : null;
}
