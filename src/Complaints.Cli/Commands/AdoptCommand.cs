using System.CommandLine;
using Complaints.Core.Intake;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints adopt</c>: starts our own clocks on an imported complaint.</summary>
internal static class AdoptCommand
{
    private static readonly Argument<string> Name = new("complaint") { Description = "Its number, its id, or SOURCE:ID." };
    private static readonly Option<bool> FromReceipt = new("--from-receipt") { Description = "Count from the first receipt instead of from now." };

    public static Command Create()
    {
        var command = Session.Command("adopt", "Start our own clocks on an imported complaint that is still open.", async (session, parsed, cancellationToken) =>
        {
            var id = await ShowCommand.FindAsync(session, parsed.GetValue(Name)!, cancellationToken);
            var result = await session.Desk.ExecuteAsync(id, new Adopt(parsed.GetValue(FromReceipt)), cancellationToken: cancellationToken);
            if (result.Refusal is { } refusal)
                return session.Refuse(refusal);
            if (session.AsJson)
                Output.WriteJson(new { id = id.Value, number = result.Value.Number, version = result.Value.Version });
            else
                Console.WriteLine(session.Say($"Adopted {result.Value.Number}: its clocks run.", $"已接管 {result.Value.Number}：开始计时。"));
            return ExitCode.Done;
        });
        command.Add(Name);
        command.Add(FromReceipt);
        return command;
    }
}
