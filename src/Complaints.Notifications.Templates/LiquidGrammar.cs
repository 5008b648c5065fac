using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;

namespace Complaints.Notifications.Templates;

/// <summary>The part of Liquid that templates may use. There is nothing that makes a text grow by itself (no <c>assign</c>, no ranges, no
/// <c>append</c>), nothing that takes an encoding off (<c>raw</c>, <c>escape</c>, <c>capture</c>), and no other files.</summary>
internal static partial class LiquidGrammar
{
    /// <summary>More than any text of ours needs, and fewer than anybody would notice.</summary>
    private const int MostSteps = 10_000;

    public static readonly FrozenSet<string> Tags = new[]
    {
        "if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "endfor", "break", "continue", "comment",
        "endcomment",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The tags as people are told them.</summary>
    public static readonly string[] OpeningTags = ["if", "unless", "case", "for", "comment"];

    // Before what is made of it: static fields are made in their order.
    private static readonly FrozenSet<string> Kept = new[]
    {
        "default", "upcase", "downcase", "capitalize", "truncate", "strip", "join", "size", "first", "last",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static readonly TemplateOptions Options = MakeOptions();

    private static readonly FluidParser Parser = MakeParser();

    /// <summary>The filters by name.</summary>
    public static readonly string[] Filters =
        [.. Options.Filters.Select(filter => filter.Key).Order(StringComparer.Ordinal)];

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The template; <c>null</c> when it cannot be read.</param>
    /// <param name="at">Where it cannot be read, from 1; (1, 1) where the parser does not say.</param>
    public static bool TryParse(string text, out IFluidTemplate? template, out (int Line, int Column) at)
    {
        at = (1, 1);
        try
        {
            if (Parser.TryParse(text, out template, out var error))
                return true;
            if (Place().Match(error ?? "") is { Success: true } place)
                at = (Number(place.Groups["line"].Value), Number(place.Groups["column"].Value));
        }
        catch (Exception e) when (e is ParseException or ArgumentException or InvalidOperationException or FormatException)
        {
            template = null;
        }
        return false;
    }

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private static FluidParser MakeParser()
    {
        var parser = new FluidParser();
        foreach (var tag in parser.RegisteredTags.Keys.Where(tag => !Tags.Contains(tag)).ToArray())
            parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions
        {
            MaxSteps = MostSteps, MaxRecursion = 20, CultureInfo = CultureInfo.InvariantCulture,
            Now = static () => DateTimeOffset.UnixEpoch,
        };
        var filters = options.Filters;
        var kept = filters.Where(filter => Kept.Contains(filter.Key)).ToArray();
        filters.Clear();
        foreach (var (name, filter) in kept)
            filters.AddFilter(name, filter);
        return options;
    }

    [GeneratedRegex(@"\((?<line>\d{1,6}):(?<column>\d{1,6})\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Place();
}
