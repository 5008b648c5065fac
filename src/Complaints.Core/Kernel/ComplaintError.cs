using System.Collections.Immutable;
using System.Collections;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core;

/// <summary>
/// A refusal: a value, never an exception. The code is stable and meant for programs; the message names what was wrong and what to do, in
/// English or Chinese. It is made when somebody reads it.
/// </summary>
public sealed record ComplaintError
{
    private readonly ImmutableArray<(string Name, object? Value)> _values;
    private ImmutableDictionary<string, string>? _data;

    private readonly Refusal? _own;

    /// <summary>A refusal with the values that its message mentions.</summary>
    /// <param name="code">One of <see cref="CommandCatalogue.RefusalCodes"/>, such as <c>lifecycle.not_permitted</c>.</param>
    /// <param name="data">The values: texts, numbers, instants, codes, entries of lists, or several of them.</param>
    public ComplaintError(string code, params ReadOnlySpan<(string Name, object? Value)> data) => (Code, _values) = (code, [.. data]);

    /// <summary>A refusal of another package, which brings its text along.</summary>
    /// <param name="code">Its stable code, such as <c>template.field_unknown</c>; none of
    /// <see cref="CommandCatalogue.RefusalCodes"/>.</param>
    /// <param name="text">What was wrong and what to do, with the names of the values in braces.</param>
    /// <param name="data">The values: texts, numbers, instants, codes, entries of lists, or several of them.</param>
    public ComplaintError(string code, Label text, params ReadOnlySpan<(string Name, object? Value)> data) : this(code, data)
    {
        ArgumentNullException.ThrowIfNull(text);
        _own = new Refusal(code, text.En, text.Zh);
    }

    /// <summary>A refusal that stands with its text beside the rule.</summary>
    internal ComplaintError(Refusal own, params ReadOnlySpan<(string Name, object? Value)> data) : this(own.Code, data) => _own = own;

    /// <summary>The stable code.</summary>
    public string Code { get; }

    /// <summary>The values that the message mentions, for programs: codes as codes, instants in ISO 8601.</summary>
    public ImmutableDictionary<string, string> Data =>
        _data ??= _values.ToImmutableDictionary(value => value.Name, value => Plain(value.Value), StringComparer.Ordinal);

    /// <summary>The message for programs and logs: in English, with codes and with instants in ISO 8601. <see cref="WordingExtensions.In"/>
    /// is for people.</summary>
    public string Message =>
        Details.IsEmpty
            ? Text(isChinese: false, Plain)
            : $"{Text(isChinese: false, Plain)} {string.Join(' ', Details.Select(detail => detail.Message))}";

    /// <summary>What may be done instead, where the state refused the command.</summary>
    public ImmutableArray<CommandName> Permitted { get; init; } = [];

    /// <summary>The single findings, where several fields were wrong.</summary>
    public ImmutableArray<ComplaintError> Details { get; init; } = [];

    /// <summary>The message for logs in both languages, values as in <see cref="Message"/>.</summary>
    internal Label Both => new(Message, string.Join(' ', Details.Select(detail => detail.Both.Zh).Prepend(Text(isChinese: true, Plain))));

    /// <summary>What it says without its details, each value told as <paramref name="say"/> tells it.</summary>
    internal string Text(bool isChinese, Func<object?, string> say) =>
        (_own ?? ErrorTexts.Find(Code)) is { } text
            ? ErrorTexts.Fill(isChinese ? text.Zh : text.En, _values, value => Said(value, isChinese, say))
            : Code;

    /// <summary>A list that has nothing says so.</summary>
    private static string Said(object? value, bool isChinese, Func<object?, string> say) =>
        say(value) is var said && said.Length == 0 && value is IEnumerable and not string ? isChinese ? "无" : "none" : said;

    /// <inheritdoc/>
    public bool Equals(ComplaintError? other) =>
        ReferenceEquals(this, other) || other is not null && Code == other.Code && Details.AsSpan().SequenceEqual(other.Details.AsSpan())
        && Data.Count == other.Data.Count && Data.All(entry => other.Data.TryGetValue(entry.Key, out var theirs) && theirs == entry.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Code);

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";

    /// <summary>Any value for programs: dates and times as ISO 8601 has them, whatever the reader's culture.</summary>
    internal static string Plain(object? value) => value switch
    {
        null => "",
        string text => text,
        StaffMember member => member.Id,
        ICodeItem item => item.Code,
        Label label => label.En,
        LocalDate date => LocalDatePattern.Iso.Format(date),
        LocalDateTime time => LocalDateTimePattern.ExtendedIso.Format(time),
        LocalTime time => LocalTimePattern.ExtendedIso.Format(time),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Plain)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
