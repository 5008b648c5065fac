using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Definitions;

namespace Complaints.Notifications.Templates;

/// <summary>Shows templates with example data, without any case.</summary>
public static class TemplatePreview
{
    private const int Most = 20;

    /// <summary>A template that is not published yet, filled in with the examples of the fields.</summary>
    /// <param name="template">The template.</param>
    /// <param name="language">A language tag; Chinese for those that begin with <c>zh</c>, else English.</param>
    /// <param name="letterhead">Who writes; <c>null</c> for the built-in one.</param>
    /// <param name="cancellationToken">Ends it before it begins: it takes microseconds.</param>
    /// <exception cref="FormatException">It does not parse, or became too long: check it first
    /// (<see cref="Core.DefinitionKinds.Check"/> or the kind's own check say what is wrong).</exception>
    public static ValueTask<ComposedNotice> ComposeAsync(
        MessageTemplate template, string language, Letterhead? letterhead = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(language);
        var isChinese = IsChinese(language);
        return ComposeAsync(new CompiledTemplate(template.In(isChinese), isChinese), isChinese,
            letterhead ?? Rulebook.BuiltIn.Get(TemplateDefinitions.Letterhead));
    }

    /// <summary>The template of a code as it is in force: published, or built in.</summary>
    /// <returns>The notice; <c>null</c> when there is no such template.</returns>
    /// <exception cref="FormatException">What is published does not parse.</exception>
    public static async ValueTask<ComposedNotice?> InForceAsync(
        Rulebook rules, string code, string language, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(language);
        var isChinese = IsChinese(language);
        var book = TemplateBook.Of(rules);
        return book.Compiled(code, isChinese) is { } compiled
            ? await ComposeAsync(compiled, isChinese, book.Letterhead).ConfigureAwait(false) : null;
    }

    /// <summary>The codes of all templates in force, built in or published, in order.</summary>
    public static IEnumerable<string> Codes(Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return TemplateBook.Of(rules).Codes;
    }

    internal static bool IsChinese(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text can be filled in. Nothing in it waits for anything, so that it is done at once.</summary>
    internal static bool Succeeds(TemplateText text, bool isChinese)
    {
        try
        {
            var composing = ComposeAsync(
                new CompiledTemplate(text, isChinese), isChinese, Rulebook.BuiltIn.Get(TemplateDefinitions.Letterhead));
            return composing.IsCompletedSuccessfully;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static async ValueTask<ComposedNotice> ComposeAsync(CompiledTemplate compiled, bool isChinese, Letterhead letterhead)
    {
        try
        {
            return await compiled.ComposeAsync(name => Example(name, isChinese, letterhead), letterhead).ConfigureAwait(false);
        }
        catch (Exception e) when (TemplateFault.Is(e))
        {
            throw new FormatException("It became too long, or took too many steps.", e);
        }
    }

    private static object? Example(string name, bool isChinese, Letterhead letterhead)
    {
        var culture = CultureInfo.GetCultureInfo(isChinese ? "zh-CN" : "en");
        switch (name)
        {
            case "sender":
                return letterhead.Name.In(culture);
            case "phone":
                return letterhead.Phone;
            case "email":
                return letterhead.Email;
            case "hours":
                return letterhead.Hours?.In(culture);
        }
        var field = TemplateFields.Find(name)!;
        var example = field.Example.In(culture);
        return field.IsList ? example.Split('\n').Take(Most).ToImmutableArray() : name == "event_granted" ? true : example;
    }
}

/// <summary>What a template can do wrong while it is filled in.</summary>
internal static class TemplateFault
{
    /// <summary>True for what the engine says of too many steps or loops, what our bound on the length says, and what a filter says of
    /// arguments that make no sense.</summary>
    public static bool Is(Exception e) => e is TemplateOverrunException or InvalidOperationException or FormatException or ArgumentException
        or InvalidCastException or OverflowException or NotSupportedException or NullReferenceException or IndexOutOfRangeException
        or Fluid.FluidException;
}
