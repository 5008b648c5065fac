using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Capabilities;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// A refusal: a value, never an exception. The code is stable and meant for programs; the message names what was wrong and what to do, in
/// English or Chinese. It is made when somebody reads it.
/// </summary>
public sealed record ComplaintError
{
    private readonly ImmutableArray<(string Name, object? Value)> _values;
    private ImmutableDictionary<string, string>? _data;

    /// <summary>A refusal with the values that its message mentions.</summary>
    /// <param name="code">One of <see cref="ErrorTexts.All"/>, such as <c>lifecycle.not_permitted</c>.</param>
    /// <param name="data">The values: texts, numbers, instants, codes, entries of lists, or several of them.</param>
    public ComplaintError(string code, params ReadOnlySpan<(string Name, object? Value)> data) => (Code, _values) = (code, [.. data]);

    /// <summary>The stable code.</summary>
    public string Code { get; }

    /// <summary>The values that the message mentions, for programs: codes as codes, instants in ISO 8601.</summary>
    public ImmutableDictionary<string, string> Data =>
        _data ??= _values.ToImmutableDictionary(value => value.Name, value => Wording.Plain(value.Value), StringComparer.Ordinal);

    /// <summary>The message for programs and logs: in English, with codes and with instants in ISO 8601. <see cref="In"/> is for
    /// people.</summary>
    public string Message => Wording.ForPrograms.Say(this);

    /// <summary>What may be done instead, where the state refused the command.</summary>
    public ImmutableArray<CommandName> Permitted { get; init; } = [];

    /// <summary>The single findings, where several fields were wrong.</summary>
    public ImmutableArray<ComplaintError> Details { get; init; } = [];

    /// <summary>The message for people, in words: in Chinese for a <c>zh</c> culture, else in English.</summary>
    /// <param name="culture">The language.</param>
    /// <param name="zone">In which zone instants are told; <c>null</c> for UTC.</param>
    public string In(CultureInfo culture, DateTimeZone? zone = null) => new Wording(culture, zone).Say(this);

    /// <summary>The values as they were given, for a message in words.</summary>
    internal ImmutableArray<(string Name, object? Value)> Values => _values;

    /// <inheritdoc/>
    public bool Equals(ComplaintError? other) =>
        ReferenceEquals(this, other) || other is not null && Code == other.Code && Details.AsSpan().SequenceEqual(other.Details.AsSpan())
        && Data.Count == other.Data.Count && Data.All(entry => other.Data.TryGetValue(entry.Key, out var theirs) && theirs == entry.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Code);

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
