using System.Globalization;

namespace Complaints.Core;

/// <summary>A name in both languages.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Chinese.</param>
public sealed record Label(string En, string Zh)
{
    /// <summary>The name for a culture: Chinese for <c>zh</c>, else English.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh" ? Zh : En;
    }
}

/// <summary>An entry of an open list.</summary>
public interface ICodeItem
{
    /// <summary>Its code: stable, stored, sent.</summary>
    string Code { get; }

    /// <summary>Its name in both languages.</summary>
    Label Label { get; }
}

/// <summary>A code and its name.</summary>
/// <param name="Code">The code.</param>
/// <param name="Label">The name.</param>
public sealed record CodeItem(string Code, Label Label) : ICodeItem;
