using System.CommandLine;
using Complaints.Core.Storage;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints sweep</c>: does what is due on the clocks of a tenant.</summary>
internal static class SweepCommand
{
    private static readonly Option<int> Max = new("--max") { Description = "At most so many timers a round, 1 to 10,000.", DefaultValueFactory = _ => 500 };

    public static Command Create()
    {
        var command = Session.Command("sweep", "Fire what is due: warnings, breaches, escalations. Safe to run at any time and from anywhere.", RunAsync);
        command.Add(Max);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var max = parsed.GetValue(Max);
        if (max is < 1 or > 10_000)
            throw new UsageException("--max goes from 1 to 10000.");
        var (changed, round) = (0, 0);
        do
        {
            round = await session.Desk.SweepAsync(await session.Get<IDeadlineClock>().NowAsync(cancellationToken), max, cancellationToken);
            changed += round;
        }
        while (round > 0);
        if (session.AsJson)
            Output.WriteJson(new { changed });
        else
            Console.WriteLine($"{changed} changes by clocks.");
        return ExitCode.Done;
    }
}
