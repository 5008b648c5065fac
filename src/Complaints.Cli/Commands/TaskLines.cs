using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary>The tasks of departments, a line each, the most pressing told first of all; what happened to them stands in the
/// timeline.</summary>
internal static class TaskLines
{
    public static IEnumerable<string> Of(
        ComplaintView view, Rulebook rules, Wording words, ClearWords clear, Instant now, DateTimeZone zone)
    {
        var complaint = view.Complaint;
        if (complaint.Tasks.IsEmpty)
            yield break;
        var worst = TaskStandings.WorstOf(complaint, view.Clocks, now, zone);
        yield return $"{(words.IsChinese ? "部门协办：" : "Departments: ")}{words.Say(Vocabulary.Of(worst))}";
        foreach (var task in complaint.Tasks)
        {
            var subject = Subject.Of("task", task.Number);
            var standing = TaskStandings.Of(task, view.Clocks, now, zone);
            var pressing = standing >= TaskStanding.DueToday ? $" ({words.Say(Vocabulary.Of(standing))})" : "";
            var (question, answer) = view.WordsOfTask(task.Number);
            var said = new[] { question, answer }.OfType<Personal<string>>().Select(text => Output.Clear(clear, text, words));
            yield return $"{words.Say(Vocabulary.SubjectKind("task"))} {SubjectWords.Of(complaint, subject, rules, words, clear)}{pressing}"
                + $"  {string.Join(" · ", said)}";
        }
    }

    /// <summary>The same for programs: codes, numbers and ids.</summary>
    public static object Document(ComplaintView view) => view.Complaint.Tasks.Select(task => new
    {
        task.Number, task.Department, role = task.Lead ? TaskRole.Lead : TaskRole.Assist, task.Type, status = task.Status.ToString(),
        task.SentBy, task.SignedBy, since = Output.Iso(task.Since), task.Bounces, task.Redos, task.Points, task.Result, task.Filing,
    });
}
