using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints stuck</c>: cases that nobody will move on by themselves.</summary>
internal static class StuckCommand
{
    public static Command Create() => Session.Command(
        "stuck", "Name the cases that nobody will move on by themselves, with the cause and what would free them.", RunAsync,
        showsCases: true);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = await session.RulesAsync(cancellationToken);
        var words = new Wording(session.Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        var count = 0;
        await foreach (var stuck in session.Desk.StuckAsync(cancellationToken))
        {
            count++;
            if (session.AsJson)
            {
                Output.WriteLine(new
                {
                    of = stuck.Of.Noun, id = stuck.Of.Value, stuck.Number, stuck.Cause, why = words.Say(StuckCause.Why(stuck.Cause)),
                    remedy = words.Say(StuckCause.Remedy(stuck.Cause)), stuck.Work.Work, subject = stuck.Work.Subject?.ToString(),
                    stuck.Work.Person, stuck.Work.Team, stuck.Work.Duty, due = Output.Iso(stuck.Work.Due),
                    since = Output.Iso(stuck.Work.Since),
                });
                continue;
            }
            var subject = stuck.Work.Subject is { } about ? $": {SubjectWords.Of(about, rules, words)}" : "";
            Console.WriteLine($"{stuck.Number ?? "-"}  {words.Say(Vocabulary.Work(stuck.Work.Work).Label)}{subject}");
            Console.WriteLine($"  {words.Say(StuckCause.Why(stuck.Cause))}");
            Console.WriteLine($"  -> {words.Say(StuckCause.Remedy(stuck.Cause))}");
        }
        if (!session.AsJson)
            Console.WriteLine(words.IsChinese ? $"{count} 处卡住。" : $"{count} stuck.");
        return ExitCode.Done;
    }
}
