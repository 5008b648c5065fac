using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Lifecycle;

namespace Complaints.Core;

/// <summary>
/// A refusal: a value, never an exception. The code is stable and meant for programs; the message names what was wrong and what to do,
/// in English or Chinese.
/// </summary>
/// <param name="Code">One of <see cref="ErrorTexts.All"/>, such as <c>lifecycle.not_permitted</c>.</param>
/// <param name="Data">The values that the message mentions.</param>
public sealed record ComplaintError(string Code, ImmutableDictionary<string, string> Data)
{
    /// <summary>A refusal with the values that its message mentions.</summary>
    public ComplaintError(string code, params ReadOnlySpan<(string Name, object? Value)> data) : this(code, ToData(data)) { }

    /// <summary>The message in English.</summary>
    public string Message => In(CultureInfo.InvariantCulture);

    /// <summary>What may be done instead, where the state refused the command.</summary>
    public ImmutableArray<ComplaintTrigger> Permitted { get; init; } = [];

    /// <summary>The single findings, where several fields were wrong.</summary>
    public ImmutableArray<ComplaintError> Details { get; init; } = [];

    /// <summary>The message in Chinese for a <c>zh</c> culture, else in English.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var own = ErrorTexts.For(Code, culture, Data);
        return Details.IsEmpty ? own : $"{own} {string.Join(' ', Details.Select(detail => detail.In(culture)))}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";

    private static ImmutableDictionary<string, string> ToData(ReadOnlySpan<(string Name, object? Value)> data)
    {
        if (data.IsEmpty)
            return ImmutableDictionary<string, string>.Empty;
        var builder = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in data)
            builder[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return builder.ToImmutable();
    }
}
