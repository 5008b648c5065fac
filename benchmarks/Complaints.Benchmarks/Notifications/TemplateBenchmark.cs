using System.Collections.Immutable;
using System.Text.Encodings.Web;
using BenchmarkDotNet.Attributes;
using Complaints.Notifications.Templates;
using Fluid;
using Fluid.Values;

namespace Complaints.Benchmarks.Notifications;

/// <summary>A page of 4 KB with a dozen fields, a loop and conditions: the engine alone, and with our bounds and encoders.</summary>
public class TemplateBenchmark
{
    internal const string Goals = "a template of 4 KB is filled in under 50 us; the ratio to the engine alone is printed";

    private static readonly string[] Names = ["number", "title", "received", "resolution_due", "owner", "team", "outcome", "phone"];

    private static readonly string Page = string.Concat(Enumerable.Repeat(
        "<p>Dear {{ customer_name }}, your case {{ number }} about {{ title }} of {{ received }} is with {{ owner }} ({{ team }}).</p>"
        + "{% if resolution_due %}<p>Expected by {{ resolution_due }}.</p>{% endif %}<ul>{% for remedy in remedies %}<li>{{ remedy }}</li>"
        + "{% endfor %}</ul>{% unless outcome %}<p>There is no result yet; call {{ phone }}.</p>{% endunless %}"
        + new string('x', 230) + "\n", 7));

    private static readonly IFluidTemplate Bare = new FluidParser().Parse(Page);

    private static readonly TemplateOptions BareOptions = new();

    private static readonly ParsedText Ours = Parse();

    private static readonly ImmutableArray<string> Remedies = ["Refund", "Apology & a coupon"];

    [Benchmark(Baseline = true, Description = "Fluid alone")]
    public async Task<int> FluidAlone()
    {
        var context = new TemplateContext(BareOptions);
        foreach (var name in Names)
            context.SetValue(name, StringValue.Create("Parcel <a week> late"));
        context.SetValue("customer_name", StringValue.Create("Ann Smith"));
        context.SetValue("remedies", new ArrayValue([.. Remedies.Select(StringValue.Create)]));
        return (await Bare.RenderAsync(context, HtmlEncoder.Default)).Length;
    }

    [Benchmark(Description = "ours")]
    public async Task<int> Template() => (await Ours.RenderAsync(TextTarget.Html, 200_000, static name =>
        name == "remedies" ? Remedies : name == "customer_name" ? "Ann Smith" : "Parcel <a week> late")).Length;

    private static ParsedText Parse()
    {
        if (Page.Length is < 4_000 or > 4_300 || !LiquidGrammar.TryParse(Page, out var parsed, out _))
            throw new InvalidOperationException($"The page has {Page.Length} characters.");
        return new ParsedText(parsed!, NamesIn.Of(parsed!).Fields);
    }
}
