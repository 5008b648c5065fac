using System.Text.Encodings.Web;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.History;
using NodaTime;

namespace Complaints.Cli;

/// <summary>Answers as JSON, and instants as people read them.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    /// <summary>One line of NDJSON.</summary>
    public static void WriteLine(object value) => Console.WriteLine(JsonSerializer.Serialize(value, OneLine));

    public static void WriteJson(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>One line of a timeline.</summary>
    public static void WriteEvent(string title, EventMoment moment, IEnumerable<EventText> details, Wording words)
    {
        var said = details.Select(detail => detail.Label is null ? detail.Text : $"{detail.Label}: {detail.Text}");
        Console.WriteLine($"  {words.Say(moment.OccurredAt)}  {title}  [{moment.Actor.Id}]  {string.Join(" · ", said)}".TrimEnd());
    }

    /// <summary>What stands in the place of words that are told to nobody any more.</summary>
    public static string Erased(Wording words) => words.IsChinese ? "（已删除）" : "(erased)";

    /// <summary>What stands in the place of what cannot be read.</summary>
    public static Label Damaged { get; } = new("(damaged)", "（已损坏）");

    /// <summary>Words that were sealed, or what stands in their place.</summary>
    /// <param name="clear">What was revealed.</param>
    /// <param name="said">The words.</param>
    /// <param name="words">In which language.</param>
    /// <param name="isDamaged">True where the column that they stand in cannot be read.</param>
    public static string Clear(ClearWords clear, Personal<string>? said, Wording words, bool isDamaged = false) =>
        clear.Of(said) ?? (isDamaged || clear.IsUnreadable(said) ? words.Say(Damaged) : Erased(words));

    public static string? Iso(Instant? instant) => instant is { } value ? NodaTime.Text.InstantPattern.ExtendedIso.Format(value) : null;

    public static string Local(Instant instant, DateTimeZone zone) =>
        instant.InZone(zone).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
