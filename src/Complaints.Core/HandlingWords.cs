using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core;

/// <summary>Tells in words who has and had a complaint, who was late with it, and how often somebody was urged: for pages, lists and the
/// command line.</summary>
public static class HandlingWords
{
    /// <summary>How often somebody was urged, and when last.</summary>
    public static string Of(Urging urging, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(urging);
        ArgumentNullException.ThrowIfNull(wording);
        return wording.IsChinese ? $"已督促 {urging.Times} 次，最近一次 {wording.Say(urging.LastAt)}"
            : $"urged {urging.Times} {(urging.Times == 1 ? "time" : "times")}, last at {wording.Say(urging.LastAt)}";
    }

    /// <summary>With whom a case lay until an instant and how long: teams, departments, the customer, and what was waited for. One line
    /// each; they add up to its age.</summary>
    public static ImmutableArray<string> Held(Complaint complaint, Instant until, Rulebook rules, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(wording);
        return
        [
            .. HolderTime.Of(complaint, until).GroupBy(time => wording.Say(time.Holder.Label(rules)), StringComparer.Ordinal)
                .Select(same => $"{same.Key} {Long(same.Sum(time => time.Seconds), wording)}"),
        ];
    }

    /// <summary>Who was late with what, one line for each clock that somebody was late with; where nobody has confirmed it, who had it
    /// longest.</summary>
    public static ImmutableArray<string> Late(Complaint complaint, Instant now, Rulebook rules, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(wording);
        return
        [
            .. Lateness.LateClocks(complaint).Select(clock =>
            {
                var confirmed = complaint.Clocks.Lateness.FirstOrDefault(known => known.Clock == clock);
                var who = confirmed ?? Lateness.Computed(complaint, clock, now);
                var named = who is null ? wording.Say(Unknown) : wording.Say(who.Who(rules).Label);
                var standing = wording.Say(confirmed is null ? Unconfirmed : Confirmed);
                return $"{SubjectWords.OfClock(clock, rules, wording)} · {named} · {standing}";
            }),
        ];
    }

    private static readonly Label Unknown = new("nobody had it", "无人持有");

    private static readonly Label Confirmed = new("confirmed", "已确认");

    private static readonly Label Unconfirmed = new("by the days held, not confirmed", "按持有时间推算，待确认");

    /// <summary>Days and hours as people say them, to one decimal.</summary>
    private static string Long(decimal seconds, Wording wording)
    {
        var (unit, value) = seconds >= 86_400 ? (Days, seconds / 86_400)
            : seconds >= 3_600 ? (Hours, seconds / 3_600) : (Minutes, seconds / 60);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {wording.Say(unit)}");
    }

    private static readonly Label Days = new("days", "天");

    private static readonly Label Hours = new("hours", "小时");

    private static readonly Label Minutes = new("minutes", "分钟");
}
