namespace Complaints.Core;

/// <summary>What any text that comes in must obey, wherever it comes from.</summary>
public static class Text
{
    /// <summary>The longest id of a host's own: 100 characters.</summary>
    public const int Id = 100;

    /// <summary>The longest title: 200 characters.</summary>
    public const int Title = 200;

    /// <summary>The longest reason or remark: 500 characters.</summary>
    public const int Short = 500;

    /// <summary>The longest note: 4,000 characters.</summary>
    public const int Long = 4_000;

    /// <summary>The longest narrative: 20,000 characters.</summary>
    public const int Narrative = 20_000;

    /// <summary>Checks a text. The value itself is never repeated in the error, because it may be personal.</summary>
    /// <param name="field">The field's name, for the message.</param>
    /// <param name="value">The text.</param>
    /// <param name="maxLength">The most UTF-16 code units it may have.</param>
    /// <param name="required">Whether an empty or blank text is refused.</param>
    /// <returns><c>null</c>, or <c>text.required</c>, <c>text.too_long</c>, <c>text.control</c> or <c>text.surrogate</c>.</returns>
    public static ComplaintError? Check(string field, string? value, int maxLength, bool required = true) =>
        Check((object)field, value, maxLength, required);

    /// <summary>The same for a field, whose label the message then names.</summary>
    internal static ComplaintError? Check(object field, string? value, int maxLength, bool required)
    {
        // The length first: whether five million blanks are a text is not worth a walk.
        if (value?.Length > maxLength)
            return new("text.too_long", ("field", field), ("length", value.Length), ("bound", maxLength));
        if (string.IsNullOrWhiteSpace(value))
            return required ? new("text.required", ("field", field)) : null;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c < ' ' && c is not ('\t' or '\r' or '\n') || c == '\u007f')
                return new("text.control", ("field", field), ("position", i + 1), ("value", $"U+{(int)c:X4}"));
            if (!char.IsSurrogate(c))
                continue;
            if (!char.IsHighSurrogate(c) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                return new("text.surrogate", ("field", field), ("position", i + 1), ("value", $"U+{(int)c:X4}"));
            i++;
        }
        return null;
    }

    /// <summary>A text that is no longer than a bound, without half a character at its end.</summary>
    internal static string Cut(string value, int maxLength)
    {
        if (value.Length <= maxLength)
            return value;
        var length = maxLength - 1;
        return string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>Shows that a personal value was there without showing it: the first and last character and the length.</summary>
    internal static string Mask(string value) => value.Length < 4 ? $"({value.Length})" : $"{value[0]}…{value[^1]} ({value.Length})";
}
