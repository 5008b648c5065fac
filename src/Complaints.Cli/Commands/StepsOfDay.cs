using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Complaints.Cli.Commands;

/// <summary>The part of <c>complaints work</c> that lists the steps with an appointment on a day.</summary>
internal static class StepsOfDay
{
    public static readonly Option<string?> Day = new("--day")
    {
        Description = "The steps with an appointment on this day, such as 2026-09-01, in the tenant's zone; with --area, --mine or --team.",
    };

    public static async Task<int> RunAsync(
        Session session, string day, string? area, string? person, string? team, int take, CancellationToken cancellationToken)
    {
        var parsed = LocalDatePattern.Iso.Parse(day);
        if (!parsed.Success || parsed.Value.Year is < 1970 or > 9998)
            throw new UsageException("--day is no day: write it as 2026-09-01.", "--day 不是有效日期：请写成 2026-09-01。");
        if (area is null && person is null && team is null)
            throw new UsageException(
                "Say whose steps, or where: --area AREA, --mine PERSON or --team TEAM.",
                "请指定片区或人员：--area AREA、--mine PERSON 或 --team TEAM。");
        if (take > 200)
            throw new UsageException("--take goes from 1 to 200 with --day.", "与 --day 同用时，--take 的范围为 1 到 200。");
        var query = new StepQuery(parsed.Value) { Area = area, Person = person, Team = team, Take = take };
        var (steps, isMore) = await session.Desk.StepsAsync(query, Purpose.CaseWork, cancellationToken);
        var rules = await session.RulesAsync(cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(new
            {
                day, isMore, items = steps.Select(step => new
                {
                    id = step.Work.Of.Value, number = step.Work.Number, subject = step.Work.Row.Subject?.ToString(), kind = step.Step.Kind,
                    phase = step.Step.Phase, due = Output.Iso(step.Work.Row.Due), person = step.Work.Row.Person, team = step.Work.Row.Team,
                    area = step.Work.Row.Area, place = step.Place, what = step.What,
                }),
            });
            return ExitCode.Done;
        }
        var words = new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        if (steps.IsEmpty)
        {
            Console.WriteLine(words.IsChinese ? "当天没有步骤。" : "No step has an appointment on that day.");
            return ExitCode.Done;
        }
        var names = await session.Desk.NamesAsync(
            [.. steps.Select(step => step.Work.Row.Person).OfType<string>().Distinct()], cancellationToken);
        string[] heads = words.IsChinese
            ? ["时间", "编号", "步骤", "执行人", "片区", "地点", "事项"] : ["Time", "Number", "Step", "Whose", "Area", "Place", "What"];
        var table = new Table().Border(TableBorder.None).AddColumns(heads);
        foreach (var step in steps)
        {
            var row = step.Work.Row;
            var whose = row.Person is { } one ? names.GetValueOrDefault(one, one)
                : row.Team is { } group ? words.Say(rules.Organisation.TeamNamed(group).Label) : "";
            table.AddPlainRow(
                row.Due is { } due ? words.Say(due) : "", step.Work.Number ?? "-",
                words.Say(rules.StepKinds.Named(step.Step.Kind).Label), whose,
                row.Area is { } place ? words.Say(rules.Organisation.AreaNamed(place).Label) : "", step.Place ?? "", step.What ?? "");
        }
        Terminal.Write(table);
        if (isMore)
            Console.WriteLine(words.IsChinese ? $"还有更多，仅显示前 {take} 项。" : $"There are more: these are the first {take}.");
        return ExitCode.Done;
    }
}
