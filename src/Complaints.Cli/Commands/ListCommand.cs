using System.CommandLine;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;
using Spectre.Console;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints list</c>: a queue.</summary>
internal static class ListCommand
{
    private static readonly Option<ComplaintState[]> States = new("--state") { Description = "In one of these states.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Owner = new("--owner") { Description = "Of this owner." };
    private static readonly Option<string?> Team = new("--team") { Description = "Of this team." };
    private static readonly Option<string?> Category = new("--category") { Description = "Of this category." };
    private static readonly Option<string?> Priority = new("--priority") { Description = "Of this priority." };
    private static readonly Option<string?> Channel = new("--channel") { Description = "By this channel." };
    private static readonly Option<string?> Area = new("--area") { Description = "Of this area." };
    private static readonly Option<string?> Number = new("--number") { Description = "Whose number begins with this." };
    private static readonly Option<string?> Phone = new("--phone") { Description = "Of the customer with this phone number." };
    private static readonly Option<ComplaintOrder> Order = new("--order") { Description = "Due, Newest or Oldest." };
    private static readonly Option<string?> After = new("--after") { Description = "Where to go on, as the list before said at its end." };
    private static readonly Option<int> Take = new("--take") { Description = "How many to show, 1 to 500.", DefaultValueFactory = _ => 50 };

    public static Command Create()
    {
        var command = Session.Command("list", "List complaints, the earliest due first.", RunAsync, showsCases: true);
        foreach (var option in new Option[] { States, Owner, Team, Category, Priority, Channel, Area, Number, Phone, Order, After, Take })
            command.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Take) is < 1 or > 500)
            throw new UsageException("--take goes from 1 to 500.", "--take 的范围为 1 到 500。");
        var query = new ComplaintQuery
        {
            States = [.. parsed.GetValue(States) ?? []],
            Owner = parsed.GetValue(Owner),
            Team = parsed.GetValue(Team),
            Category = parsed.GetValue(Category),
            Priority = parsed.GetValue(Priority),
            Channel = parsed.GetValue(Channel),
            Area = parsed.GetValue(Area),
            NumberStartsWith = parsed.GetValue(Number),
            Lookup = parsed.GetValue(Phone) is { } phone ? await session.Desk.PhoneLookupAsync(phone, cancellationToken) : null,
            Order = parsed.GetValue(Order),
            After = Place(parsed),
            Take = parsed.GetValue(Take),
        };
        var page = await session.Desk.ListAsync(query, cancellationToken);
        var count = await session.Desk.CountAsync(query, cancellationToken);
        var words = await session.Desk.RevealAsync(page, Purpose.Search, cancellationToken);
        if (session.AsJson)
        {
            var items = page.Items.Select(item => Row(item, words.Of(item.Title)));
            Output.WriteJson(new { total = count.Count, isMore = count.IsMore, next = page.Next?.ToString(), items });
            return ExitCode.Done;
        }
        Terminal.Write(TableOf(page, words, await session.RulesAsync(cancellationToken), session.Culture));
        var total = count.Count.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine(session.Say(
            $"{page.Items.Length} of {(count.IsMore ? "more than " : "")}{total}",
            $"显示 {page.Items.Length} 件，共 {(count.IsMore ? "超过 " : "")}{total} 件"));
        if (page.Next is { } next)
            Console.WriteLine(session.Say($"The next ones: the same with --after {next}", $"后续投诉：同一命令加 --after {next}"));
        return ExitCode.Done;
    }

    private static Table TableOf(ComplaintPage page, ClearWords clear, Rulebook rules, CultureInfo culture)
    {
        var zone = DateTimeZoneProviders.Tzdb[rules.Settings.Zone];
        var words = new Wording(culture, zone);
        string[] heads = words.IsChinese
            ? ["编号", "状态", "优先级", "到期", "负责人", "类别", "标题"]
            : ["Number", "State", "Priority", "Due", "Owner", "Category", "Title"];
        var table = new Table().Border(TableBorder.None).AddColumns(heads);
        foreach (var item in page.Items)
        {
            var (priority, category) = words.IsChinese
                ? (Words.Priority(item.Priority, rules), Words.Category(item.Category, null, rules))
                : (item.Priority, item.Category ?? "");
            table.AddPlainRow(
                item.Number, StateOf(item, words), priority, item.DueAt is { } due ? Output.Local(due, zone) : "",
                item.Owner ?? item.Team ?? "", category, Output.Clear(clear, item.Title, words, item.Unreadable.Contains("title")));
        }
        return table;
    }

    private static string StateOf(ComplaintSummary item, Wording words)
    {
        if (!item.Unreadable.IsEmpty)
            return words.Say(Output.Damaged);
        var state = words.IsChinese ? words.Say(Vocabulary.Of(item.State)) : item.State.ToString();
        return item.UnansweredSince is null ? state : state + (words.IsChinese ? "，客户来信待复" : ", customer wrote");
    }

    private static ComplaintPosition? Place(ParseResult parsed)
    {
        if (parsed.GetValue(After) is not { } text)
            return null;
        if (!ComplaintPosition.TryParse(text, "--after", out var place, out var problem))
            throw new UsageException(problem);
        return place.Order == parsed.GetValue(Order)
            ? place
            : throw new UsageException(
                $"--after is a place in the order {place.Order}: give --order {place.Order}, or leave --after out.",
                $"--after 是按 {place.Order} 排序的位置：请加 --order {place.Order}，或去掉 --after。");
    }

    private static object Row(ComplaintSummary item, string? title) => new
    {
        id = item.Id.Value,
        number = item.Number,
        state = item.State.ToString(),
        kind = item.Kind,
        priority = item.Priority,
        unansweredSince = Output.Iso(item.UnansweredSince),
        category = item.Category,
        subcategory = item.Subcategory,
        channel = item.Channel,
        area = item.Area,
        owner = item.Owner,
        team = item.Team,
        receivedAt = Output.Iso(item.ReceivedAt),
        dueAt = Output.Iso(item.DueAt),
        title,
        unreadable = item.Unreadable,
    };
}
