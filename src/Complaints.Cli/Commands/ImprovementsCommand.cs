using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using NodaTime;
using Spectre.Console;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints improvements</c>: what is put right beyond single complaints, as a list and one by one.</summary>
internal static class ImprovementsCommand
{
    private static readonly Option<ImprovementStatus[]> Statuses = new("--status")
    {
        Description = "In one of these statuses.", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Kind = new("--kind")
    {
        Description = "Of this kind: systemic-issue, bulletin, or one of the tenant's own.",
    };

    private static readonly Option<string?> Owner = new("--owner") { Description = "Of this owner." };

    private static readonly Option<string?> After = new("--after")
    {
        Description = "The number behind which to go on, as the list before said at its end.",
    };

    private static readonly Option<int> Take = new("--take") { Description = "How many to show, 1 to 500.", DefaultValueFactory = _ => 50 };

    public static Command Create()
    {
        var command = Session.Command("improvements", "List improvements, the newest first; 'show' tells one.", RunAsync);
        foreach (var option in new Option[] { Statuses, Kind, Owner, After, Take })
            command.Add(option);
        command.Add(ShowImprovementCommand.Create());
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Take) is < 1 or > 500)
            throw new UsageException("--take goes from 1 to 500.", "--take 的范围为 1 到 500。");
        var desk = session.Desk.Improvements;
        ImprovementId? after = null;
        if (parsed.GetValue(After) is { } number)
            after = await ShowImprovementCommand.FindAsync(session, number, cancellationToken);
        var page = await desk.ListAsync(
            new ImprovementQuery
            {
                Statuses = [.. parsed.GetValue(Statuses) ?? []],
                Kind = parsed.GetValue(Kind),
                Owner = parsed.GetValue(Owner),
                After = after,
                Take = parsed.GetValue(Take),
            },
            cancellationToken);
        var clear = await desk.RevealAsync(page, Purpose.Search, cancellationToken);
        var next = page.Next is null ? null : page.Items[^1].Number;
        if (session.AsJson)
        {
            Output.WriteJson(new { next, items = page.Items.Select(item => Row(item, clear.Of(item.Title))) });
            return ExitCode.Done;
        }
        var rules = await session.RulesAsync(cancellationToken);
        var words = new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        if (page.Items.IsEmpty)
            Console.WriteLine(words.IsChinese ? "没有符合条件的整改事项。" : "No improvement matches.");
        else
            Terminal.Write(TableOf(page, clear, rules, words));
        if (next is not null)
            Console.WriteLine(words.IsChinese ? $"后续事项：同一命令加 --after {next}" : $"The next ones: the same with --after {next}");
        return ExitCode.Done;
    }

    private static Table TableOf(ImprovementPage page, ClearWords clear, Rulebook rules, Wording words)
    {
        string[] heads = words.IsChinese
            ? ["编号", "状态", "类型", "时限", "负责人", "标题"]
            : ["Number", "Status", "Kind", "Due", "Owner", "Title"];
        var table = new Table().Border(TableBorder.None).AddColumns(heads);
        foreach (var item in page.Items)
        {
            var status = item.Unreadable.IsEmpty ? words.Say(Vocabulary.Of(item.Status)) : words.Say(Output.Damaged);
            table.AddPlainRow(
                item.Number, status, words.Say(rules.ImprovementKinds.Named(item.Kind).Label),
                item.DueAt is { } due ? words.Say(due) : "", item.Owner,
                Output.Clear(clear, item.Title, words, item.Unreadable.Contains("title")));
        }
        return table;
    }

    private static object Row(ImprovementSummary item, string? title) => new
    {
        id = item.Id.Value,
        number = item.Number,
        kind = item.Kind,
        status = item.Status.ToString(),
        owner = item.Owner,
        department = item.Department,
        openedAt = Output.Iso(item.OpenedAt),
        dueAt = Output.Iso(item.DueAt),
        closedAt = Output.Iso(item.ClosedAt),
        title,
    };
}
