using System.Collections.Immutable;
using System.Globalization;

namespace Complaints.Reporting;

/// <summary>What a figure means, in both languages. Ids are stable.</summary>
/// <param name="Id">Its id, such as <c>closed_after_due</c>.</param>
/// <param name="TitleEn">Its title in English.</param>
/// <param name="TitleZh">Its title in Chinese.</param>
/// <param name="TextEn">How it is computed, in English.</param>
/// <param name="TextZh">How it is computed, in Chinese.</param>
/// <param name="Unit">What it counts: <c>complaints</c>, <c>s</c> (seconds), <c>instant</c>.</param>
public sealed record FigureDefinition(string Id, string TitleEn, string TitleZh, string TextEn, string TextZh, string Unit)
{
    /// <summary>By what its value is broken down, level by level.</summary>
    internal ImmutableArray<Dimension> By { get; init; } = [];

    /// <summary>The title in Chinese for a <c>zh</c> culture, else in English.</summary>
    public string Title(CultureInfo culture) => IsChinese(culture) ? TitleZh : TitleEn;

    /// <summary>The text in Chinese for a <c>zh</c> culture, else in English.</summary>
    public string Text(CultureInfo culture) => IsChinese(culture) ? TextZh : TextEn;

    private static bool IsChinese(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh";
    }
}
