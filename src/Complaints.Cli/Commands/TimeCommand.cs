using System.CommandLine;
using Complaints.Cli.Time;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints time</c>: when something is due, how much working time lies between, and why. Needs no database.</summary>
internal static class TimeCommand
{
    private static readonly Option<string?> Start = new("--start") { Description = "From when: 2026-09-05T10:00:00Z, with an offset, or a local time of the calendar's zone." };
    private static readonly Option<string?> End = new("--end") { Description = "Until when." };
    private static readonly Option<string?> Limit = new("--limit") { Description = "How long: '3 working days', '8 working hours', '8 weeks'." };
    private static readonly Option<string?> Policy = new("--policy") { Description = "Take the limit from a policy: its id, or a JSON file." };
    private static readonly Option<string?> Objective = new("--objective") { Description = "Which objective of the policy." };
    private static readonly Option<string?> Calendar = new("--calendar") { Description = "A calendar's id (published, built-in or preset), or a JSON file." };
    private static readonly Option<string[]> Pause = new("--pause") { Description = "A time that does not count: FROM/TO, or FROM/TO/REASON. May be repeated." };
    private static readonly Option<string?> From = new("--from") { Description = "Many questions: a file of NDJSON, or - for standard input. Answered in order, a line each." };
    private static readonly Option<bool> Accept = new("--accept-unverified") { Description = "Use preset policies whose numbers were not all read in the primary text." };
    private static readonly Option<string?> Complaint = new("--complaint") { Description = "Explain a complaint's clock: its number, its id, or SOURCE:ID." };
    private static readonly Option<string?> Clock = new("--clock") { Description = "Which clock: resolution/1." };

    public static Command Create()
    {
        var due = Asking("due", "When a limit is reached.", Start, Limit, Policy, Objective, Calendar, Pause, From, Accept);
        var between = Asking("between", "How much working time lies between two instants.", Start, End, Calendar, From);
        var explain = Asking("explain", "When a limit is reached, and every stretch of time until then; or a complaint's clock.", Start, Limit, Policy, Objective, Calendar, Pause, From, Accept, Complaint, Clock);
        return new Command("time", "Questions about time: due, between, explain, preview, recalculate. Without a database the first three are answered from built-ins, presets and files.") { due, between, explain, PreviewCommand.Create(), RecalculateCommand.Create() };
    }

    private static Command Asking(string ask, string description, params Option[] options)
    {
        var command = Session.CommandOnAnything(ask, description, (session, parsed, cancellationToken) => RunAsync(ask, session, parsed, cancellationToken));
        foreach (var option in options)
            command.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(string ask, Session? session, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (ask == "explain" && parsed.GetValue(Complaint) is { } name)
        {
            return await ExplainAsync(
                session ?? throw new UsageException("A complaint's clock needs a database: add --db FILE.", "投诉的时限需要数据库：请加 --db FILE。"),
                name, parsed.GetValue(Clock), cancellationToken);
        }
        var published = session is null ? [] : await session.PublishedAsync(cancellationToken);
        var accept = ask != "between" && parsed.GetValue(Accept);
        var office = new TimeOffice(new TimeSources(published, session?.Get<IClock>().GetCurrentInstant() ?? Instant.MaxValue, accept));
        if (parsed.GetValue(From) is { } from)
            return await TimeStream.RunAsync(office, from, ask, Session.CultureOf(parsed), cancellationToken);
        var asksDue = ask != "between";
        var (answer, refusal) = office.Answer(new TimeQuestion
        {
            Ask = ask,
            Start = parsed.GetValue(Start),
            End = asksDue ? null : parsed.GetValue(End),
            Limit = asksDue ? parsed.GetValue(Limit) : null,
            Policy = asksDue ? parsed.GetValue(Policy) : null,
            Objective = asksDue ? parsed.GetValue(Objective) : null,
            Calendar = parsed.GetValue(Calendar),
            Pauses = asksDue ? [.. (parsed.GetValue(Pause) ?? []).Select(PauseOf)] : [],
        });
        var culture = Session.CultureOf(parsed);
        if (refusal is not null)
        {
            await Console.Error.WriteLineAsync($"{refusal.Code}: {refusal.In(culture)}");
            return ExitCode.Refused;
        }
        if (parsed.GetValue(Session.Json))
            TimeStream.Write(Console.Out, null, answer!);
        else
            Console.WriteLine(string.Join(Environment.NewLine, answer!.Lines(culture)));
        return ExitCode.Done;
    }

    private static async Task<int> ExplainAsync(Session session, string name, string? clock, CancellationToken cancellationToken)
    {
        var id = await ShowCommand.FindAsync(session, name, cancellationToken);
        if (await session.Desk.ViewAsync(id, cancellationToken) is not { } view)
            return session.Refuse(new ComplaintError("complaint.not_found", ("value", id)));
        var rules = await session.RulesAsync(cancellationToken);
        var now = session.Get<IClock>().GetCurrentInstant();
        var asked = view.Clocks.Where(candidate => clock is null || candidate.Id == clock).ToList();
        if (asked.Count == 0)
        {
            var (number, known) = (view.Complaint.Number, string.Join(", ", view.Clocks.Select(known => known.Id)));
            throw new UsageException($"{number} has no clock '{clock}'; it has: {known}.", $"{number} 没有时限“{clock}”；现有：{known}。");
        }
        foreach (var one in asked)
            Console.WriteLine(Explanation.Of(view.Complaint, one.Id, rules, now)!.In(session.Culture));
        return ExitCode.Done;
    }

    private static (string From, string? To, string? Reason) PauseOf(string text) => text.Split('/', 3) switch
    {
        [var from, var to] => (from, to, null),
        [var from, var to, var reason] => (from, to, reason),
        _ => throw new UsageException(
            $"--pause has the value '{text}'; write FROM/TO, for example 2026-09-07T09:00/2026-09-07T12:00.",
            $"--pause 的值为“{text}”；请写成 FROM/TO，例如 2026-09-07T09:00/2026-09-07T12:00。"),
    };
}
