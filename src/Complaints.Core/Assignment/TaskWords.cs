using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>Tells tasks of departments in one line each.</summary>
internal static class TaskWords
{
    /// <summary>Whose it is, as what, of which type, and where it stands.</summary>
    public static string Of(DepartmentTask task, Rulebook rules, Wording wording) => string.Join(" · ",
        new[]
        {
            wording.Say(rules.Organisation.DepartmentNamed(task.Department)), wording.Say(TaskRole.Of(task.Lead)),
            wording.Say(rules.Tasks.TypeList.Named(task.Type)), wording.Say(Vocabulary.Of(task.Status)),
            task.Result is { } result ? wording.Say(TaskResult.All.Named(result)) : "",
            task.Bounces > 0 ? $"{wording.Say(Bounced)} {task.Bounces}" : "",
            task.Redos > 0 ? $"{wording.Say(DoneOver)} {task.Redos}" : "",
        }.Where(part => part.Length > 0));

    private static readonly Label Bounced = new("times returned:", "退单次数：");

    private static readonly Label DoneOver = new("times done over:", "返工次数：");
}
