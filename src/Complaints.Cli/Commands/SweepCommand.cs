using System.CommandLine;
using Complaints.Core;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints sweep</c>: does what is due on the clocks of a tenant.</summary>
internal static class SweepCommand
{
    private static readonly Option<int> Max = new("--max") { Description = "How many timers are claimed at once, 1 to 10,000.", DefaultValueFactory = _ => 500 };

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
            throw new UsageException("--max goes from 1 to 10000.", "--max 的范围为 1 到 10000。");
        var result = await session.Desk.SweepAsync(max, cancellationToken);
        if (session.AsJson)
            Output.WriteJson(new { changed = result.Changed, refused = result.RefusedCount,
                named = result.Refused.Select(refused => new { of = refused.Of.Noun, id = refused.Of.Value, refused.Refusal.Code }) });
        else
            Console.WriteLine(session.Say($"{result.Changed} changes by clocks.", $"计时触发 {result.Changed} 处变更。"));
        foreach (var refused in session.AsJson ? [] : result.Refused)
            Console.Error.WriteLine($"{refused.Of}: {refused.Refusal.In(session.Culture)}");
        return result.RefusedCount == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
