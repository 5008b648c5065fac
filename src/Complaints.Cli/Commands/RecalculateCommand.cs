using System.CommandLine;
using Complaints.Core.Sla;
using Complaints.Core;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints time recalculate</c>: measures the running clocks by the newest definitions, each complaint with an event that says what moved.</summary>
internal static class RecalculateCommand
{
    private static readonly Option<RecalculationScope> Scope = new("--scope") { Description = "PolicyAndCalendars, or GrownCalendars for calendars that have gained years of holidays.", DefaultValueFactory = _ => RecalculationScope.PolicyAndCalendars };
    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why: rules-changed, holidays-known, mistake, other, or a code of your own; it stands in each history.",
        Required = true,
    };
    private static readonly Option<string?> Remark = new("--remark")
    {
        Description = "What is to be said of it, at most 500 characters; needed with other.",
    };

    public static Command Create()
    {
        var command = Session.Command("recalculate", "Measure the running clocks by the newest definitions. Look at 'time preview' first. Safe to repeat.", RunAsync);
        command.Add(Scope);
        command.Add(Reason);
        command.Add(Remark);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        int changed;
        try
        {
            changed = await new Recalculation(session.Desk)
                .ApplyAsync(parsed.GetValue(Reason)!, parsed.GetValue(Scope), parsed.GetValue(Remark), cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e.Message);
        }
        if (session.AsJson)
            Output.WriteJson(new { changed });
        else
            Console.WriteLine(session.Say($"{changed} complaints recalculated.", $"已重算 {changed} 件投诉。"));
        return ExitCode.Done;
    }
}
