using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Calendars;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Cli.Time;

/// <summary>Answers questions about time. Every wrong text is a refusal with a code.</summary>
internal sealed class TimeOffice(TimeSources sources)
{
    private static readonly LocalDateTimePattern[] LocalTimes =
        [.. new[] { "uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd HH:mm", "uuuu-MM-dd HH:mm:ss", "uuuu-MM-dd'T'HH:mm:ss.FFFFFFF", "uuuu-MM-dd" }.Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    private static readonly OffsetDateTimePattern[] ExactTimes = [OffsetDateTimePattern.ExtendedIso, OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>")];

    public (TimeAnswer? Answer, ComplaintError? Refusal) Answer(TimeQuestion question)
    {
        try
        {
            return question.Ask switch
            {
                "due" or "explain" => Due(question),
                "between" => Between(question),
                _ => (null, new ComplaintError("question.ask", ("value", question.Ask), ("known", "due, between, explain"))),
            };
        }
        catch (ArgumentOutOfRangeException e) when (e.Message.StartsWith("calendar.out_of_range", StringComparison.Ordinal))
        {
            return (null, new ComplaintError("calendar.out_of_range", ("value", e.ActualValue)));
        }
    }

    private (TimeAnswer? Answer, ComplaintError? Refusal) Due(TimeQuestion question)
    {
        var (limit, calendarOfPolicy, noLimit) = LimitOf(question);
        if (noLimit is not null)
            return (null, noLimit);
        var (calendar, noCalendar) = sources.Calendar(question.Calendar ?? calendarOfPolicy);
        if (noCalendar is not null)
            return (null, noCalendar);
        var wrong = InstantOf("start", question.Start, calendar!, end: false, out var start);
        var pauses = ImmutableArray.CreateBuilder<Pause>(question.Pauses.Length);
        foreach (var (from, to, reason) in question.Pauses)
        {
            var (begin, ended) = (default(Instant), default(Instant));
            wrong ??= InstantOf("pauses", from, calendar!, end: false, out begin);
            wrong ??= to is null ? null : InstantOf("pauses", to, calendar!, end: true, out ended);
            pauses.Add(new Pause(begin, to is null ? null : ended, reason));
        }
        if (wrong is not null)
            return (null, wrong);
        var waits = pauses.ToImmutable();
        var due = limit.DueFrom(start, calendar!, waits);
        var segments = question.Ask == "explain" && start < due ? Segment.Between(start, due, limit.MeasuresWorkingTime ? calendar : null, [.. waits.Where(pause => pause.To is not null)]) : [];
        return (new TimeAnswer(calendar!, start, due, limit, Duration.Zero, segments), null);
    }

    private (TimeAnswer? Answer, ComplaintError? Refusal) Between(TimeQuestion question)
    {
        var (calendar, noCalendar) = sources.Calendar(question.Calendar);
        if (noCalendar is not null)
            return (null, noCalendar);
        var wrong = InstantOf("start", question.Start, calendar!, end: false, out var start);
        var until = default(Instant);
        wrong ??= InstantOf("end", question.End, calendar!, end: true, out until);
        return wrong is null ? (new TimeAnswer(calendar!, start, null, null, calendar!.Between(start, until), []), null) : (null, wrong);
    }

    private (TimeLimit Limit, string? Calendar, ComplaintError? Refusal) LimitOf(TimeQuestion question)
    {
        if (question.Policy is null)
        {
            if (question.Limit is null)
                return (default, null, new ComplaintError("text.required", ("field", "limit")));
            return TimeLimit.TryParse(question.Limit, "limit", out var limit, out var problem) ? (limit, null, null) : (default, null, problem);
        }
        if (question.Limit is not null)
            return (default, null, new ComplaintError("question.limit_twice"));
        var (policy, refusal) = sources.Policy(question.Policy);
        if (refusal is not null)
            return (default, null, refusal);
        var objective = policy!.Objectives.FirstOrDefault(candidate => candidate.Objective == question.Objective) ?? (question.Objective is null && policy.Objectives.Length == 1 ? policy.Objectives[0] : null);
        return objective is null
            ? (default, null, new ComplaintError("definition.missing", ("path", "objective"), ("value", question.Objective), ("known", string.Join(", ", policy.Objectives.Select(known => known.Objective)))))
            : (objective.TimeLimit, objective.Calendar, null);
    }

    /// <summary>An instant with its offset, or a local time of the calendar's zone: the earlier of two for a start, the later for an end, the gap's end in a gap.</summary>
    private static ComplaintError? InstantOf(string field, string? text, BusinessCalendar calendar, bool end, out Instant instant)
    {
        instant = default;
        if (string.IsNullOrWhiteSpace(text))
            return new ComplaintError("text.required", ("field", field));
        foreach (var pattern in ExactTimes)
        {
            if (pattern.Parse(text) is { Success: true } exact)
            {
                instant = exact.Value.ToInstant();
                return null;
            }
        }
        foreach (var pattern in LocalTimes)
        {
            if (pattern.Parse(text) is { Success: true } local)
            {
                instant = end ? calendar.EndAt(local.Value) : calendar.StartAt(local.Value);
                return null;
            }
        }
        return new ComplaintError("question.instant", ("field", field), ("value", text));
    }
}
