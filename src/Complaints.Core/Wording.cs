using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core;

/// <summary>How values are told to people: labels instead of codes, local time instead of UTC, one language throughout.</summary>
/// <param name="Culture">Chinese for <c>zh</c>, else English.</param>
/// <param name="Zone">The zone in which instants are told; <c>null</c> for UTC, which is then named.</param>
/// <param name="NameOf">What a member of the staff is called, by the host's id; <c>null</c> tells the id.</param>
public sealed record Wording(CultureInfo Culture, DateTimeZone? Zone = null, Func<string, string>? NameOf = null)
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    /// <summary>True for Chinese.</summary>
    public bool IsChinese => Culture.TwoLetterISOLanguageName == "zh";

    /// <summary>What stands between two things in a list.</summary>
    internal string Comma => IsChinese ? "、" : ", ";

    /// <summary>The label in the language.</summary>
    public string Say(Label label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.In(Culture);
    }

    /// <summary>An instant in the zone, to the minute.</summary>
    public string Say(Instant instant) =>
        Zone is null ? $"{Minute.Format(instant.InUtc().LocalDateTime)} UTC" : Minute.Format(instant.InZone(Zone).LocalDateTime);

    /// <summary>A refusal in words, with its details.</summary>
    public string Say(ComplaintError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var own = error.Text(IsChinese, Say);
        return error.Details.IsEmpty ? own : $"{own} {string.Join(' ', error.Details.Select(Say))}";
    }

    /// <summary>Any value in words.</summary>
    internal string Say(object? value) => value switch
    {
        null => "",
        string text => text,
        Label label => Say(label),
        ICodeItem item => Say(item.Label),
        Field field => Say(field.Label),
        StaffMember member => NameOf?.Invoke(member.Id) ?? member.Id,
        Instant instant => Say(instant),
        CommandName name => Named(name),
        Subject subject => $"{Say(Vocabulary.SubjectKind(subject.Kind))} {subject.Key}",
        Enum code => Say(Vocabulary.Of(code)),
        bool yes => Say(yes ? Labels.Yes : Labels.No),
        // The longest list of a page, told with every command that its state refuses.
        ImmutableArray<CommandName> names => string.Join(Comma, names.Select(Named)),
        IEnumerable many => string.Join(Comma, many.Cast<object?>().Select(Say)),
        _ => ComplaintError.Plain(value),
    };

    private string Named(CommandName name) => Vocabulary.Of(name) is { } label ? Say(label) : name.Value;
}

/// <summary>Refusals in words.</summary>
public static class WordingExtensions
{
    /// <summary>The message for people, in words: in Chinese for a <c>zh</c> culture, else in English.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="culture">The language.</param>
    /// <param name="zone">In which zone instants are told; <c>null</c> for UTC.</param>
    public static string In(this ComplaintError error, CultureInfo culture, DateTimeZone? zone = null) =>
        new Wording(culture, zone).Say(error);
}
