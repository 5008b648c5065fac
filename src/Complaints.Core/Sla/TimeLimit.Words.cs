using System.Collections.Frozen;
using System.Globalization;

namespace Complaints.Core.Sla;

/// <content>Limits in words for people.</content>
public readonly partial record struct TimeLimit
{
    private static readonly FrozenDictionary<string, string> Chinese = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["hour"] = "小时", ["minute"] = "分钟", ["working hour"] = "工作小时", ["working minute"] = "工作分钟", ["day"] = "天", ["week"] = "周", ["month"] = "个月", ["working day"] = "个工作日",
        ["same time"] = "至同一时刻", ["close of business"] = "至下班时", ["end of day"] = "至当日结束", ["day of receipt excluded"] = "受理日不计", ["day of receipt counted"] = "受理日计入",
        ["late receipt counts that day"] = "下班后受理计为当日", ["late receipt counts next working day"] = "下班后受理计为下一工作日", ["free last day stays"] = "最后一日为休息日不顺延",
        ["free last day next working day"] = "最后一日为休息日顺延至下一工作日", ["free last day previous working day"] = "最后一日为休息日提前至上一工作日",
        ["pauses skip dates"] = "暂停日不计", ["pauses shift the end"] = "暂停时间顺延",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The limit in words: its text form in English, and the same in Chinese for a <c>zh</c> culture.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        if (culture.TwoLetterISOLanguageName != "zh")
            return ToString();
        var parts = ToString().Split(", ");
        var unit = parts[0][(parts[0].IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var singular = unit.EndsWith('s') ? unit[..^1] : unit;
        return string.Join("，", parts[1..].Select(option => Chinese[option]).Prepend($"{Amount} {Chinese[singular]}"));
    }
}
