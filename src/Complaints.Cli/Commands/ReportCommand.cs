using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Import.Mapping;
using Complaints.Reporting;
using Complaints.Reporting.Rendering;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints report</c>: the figures of a period, from the store.</summary>
internal static class ReportCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Received on or after this date (yyyy-MM-dd) of the report's zone.",
    };

    private static readonly Option<string?> To = new("--to") { Description = "Received before this date; --through names the last day." };

    private static readonly Option<string?> Through = new("--through") { Description = "Received up to the end of this date." };

    private static readonly Option<string?> AsOf = new("--as-of")
    {
        Description = "Backlog at the beginning of this date, or at this instant (ISO 8601 in UTC).",
    };

    private static readonly Option<string?> Zone = new("--zone")
    {
        Description = "An IANA zone for periods, dates and instants; by default the mapping's, else the tenant's.",
    };

    private static readonly Option<FileInfo?> Map = new("--map")
    {
        Description = "The mapping by which the complaints were imported: its zone is the report's.",
    };

    private static readonly Option<FileInfo?> Definition = new("--definition")
    {
        Description = "A report definition: attributes and numbers to count, groups of outcomes and categories, periods, repeat window.",
    };

    public static Command Create()
    {
        var command = Session.Command("report", "Figures from the store, each with its definition.", RunAsync, showsCases: true);
        foreach (var option in new Option[] { From, To, Through, AsOf, Zone, Map, Definition })
            command.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = await session.RulesAsync(cancellationToken);
        var (mapping, unreadable) = parsed.GetValue(Map) is { } map ? ImportMapping.Load(map.FullName) : default;
        if (unreadable is not null)
            return session.Refuse(unreadable);
        var zone = parsed.GetValue(Zone) is { } named ? Known(named) : mapping?.Zone ?? Known(rules.Settings.Zone);
        var definition = new ReportDefinition();
        if (parsed.GetValue(Definition) is { } file)
        {
            var (read, refusal) = ReportDefinition.Read(BoundedFile.Read(file.FullName));
            if (refusal is not null)
                return session.Refuse(refusal);
            definition = read!;
        }
        var request = new ReportRequest
        {
            Zone = zone, From = Date(parsed, From), To = End(parsed), AsOf = Moment(parsed, zone), Definition = definition, Rules = rules,
            Repeats = rules.Repeats.Value,
        };
        var result = await session.Desk.ReportAsync(request, cancellationToken);
        if (result.Refusal is { } refused)
            return session.Refuse(refused);
        Console.WriteLine(session.AsJson ? ReportJson.ToText(result.Value) : ReportText.Write(result.Value, session.Culture));
        return ExitCode.Done;
    }

    private static DateTimeZone Known(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
        ?? throw new UsageException(
            $"The zone '{zone}' is unknown; use an IANA id such as Asia/Shanghai.", $"未知时区“{zone}”；请使用 IANA 标识，如 Asia/Shanghai。");

    /// <summary>The first day that is no longer in the period, however its end was named.</summary>
    private static LocalDate? End(ParseResult parsed) => (Date(parsed, To), Date(parsed, Through)) switch
    {
        (not null, not null) => throw new UsageException(
            "Give --to, the day after the last, or --through, the last day; not both.",
            "请指定 --to（最后一天的次日）或 --through（最后一天），不要同时指定。"),
        (null, { } last) => last == LocalDate.MaxIsoValue ? last : last.PlusDays(1),
        var (end, _) => end,
    };

    private static LocalDate? Date(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        var text when LocalDatePattern.Iso.Parse(text) is { Success: true } date => date.Value,
        var text => throw new UsageException(
            $"{option.Name} has the value '{text}', which is no date; write for example 2026-09-05.",
            $"{option.Name} 的值“{text}”不是日期；请写成 2026-09-05 这样的形式。"),
    };

    private static Instant? Moment(ParseResult parsed, DateTimeZone zone) => parsed.GetValue(AsOf) switch
    {
        null => null,
        var text when LocalDatePattern.Iso.Parse(text) is { Success: true } date => zone.AtStartOfDay(date.Value).ToInstant(),
        var text when InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant => instant.Value,
        var text => throw new UsageException(
            $"--as-of has the value '{text}', which is neither a date nor an instant; write 2012-01-01 or 2012-01-01T05:00:00Z.",
            $"--as-of 的值“{text}”既不是日期也不是时刻；请写成 2012-01-01 或 2012-01-01T05:00:00Z。"),
    };
}
