using System.CommandLine;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints queue</c>: open cases in the order of their points, each with what its points are for.</summary>
internal static class QueueCommand
{
    private static readonly Option<string?> Mine = new("--mine") { Description = "The cases of this person, by the host's id." };
    private static readonly Option<string?> Team = new("--team") { Description = "The cases of this team." };
    private static readonly Option<int> Skip = new("--skip") { Description = "How many to pass over, 0 to 2000." };
    private static readonly Option<int> Take = new("--take") { Description = "How many to show, 1 to 500.", DefaultValueFactory = _ => 20 };

    public static Command Create()
    {
        var command = Session.Command("queue", "List open cases, the most points first, with what the points are for.", RunAsync,
            showsCases: true);
        foreach (var option in new Option[] { Mine, Team, Skip, Take })
            command.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Take) is < 1 or > 500)
            throw new UsageException("--take goes from 1 to 500.", "--take 的范围为 1 至 500。");
        if (parsed.GetValue(Skip) is < 0 or > QueueQuery.MostCases)
            throw new UsageException("--skip goes from 0 to 2000.", "--skip 的范围为 0 至 2000。");
        var query = new QueueQuery
        {
            Of = new ComplaintQuery { Owner = parsed.GetValue(Mine), Team = parsed.GetValue(Team) },
            Skip = parsed.GetValue(Skip),
            Take = parsed.GetValue(Take),
        };
        var queue = await session.Desk.QueueAsync(query, cancellationToken);
        var rules = await session.RulesAsync(cancellationToken);
        var words = new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        if (session.AsJson)
        {
            Output.WriteJson(new { total = queue.Total, isCut = queue.IsCut, items = queue.Items.Select(item => Row(item, words)) });
            return ExitCode.Done;
        }
        var page = new ComplaintPage([.. queue.Items.Select(item => item.Complaint)], null);
        var titles = await session.Desk.RevealAsync(page, Purpose.Search, cancellationToken);
        var names = await session.Desk.NamesAsync(
            [.. page.Items.Select(item => item.Owner).OfType<string>().Distinct()], cancellationToken);
        var now = session.Get<IClock>().GetCurrentInstant();
        var place = query.Skip;
        foreach (var item in queue.Items)
        {
            Console.WriteLine($"{++place}. {Head(item, rules, words, names, now)}");
            Console.WriteLine($"   {Output.Clear(titles, item.Complaint.Title, words, item.Complaint.Unreadable.Contains("title"))}");
            foreach (var part in item.Score.Parts)
                Console.WriteLine($"   {Points(part.Points),6}  {words.Say(part.Label)}");
            if (item.Score.IsIncomplete)
                Console.WriteLine(words.IsChinese ? "   部分内容已损坏，未计分" : "   some of it is damaged and counts nothing");
        }
        Console.WriteLine(Foot(queue, words));
        return ExitCode.Done;
    }

    private static string Head(
        ScoredComplaint item, Rulebook rules, Wording words, IReadOnlyDictionary<string, string> names, Instant now)
    {
        var complaint = item.Complaint;
        var points = words.IsChinese ? $"{item.Score.Points} 分" : item.Score.Points is 1 or -1 ? $"{item.Score.Points} point"
            : $"{item.Score.Points} points";
        var late = complaint.DueAt < now ? words.IsChinese ? "（逾期）" : " (overdue)" : "";
        var whose = complaint.Owner is { } owner ? names.GetValueOrDefault(owner, owner)
            : complaint.Team is { } team ? words.Say(rules.Organisation.TeamNamed(team).Label)
            : null;
        return string.Join("  ", new[]
        {
            complaint.Number, points, complaint.Unreadable.IsEmpty ? words.Say(Vocabulary.Of(complaint.State))
                : words.IsChinese ? "（已损坏）" : "(damaged)",
            complaint.DueAt is { } due ? (words.IsChinese ? "时限 " : "due ") + words.Say(due) + late : null, whose,
        }.OfType<string>());
    }

    private static string Foot(ScoredQueue queue, Wording words)
    {
        var total = queue.Total.ToString("N0", CultureInfo.InvariantCulture);
        var shown = words.IsChinese ? $"显示 {queue.Items.Length} 件，共 {total} 件未结投诉。" : $"{queue.Items.Length} of {total} open cases.";
        return !queue.IsCut ? shown
            : words.IsChinese ? $"{shown}仅对最早到期的 {total} 件排序，另有更晚到期的未计入；可用 --mine 或 --team 缩小范围。"
            : $"{shown} Only the {total} that are due first are in this order, and there are more: narrow it with --mine or --team.";
    }

    /// <summary>With its sign, so that it reads as a sum.</summary>
    private static string Points(int points) => points.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static object Row(ScoredComplaint item, Wording words) => new
    {
        id = item.Complaint.Id.Value,
        number = item.Complaint.Number,
        points = item.Score.Points,
        parts = item.Score.Parts.Select(part => new
        {
            attribute = part.Attribute, value = part.Value, points = part.Points, workingDays = part.WorkingDays,
            text = words.Say(part.Label),
        }),
        incomplete = item.Score.IsIncomplete,
        state = item.Complaint.State.ToString(),
        priority = item.Complaint.Priority,
        owner = item.Complaint.Owner,
        team = item.Complaint.Team,
        dueAt = Output.Iso(item.Complaint.DueAt),
        receivedAt = Output.Iso(item.Complaint.ReceivedAt),
        unreadable = item.Complaint.Unreadable,
    };
}
