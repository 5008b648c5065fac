using System.CommandLine;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints definitions preset</c>: ready-made calendars and policies. Only publishing needs a database.</summary>
internal static class PresetCommand
{
    private static readonly Argument<string> Kind = new("kind") { Description = "calendar or policy." };
    private static readonly Argument<string> Id = new("id") { Description = "The preset's id." };
    private static readonly Option<string?> As = new("--as") { Description = "Publish it under another id: '--as default' makes a calendar the tenant's." };
    private static readonly Option<bool> Accept = new("--accept-unverified") { Description = "Take over numbers that were not all read in the primary text." };

    public static Command Create()
    {
        var export = Session.CommandOnAnything("export", "Print a preset's JSON, to be changed and published.", (_, parsed, _) =>
        {
            Console.WriteLine(Json(parsed).TrimEnd());
            return Task.FromResult(ExitCode.Done);
        });
        var publish = Session.Command("publish", "Publish a preset as a definition.", (session, parsed, cancellationToken) =>
            DefinitionsCommand.PublishAsync(session, parsed.GetValue(Kind)!, parsed.GetValue(As) ?? parsed.GetValue(Id)!, Json(parsed), cancellationToken));
        foreach (var command in new[] { export, publish })
        {
            command.Add(Kind);
            command.Add(Id);
            command.Add(Accept);
        }
        publish.Add(As);
        return new Command("preset", "Ready-made calendars and policies, each with its source.") { Session.CommandOnAnything("list", "List the presets.", (_, parsed, _) => Task.FromResult(List(parsed))), export, publish };
    }

    private static int List(ParseResult parsed)
    {
        var calendars = CalendarPresets.Ids.Select(id => (Kind: SharedDefinitions.Calendars.Name, Id: id,
            Read: CalendarDefinition.Parse(CalendarPresets.Json(id))))
            .Select(preset => new Row(preset.Kind, preset.Id, $"{preset.Read.Zone} {preset.Read.HolidayData!.FirstYear}-{preset.Read.HolidayData.LastYear}", true, null, [.. preset.Read.HolidayData.Sources]));
        var culture = Session.CultureOf(parsed);
        var policies = PolicyPresets.Ids.Select(id => (Id: id, Policy: PolicyPresets.Get(id)))
            .Select(preset => new Row(SlaDefinitions.Policies.Name, preset.Id, preset.Policy.Label.In(culture),
                preset.Policy.Source!.Verified, preset.Policy.Source.Date.ToString("uuuu-MM-dd", null), [.. preset.Policy.Source.Texts]));
        var rows = calendars.Concat(policies).ToList();
        if (parsed.GetValue(Session.Json))
        {
            Output.WriteJson(rows);
            return ExitCode.Done;
        }
        foreach (var row in rows)
            Console.WriteLine($"{row.Kind,-9} {row.Id,-30} {(row.Verified ? "verified  " : "unverified")} {row.Date,-10}  {row.Name}");
        return ExitCode.Done;
    }

    private static string Json(ParseResult parsed) => parsed.GetValue(Kind) switch
    {
        var kind when kind == SharedDefinitions.Calendars.Name => CalendarPresets.Json(parsed.GetValue(Id)!),
        var kind when kind == SlaDefinitions.Policies.Name => PolicyPresets.Json(parsed.GetValue(Id)!, parsed.GetValue(Accept)),
        var kind => throw new UsageException($"There are no presets of kind '{kind}'; there are presets of kind calendar and policy."),
    };

    private sealed record Row(string Kind, string Id, string Name, bool Verified, string? Date, string[] Sources);
}
