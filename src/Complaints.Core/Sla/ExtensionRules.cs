using NodaTime;

namespace Complaints.Core.Sla;

internal static class ExtensionRules
{
    public static readonly Refusal ClockNotFound = new(
        "clock.not_found",
        "There is no open clock '{value}'; open: {known}.",
        "没有未结束的时限“{value}”，现有：{known}。");

    public static readonly Refusal ClockPaused = new(
        "clock.paused",
        "The clock '{value}' waits and has no due instant; release the hold first.",
        "时限“{value}”已暂停，没有到期时间，请先解除暂停。");

    public static readonly Refusal Expired = new(
        "extension.expired",
        "The deadline of '{value}' passed at {bound}; an extension must be asked for and granted before that.",
        "“{value}”已于 {bound} 到期，延期须在到期前申请并批准。");

    public static readonly Refusal NotLater = new(
        "extension.not_later",
        "{value} is not later than the deadline ({bound}); ask for a later instant.",
        "{value} 不晚于现有期限（{bound}），请申请更晚的时间。");

    public static readonly Refusal TooLong = new(
        "extension.too_long",
        "{value} is further than the policy allows ({bound}); ask for an earlier instant.",
        "{value} 超过政策允许的最晚时间（{bound}），请申请更早的时间。");

    /// <summary>Later than the deadline and not further than the policy allows, measured as the objective's own limit is.</summary>
    public static ComplaintError? Check(Clock clock, Instant until, DecisionContext context)
    {
        if (clock.Due is not { } due)
            return ClockPaused.With(("value", Vocabulary.ClockItem(clock.Id)));
        if (until <= due)
            return NotLater.With(("value", until), ("bound", due));
        if (clock.Terms!.Extensions?.Bound is not { } longest)
            return null;
        var bound = longest.DueFrom(due, clock.Pin!.CalendarOf(clock.Terms, context.Rules), []);
        return until > bound ? TooLong.With(("value", until), ("bound", bound)) : null;
    }
}
