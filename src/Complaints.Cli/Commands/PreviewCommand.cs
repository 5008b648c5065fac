using System.CommandLine;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints time preview</c>: what measuring the running clocks by the newest definitions would change, complaint by complaint. Changes nothing.</summary>
internal static class PreviewCommand
{
    private static readonly Option<RecalculationScope> Scope = new("--scope") { Description = "PolicyAndCalendars, or GrownCalendars for calendars that have gained years of holidays.", DefaultValueFactory = _ => RecalculationScope.PolicyAndCalendars };

    public static Command Create()
    {
        var command = Session.Command("preview", "What a recalculation would change: each clock's due instant before and after. Nothing is written.", RunAsync);
        command.Add(Scope);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var zone = await session.ZoneAsync(cancellationToken);
        var zh = session.Culture.TwoLetterISOLanguageName == "zh";
        var found = 0;
        await foreach (var preview in new Recalculation(session.Desk).PreviewAsync(parsed.GetValue(Scope), cancellationToken))
        {
            found++;
            if (session.AsJson)
            {
                // A line each, however many there are.
                Output.WriteLine(new
                {
                    id = preview.Complaint.Value,
                    number = preview.Number,
                    policy = preview.Recalculated.Policy.ToString(),
                    calendars = preview.Recalculated.Calendars.Select(calendar => calendar.ToString()),
                    clocks = preview.Recalculated.Changes.Select(change => new { change.Clock, before = Output.Iso(change.Before), after = Output.Iso(change.After), breached = preview.Breaches.Contains(change.Clock) }),
                });
                continue;
            }
            Console.WriteLine($"{preview.Number}  {preview.Recalculated.Policy}");
            foreach (var change in preview.Recalculated.Changes)
                Console.WriteLine($"  {change.Clock,-24} {At(change.Before),-19} -> {At(change.After),-19}{(preview.Breaches.Contains(change.Clock) ? zh ? "  立即超时" : "  breached at once" : "")}");
        }
        if (!session.AsJson)
            Console.WriteLine(zh ? $"{found} 件投诉会改变。" : $"{found} complaints would change.");
        return ExitCode.Done;

        string At(Instant? instant) => instant is { } at ? Output.Local(at, zone) : "-";
    }
}
