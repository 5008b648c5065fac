using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints missing</c>: cases of which something is not known that their guide requires.</summary>
internal static class MissingCommand
{
    public static Command Create() => Session.Command(
        "missing", "List the cases of which something is not known that the intake guide of their category requires.", RunAsync,
        showsCases: true);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = await session.RulesAsync(cancellationToken);
        var words = new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        var count = 0;
        await foreach (var incomplete in session.Desk.MissingAsync(cancellationToken))
        {
            count++;
            var missing = incomplete.Words.Select(words.Say);
            if (session.AsJson)
            {
                Output.WriteLine(new
                {
                    id = incomplete.Complaint.Value, incomplete.Number, missing = incomplete.Missing, words = missing, incomplete.Owner,
                    incomplete.Team, since = Output.Iso(incomplete.Since),
                });
                continue;
            }
            Console.WriteLine($"{incomplete.Number}  {string.Join(words.IsChinese ? "、" : ", ", missing)}");
        }
        if (!session.AsJson)
            Console.WriteLine(words.IsChinese ? $"{count} 件待补全。" : $"{count} incomplete.");
        return ExitCode.Done;
    }
}
