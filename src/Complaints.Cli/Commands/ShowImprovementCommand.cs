using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints improvements show</c>: one improvement with its complaints, its actions and its timeline.</summary>
internal static class ShowImprovementCommand
{
    private static readonly Argument<string> Name = new("improvement") { Description = "Its number, or its id." };

    public static Command Create()
    {
        var command = Session.Command("show", "Show one improvement: state, complaints, actions, timeline.", RunAsync);
        command.Add(Name);
        return command;
    }

    /// <summary>The improvement of a number or an id.</summary>
    public static async Task<ImprovementId> FindAsync(Session session, string name, CancellationToken cancellationToken) =>
        Guid.TryParse(name, out var id) ? new ImprovementId(id)
            : await session.Desk.Improvements.FindAsync(name, cancellationToken)
                ?? throw new UsageException(NotFound(name));

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var desk = session.Desk.Improvements;
        var id = await FindAsync(session, parsed.GetValue(Name)!, cancellationToken);
        if (await desk.ViewAsync(id, cancellationToken) is not { } view)
            return session.Refuse(NotFound(id));
        var clear = await desk.RevealAsync(view, Purpose.CaseWork, cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(Document(view, clear));
            return ExitCode.Done;
        }
        var rules = await session.RulesAsync(cancellationToken);
        Show(view, clear, rules, new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]));
        return ExitCode.Done;
    }

    private static void Show(ImprovementView view, ClearWords clear, Rulebook rules, Wording words)
    {
        var improvement = view.Improvement;
        var zh = words.IsChinese;
        Console.WriteLine($"{improvement.Number}  {Output.Clear(clear, improvement.Title, words)}");
        Console.WriteLine(string.Join(zh ? "，" : ", ", new[]
        {
            words.Say(Vocabulary.Of(improvement.Status)), words.Say(rules.ImprovementKinds.Named(improvement.Kind.Id).Label),
            zh ? $"发起于 {words.Say(improvement.OpenedAt)}" : $"opened {words.Say(improvement.OpenedAt)}",
            improvement.ClosedAt is not { } closed ? "" : zh ? $"关闭于 {words.Say(closed)}" : $"closed {words.Say(closed)}",
        }.Where(part => part.Length > 0)));
        Console.WriteLine(zh
            ? $"负责人 {improvement.Owner}，团队 {improvement.Department ?? "-"}，版本 {improvement.Version}，ID {improvement.Id}"
            : $"Owner {improvement.Owner}, team {improvement.Department ?? "-"}, version {improvement.Version}, id {improvement.Id}");
        Console.WriteLine();
        var complaints = string.Join(zh ? "、" : ", ", improvement.Complaints.Select(link => link.ComplaintNumber));
        Console.WriteLine($"{(zh ? "相关投诉" : "Complaints")}  {(complaints.Length > 0 ? complaints : zh ? "无" : "none")}");
        Console.WriteLine();
        ShowActions(improvement, rules, words);
        Console.WriteLine();
        Console.WriteLine(zh ? "处理记录" : "Timeline");
        foreach (var entry in view.History)
            Output.WriteEvent(entry.Title(words), entry.Moment, entry.Details(words, rules, clear), words);
    }

    private static void ShowActions(Improvement improvement, Rulebook rules, Wording words)
    {
        var zh = words.IsChinese;
        if (improvement.Actions.IsEmpty)
        {
            Console.WriteLine(zh ? "没有措施。" : "No actions.");
            return;
        }
        Console.WriteLine(zh ? "措施" : "Actions");
        foreach (var action in improvement.Actions)
        {
            var late = action.IsLate ? zh ? "  已超时" : "  late" : "";
            var finished = action.FinishedAt is { } at ? $"  {(zh ? "完成于" : "finished")} {words.Say(at)}" : "";
            var said = SubjectWords.Of(improvement, Subject.Of("action", action.Number), rules, words);
            Console.WriteLine($"  {said}  [{action.Owner}]{finished}{late}");
        }
    }

    private static object Document(ImprovementView view, ClearWords clear) => new
    {
        id = view.Improvement.Id.Value,
        number = view.Improvement.Number,
        title = clear.Of(view.Improvement.Title),
        version = view.Improvement.Version,
        kind = view.Improvement.Kind.Id,
        status = view.Improvement.Status.ToString(),
        owner = view.Improvement.Owner,
        department = view.Improvement.Department,
        category = view.Improvement.Category,
        openedAt = Output.Iso(view.Improvement.OpenedAt),
        closedAt = Output.Iso(view.Improvement.ClosedAt),
        result = view.Improvement.Result,
        level = view.Improvement.Level,
        parts = view.Improvement.Parts,
        complaints = view.Improvement.Complaints.Select(link => new
        {
            id = link.Complaint.Value, number = link.ComplaintNumber, since = Output.Iso(link.Since), settled = link.IsSettled,
        }),
        actions = view.Improvement.Actions.Select(action => new
        {
            action.Number, action.Type, action.Owner, plannedAt = Output.Iso(action.PlannedAt), due = Output.Iso(action.Due),
            finishedAt = Output.Iso(action.FinishedAt), late = action.IsLate,
        }),
        publications = view.Improvement.Publications.Select(told => new { told.Number, told.Audience, at = Output.Iso(told.At) }),
        timeline = view.History.Select(entry => new
        {
            entry.Version, entry.Index, entry.Type, occurredAt = Output.Iso(entry.Moment.OccurredAt),
            recordedAt = Output.Iso(entry.Moment.RecordedAt), actor = entry.Moment.Actor.Id,
        }),
    };

    private static ComplaintError NotFound(object name) => new("improvement.not_found", ("value", name));
}
