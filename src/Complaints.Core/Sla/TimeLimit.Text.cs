using System.Globalization;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Sla;

// The text form of limits: an amount, a unit, and options behind commas.
public readonly partial record struct TimeLimit
{
    private static readonly (string Text, LimitUnit Unit)[] Units =
    [
        ("hour", LimitUnit.Hours), ("minute", LimitUnit.Minutes), ("working hour", LimitUnit.WorkingHours), ("working minute", LimitUnit.WorkingMinutes),
        ("day", LimitUnit.Days), ("week", LimitUnit.Weeks), ("month", LimitUnit.Months), ("working day", LimitUnit.WorkingDays),
        ("calendar day", LimitUnit.Days), ("business hour", LimitUnit.WorkingHours), ("business minute", LimitUnit.WorkingMinutes), ("business day", LimitUnit.WorkingDays),
    ];

    /// <summary>By group: of each at most one may be said.</summary>
    private static readonly (string Text, int Group, Func<TimeLimit, TimeLimit> Set, Func<TimeLimit, bool> Has)[] Options =
    [
        ("same time", 0, limit => limit with { End = DayEnd.SameTime }, limit => limit.End == DayEnd.SameTime),
        ("close of business", 0, limit => limit with { End = DayEnd.CloseOfBusiness }, limit => limit.End == DayEnd.CloseOfBusiness),
        ("end of day", 0, limit => limit with { End = DayEnd.EndOfDay }, limit => limit.End == DayEnd.EndOfDay),
        ("day of receipt excluded", 1, limit => limit with { CountsReceiptDay = false }, limit => !limit.CountsReceiptDay),
        ("day of receipt counted", 1, limit => limit with { CountsReceiptDay = true }, limit => limit.CountsReceiptDay),
        ("late receipt counts that day", 2, limit => limit with { LateReceipt = LateReceipt.ThatDay }, limit => limit.LateReceipt == LateReceipt.ThatDay),
        ("late receipt counts next working day", 2, limit => limit with { LateReceipt = LateReceipt.NextWorkingDay }, limit => limit.LateReceipt == LateReceipt.NextWorkingDay),
        ("free last day stays", 3, limit => limit with { FreeLastDay = FreeLastDay.Stays }, limit => limit.FreeLastDay == FreeLastDay.Stays),
        ("free last day next working day", 3, limit => limit with { FreeLastDay = FreeLastDay.NextWorkingDay }, limit => limit.FreeLastDay == FreeLastDay.NextWorkingDay),
        ("free last day previous working day", 3, limit => limit with { FreeLastDay = FreeLastDay.PreviousWorkingDay }, limit => limit.FreeLastDay == FreeLastDay.PreviousWorkingDay),
        ("pauses skip dates", 4, limit => limit with { DayPause = DayPause.SkipsDates }, limit => limit.DayPause == DayPause.SkipsDates),
        ("pauses shift the end", 4, limit => limit with { DayPause = DayPause.ShiftsEnd }, limit => limit.DayPause == DayPause.ShiftsEnd),
    ];

    /// <summary>Reads a limit: see <see cref="TryParse(string?, string, out TimeLimit, out ComplaintError?)"/>.</summary>
    public static bool TryParse(string? text, out TimeLimit limit) => TryParse(text, "limit", out limit, out _);

    /// <summary>
    /// Reads <c>8 working hours</c>, <c>90 working minutes</c>, <c>24 hours</c>, <c>30 days</c>, <c>8 weeks</c>, <c>6 months</c> or <c>3
    /// working days</c>
    /// (<c>business</c> for <c>working</c> too); behind days, weeks and months options may follow, each after a comma: <c>same time</c>,
    /// <c>close of business</c> or
    /// <c>end of day</c>; <c>day of receipt excluded</c> or <c>counted</c>; <c>late receipt counts that day</c> or <c>next working day</c>;
    /// <c>free last day stays</c>,
    /// <c>next working day</c> or <c>previous working day</c>; <c>pauses skip dates</c> or <c>pauses shift the end</c>.
    /// </summary>
    /// <param name="text">The text, in any case.</param>
    /// <param name="path">Where it stands, for the message.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="problem">What is wrong, with the position from 1: <c>limit.syntax</c>, <c>limit.amount</c>, <c>limit.unit</c>,
    /// <c>limit.option</c>,
    /// <c>limit.option_twice</c>, <c>limit.option_useless</c>.</param>
    public static bool TryParse(string? text, string path, out TimeLimit limit, out ComplaintError? problem)
    {
        problem = Read(text ?? "", path, out limit);
        return problem is null;
    }

    private static ComplaintError? Read(string text, string path, out TimeLimit limit)
    {
        limit = default;
        var parts = Parts(text);
        var (head, at) = parts[0];
        var space = head.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            return Error("limit.syntax", head, at);
        if (!int.TryParse(head[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount is < 1 or > 100_000)
            return Error("limit.amount", head[..space], at);
        var name = string.Join(' ', head[space..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var unit = Array.FindIndex(Units, entry => Is(name, entry.Text) || Is(name, entry.Text + "s"));
        if (unit < 0)
            return Error("limit.unit", name, at + space + 1, string.Join(", ", Units.Select(entry => entry.Text + "s")));
        var read = new TimeLimit(amount, Units[unit].Unit);
        var said = 0;
        foreach (var (option, position) in parts[1..])
        {
            var found = Array.FindIndex(Options, entry => Is(option, entry.Text));
            if (found < 0)
                return Error("limit.option", option, position, string.Join(", ", Options.Select(entry => entry.Text)));
            if (!read.CountsDates)
                return Error("limit.option_useless", option, position);
            if ((said & 1 << Options[found].Group) != 0)
                return Error("limit.option_twice", option, position);
            said |= 1 << Options[found].Group;
            read = Options[found].Set(read);
        }
        limit = read;
        return null;

        ComplaintError Error(string code, string value, int position, string known = "") =>
            new(code, ("path", path), ("value", value), ("position", position), ("known", known));
    }

    /// <summary>What is wrong with the limit in a calendar: <c>policy.close_on_closed_day</c>, <c>limit.beyond_calendar</c>; checked when a
    /// policy is published.</summary>
    public IEnumerable<ComplaintError> Problems(string path, BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (CountsDates && Unit != LimitUnit.WorkingDays && End == DayEnd.CloseOfBusiness && FreeLastDay == FreeLastDay.Stays && !calendar.OpensEveryDay)
            yield return new("policy.close_on_closed_day", ("path", path), ("value", this));
        if (!IsReachedIn(calendar))
            yield return new("limit.beyond_calendar", ("path", path), ("value", this));
    }

    /// <summary>The text: the amount, the unit, and the options that are not the usual ones.</summary>
    public override string ToString()
    {
        var self = this;
        var usual = new TimeLimit(Amount, Unit);
        var unit = Units.First(entry => entry.Unit == self.Unit).Text;
        var options = Options.Where(option => option.Has(self) && !option.Has(usual)).Select(option => option.Text);
        return string.Join(", ", options.Prepend($"{Amount} {unit}{(Amount == 1 ? "" : "s")}"));
    }

    /// <summary>From the beginning of 2026: a limit that takes more than the rest of the century there is a slip.</summary>
    private bool IsReachedIn(BusinessCalendar calendar)
    {
        try
        {
            DueFrom(Instant.FromUtc(2026, 1, 1, 0, 0), calendar, []);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static bool Is(string text, string expected) => string.Equals(text, expected, StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands between the commas, each with its position from 1.</summary>
    private static List<(string Text, int Position)> Parts(string text)
    {
        var parts = new List<(string, int)>();
        for (var from = 0; from <= text.Length;)
        {
            var comma = text.IndexOf(',', from);
            var end = comma < 0 ? text.Length : comma;
            var part = text[from..end];
            parts.Add((part.Trim(), from + part.Length - part.TrimStart().Length + 1));
            from = end + 1;
        }
        return parts;
    }
}
