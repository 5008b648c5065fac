using System.CommandLine;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;
using Spectre.Console;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints work</c>: what waits for somebody.</summary>
internal static class WorkCommand
{
    private static readonly Option<string?> Mine = new("--mine") { Description = "What this person has, by the host's id." };
    private static readonly Option<string?> Team = new("--team") { Description = "What this team or department has and nobody has taken." };
    private static readonly Option<string?> Role = new("--role")
    {
        Description = "What is for whoever holds this role, up to its authority.",
    };

    private static readonly Option<string[]> Kinds = new("--kind")
    {
        Description = "Of these sorts: approve, call-back, handle, promise, visit ...", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Overdue = new("--overdue") { Description = "Only what is past due." };
    private static readonly Option<string?> Area = new("--area") { Description = "Of this area." };
    private static readonly Option<string?> After = new("--after") { Description = "Where to go on, as the list before said at its end." };
    private static readonly Option<int> Take = new("--take") { Description = "How many to show, 1 to 500.", DefaultValueFactory = _ => 50 };

    public static Command Create()
    {
        var command = Session.Command("work", "List what waits for a person, a team or a role, the earliest due first.", RunAsync,
            showsCases: true);
        foreach (var option in new Option[] { Mine, Team, Role, Kinds, Overdue, Area, StepsOfDay.Day, After, Take })
            command.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Take) is < 1 or > 500)
            throw new UsageException("--take goes from 1 to 500.", "--take 的范围为 1 到 500。");
        var person = parsed.GetValue(Mine);
        if (parsed.GetValue(StepsOfDay.Day) is { } day)
        {
            if (parsed.GetValue(Role) is not null || parsed.GetValue(Kinds) is { Length: > 0 } || parsed.GetValue(Overdue)
                || parsed.GetValue(After) is not null)
            {
                throw new UsageException(
                    "--role, --kind, --overdue and --after do not go with --day.", "--day 不能与 --role、--kind、--overdue 或 --after 同用。");
            }
            return await StepsOfDay.RunAsync(
                session, day, parsed.GetValue(Area), person, parsed.GetValue(Team), parsed.GetValue(Take), cancellationToken);
        }
        if (person is null && parsed.GetValue(Team) is null && parsed.GetValue(Role) is null)
            throw new UsageException(
                "Say whose work: --mine PERSON, --team TEAM or --role ROLE.", "请指定谁的待办：--mine PERSON、--team TEAM 或 --role ROLE。");
        var desk = person is null ? session.Desk : session.Desk.For(session.Actor with { Id = person });
        var now = session.Get<IClock>().GetCurrentInstant();
        var query = new WorkQuery
        {
            Mine = person is not null,
            Team = parsed.GetValue(Team),
            Role = parsed.GetValue(Role),
            Works = [.. parsed.GetValue(Kinds) ?? []],
            Area = parsed.GetValue(Area),
            DueBefore = parsed.GetValue(Overdue) ? now : null,
            After = Place(parsed),
            Take = parsed.GetValue(Take),
        };
        var page = await desk.WorkAsync(query, cancellationToken);
        var counts = await desk.WorkCountsAsync(query, cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(new
            {
                total = counts.Total, isMore = counts.IsMore, overdue = counts.Overdue, next = page.Next?.ToString(),
                items = page.Items.Select(item => Row(item, now)),
            });
            return ExitCode.Done;
        }
        var rules = await session.RulesAsync(cancellationToken);
        var words = new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        if (page.Items.IsEmpty)
            Console.WriteLine(words.IsChinese ? "没有待办。" : "Nothing waits.");
        else
            Terminal.Write(TableOf(page, rules, words, now));
        var most = counts.IsMore ? words.IsChinese ? "超过 " : "more than " : "";
        var total = counts.Total.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine(words.IsChinese
            ? $"显示 {page.Items.Length} 项，共 {most}{total} 项，逾期 {counts.Overdue} 项"
            : $"{page.Items.Length} of {most}{total}, {counts.Overdue} overdue");
        if (page.Next is { } next)
            Console.WriteLine(words.IsChinese ? $"后续待办：同一命令加 --after {next}" : $"The next ones: the same with --after {next}");
        return ExitCode.Done;
    }

    private static Table TableOf(WorkPage page, Rulebook rules, Wording words, Instant now)
    {
        string[] heads = words.IsChinese ? ["编号", "待办", "到期", "负责人", "等待自"] : ["Number", "Work", "Due", "Whose", "Waits since"];
        var table = new Table().Border(TableBorder.None).AddColumns(heads);
        foreach (var item in page.Items)
        {
            var due = item.Row.Due is { } at ? words.Say(at) + (at < now ? words.IsChinese ? "（逾期）" : " (overdue)" : "") : "";
            var subject = item.Row.Subject is { } about ? $": {SubjectWords.Of(about, rules, words)}" : "";
            var urged = item.Urged is { } urging ? $"; {HandlingWords.Of(urging, words)}" : "";
            table.AddPlainRow(
                item.Number ?? "-", words.Say(Vocabulary.Work(item.Row.Work).Label) + subject + urged, due,
                item.Row.Person ?? item.Row.Team ?? "",
                words.Say(item.Row.Since));
        }
        return table;
    }

    private static WorkPosition? Place(ParseResult parsed) =>
        parsed.GetValue(After) is not { } text ? null
        : WorkPosition.TryParse(text, "--after", out var place, out var problem) ? place : throw new UsageException(problem);

    private static object Row(WorkItem item, Instant now) => new
    {
        of = item.Of.Noun,
        id = item.Of.Value,
        number = item.Number,
        work = item.Row.Work,
        subject = item.Row.Subject?.ToString(),
        person = item.Row.Person,
        team = item.Row.Team,
        duty = item.Row.Duty,
        amount = item.Row.Amount,
        notFor = item.Row.NotFor,
        area = item.Row.Area,
        category = item.Category,
        priority = item.Priority,
        due = Output.Iso(item.Row.Due),
        overdue = item.Row.Due < now,
        since = Output.Iso(item.Row.Since),
        urged = item.Urged?.Times,
        urgedAt = Output.Iso(item.Urged?.LastAt),
    };
}
