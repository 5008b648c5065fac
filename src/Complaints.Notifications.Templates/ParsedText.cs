using System.Collections.Immutable;
using Fluid;
using Fluid.Values;

namespace Complaints.Notifications.Templates;

/// <summary>One parsed part of a template. Immutable and thread-safe.</summary>
internal sealed class ParsedText
{
    private readonly IFluidTemplate _template;

    public ParsedText(IFluidTemplate template, IEnumerable<string> fields) => (_template, Fields) = (template, [.. fields]);

    /// <summary>What it names.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <summary>Fills it in.</summary>
    /// <param name="target">For what.</param>
    /// <param name="most">Its bound in characters.</param>
    /// <param name="valueOf">The value of a field: a text, true or false, a list of texts, or <c>null</c>.</param>
    /// <exception cref="TemplateOverrunException">It became too long.</exception>
    /// <exception cref="InvalidOperationException">It took too many steps.</exception>
    public async ValueTask<string> RenderAsync(TextTarget target, int most, Func<string, object?> valueOf)
    {
        var context = new TemplateContext(LiquidGrammar.Options, StringComparer.Ordinal);
        foreach (var field in Fields)
            context.SetValue(field, Value(valueOf(field)));
        using var writer = new BoundedWriter(most);
        await _template.RenderAsync(writer, target.Encoder(), context).ConfigureAwait(false);
        return writer.ToString();
    }

    private static FluidValue Value(object? value) => value switch
    {
        // An empty text is true in Liquid; nobody who writes {% if phone %} means that.
        null or "" => NilValue.Instance,
        string text => StringValue.Create(text),
        bool yes => BooleanValue.Create(yes),
        ImmutableArray<string> { IsDefaultOrEmpty: false } list => new ArrayValue([.. list.Select(StringValue.Create)]),
        _ => NilValue.Instance,
    };
}
