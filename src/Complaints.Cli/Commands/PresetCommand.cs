using System.CommandLine;
using Complaints.Core;
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

    private static readonly Option<int?> Order = new("--order")
    {
        Description = "A policy's order: the policies that apply to a complaint are tried from the lowest on.",
    };

    public static Command Create()
    {
        var export = Session.CommandOnAnything("export", "Print a preset's JSON, to be changed and published.", (_, parsed, _) =>
        {
            Console.WriteLine(Json(parsed).TrimEnd());
            return Task.FromResult(ExitCode.Done);
        });
        var publish = Session.Command("publish", "Publish a preset as a definition.", PublishAsync);
        foreach (var command in new[] { export, publish })
        {
            command.Add(Kind);
            command.Add(Id);
            command.Add(Accept);
            command.Add(Order);
        }
        publish.Add(As);
        publish.Add(DefinitionsCommand.From);
        return new Command("preset", "Ready-made calendars and policies, each with its source.") { Session.CommandOnAnything("list", "List the presets.", (_, parsed, _) => Task.FromResult(List(parsed))), export, publish };
    }

    private static async Task<int> PublishAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(As) ?? parsed.GetValue(Id)!;
        var from = await DefinitionsCommand.FromAsync(session, parsed, cancellationToken);
        var (done, refusal) = await DefinitionsCommand.PublishAsync(session, parsed.GetValue(Kind)!, id, Json(parsed), from,
            cancellationToken);
        if (refusal?.Details.Any(detail => detail.Code == "policy.order_ambiguous") == true)
        {
            Console.Error.WriteLine(session.Say("--order N publishes the preset with another order.", "可用 --order N 为该预设指定其他顺序。"));
        }
        return done;
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
        var (verified, unverified) = (new Label("verified  ", "已核对"), new Label("unverified", "未核对"));
        foreach (var row in rows)
        {
            var state = (row.Verified ? verified : unverified).In(culture);
            Console.WriteLine($"{row.Kind,-9} {row.Id,-30} {state} {row.Date,-10}  {row.Name}");
        }
        return ExitCode.Done;
    }

    private static string Json(ParseResult parsed) => (parsed.GetValue(Order), parsed.GetValue(Kind)) switch
    {
        ({ } order, var kind) when kind == SlaDefinitions.Policies.Name => (SlaPolicy.Parse(AsItIs(kind, parsed)) with { Order = order })
            .ToJson(),
        ({ }, _) => throw new UsageException("--order is for policies.", "--order 只用于时限策略（policy）。"),
        (_, var kind) => AsItIs(kind, parsed),
    };

    private static string AsItIs(string? wanted, ParseResult parsed) => wanted switch
    {
        var kind when kind == SharedDefinitions.Calendars.Name => CalendarPresets.Json(IdOf(kind, CalendarPresets.Ids, parsed)),
        var kind when kind == SlaDefinitions.Policies.Name =>
            PolicyPresets.Json(IdOf(kind, PolicyPresets.Ids, parsed), parsed.GetValue(Accept)),
        var kind => throw new UsageException(
            $"There are no presets of kind '{kind}'; there are presets of kind calendar and policy.",
            $"“{kind}”没有预设；有预设的是 calendar 与 policy。"),
    };

    private static string IdOf(string kind, IReadOnlyCollection<string> ids, ParseResult parsed)
    {
        var (id, known) = (parsed.GetValue(Id)!, string.Join(", ", ids));
        return ids.Contains(id) ? id : throw new UsageException(
            $"There is no preset {kind} '{id}'; there are: {known}.", $"没有预设 {kind}“{id}”；现有：{known}。");
    }

    private sealed record Row(string Kind, string Id, string Name, bool Verified, string? Date, string[] Sources);
}
