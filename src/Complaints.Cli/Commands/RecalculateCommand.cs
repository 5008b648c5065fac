using System.CommandLine;
using Complaints.Core.Sla;
using Complaints.Core;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints time recalculate</c>: measures the running clocks by the newest definitions, each complaint with an event that says what moved.</summary>
internal static class RecalculateCommand
{
    private static readonly Option<RecalculationScope> Scope = new("--scope") { Description = "PolicyAndCalendars, or GrownCalendars for calendars that have gained years of holidays.", DefaultValueFactory = _ => RecalculationScope.PolicyAndCalendars };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; it stands in each complaint's history.", Required = true };

    public static Command Create()
    {
        var command = Session.Command("recalculate", "Measure the running clocks by the newest definitions. Look at 'time preview' first. Safe to repeat.", RunAsync);
        command.Add(Scope);
        command.Add(Reason);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var reason = parsed.GetValue(Reason)!;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            throw new UsageException("--reason needs 1 to 500 characters.");
        var changed = await new Recalculation(session.Desk, session.Store).ApplyAsync(reason, parsed.GetValue(Scope), cancellationToken);
        if (session.AsJson)
            Output.WriteJson(new { changed });
        else
            Console.WriteLine(session.Culture.TwoLetterISOLanguageName == "zh" ? $"已重算 {changed} 件投诉。" : $"{changed} complaints recalculated.");
        return ExitCode.Done;
    }
}
