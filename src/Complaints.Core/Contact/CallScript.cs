using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Contact;

/// <summary>How a talk is led (话术): greeting, form of address, steps in order with what to say, and words to use and to avoid. A step may
/// be
/// meant for some emotions only: that is how it branches, and why it can never run in a circle.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Greeting">The greeting; it may name <c>{agent}</c>, <c>{department}</c> and <c>{address}</c>.</param>
/// <param name="Address">The form of address; it may name the customer as <c>{name}</c>.</param>
/// <param name="Stranger">The form of address of whoever has told no name.</param>
/// <param name="Steps">The steps in order, 1 to 30; the phrases may name what the greeting may.</param>
/// <param name="Wording">Words to avoid with what to say in their place, at most 200.</param>
public sealed record CallScript(
    Label Label, Label Greeting, Label Address, Label Stranger, ImmutableArray<ScriptStep> Steps,
        ImmutableArray<WordChoice> Wording = default)
{
    private const int MostSteps = 30;
    private const int MostPhrases = 10;
    private const int MostWords = 200;

    /// <summary>The steps in order; never <c>default</c>.</summary>
    public ImmutableArray<ScriptStep> Steps { get; init; } = Steps.IsDefault ? [] : Steps;

    /// <summary>Words to avoid; never <c>default</c>.</summary>
    public ImmutableArray<WordChoice> Wording { get; init; } = Wording.IsDefault ? [] : Wording;

    /// <summary>The steps for a customer who feels so, in order; <c>null</c> where nobody has noted it: then those for whoever is
    /// calm.</summary>
    /// <param name="emotion">A code of <see cref="Emotion"/>.</param>
    public IEnumerable<ScriptStep> StepsFor(string? emotion) => Steps.Where(step => step.For.IsEmpty || step.For.Contains(emotion
        ?? Emotion.Calm));

    /// <summary>A phrase of the script as it is said.</summary>
    /// <param name="phrase">The greeting, or a phrase of a step.</param>
    /// <param name="culture">In which language.</param>
    /// <param name="agent">Who speaks; <c>null</c> to leave the name out.</param>
    /// <param name="department">For which department or team.</param>
    /// <param name="customer">The customer's name; <c>null</c> where it is not known.</param>
    public string Say(Label phrase, CultureInfo culture, string? agent, string? department, string? customer)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        ArgumentNullException.ThrowIfNull(culture);
        return PhraseRules.Fill(phrase, culture, variable => variable switch
        {
            "agent" => agent,
            "department" => department,
            "address" => string.IsNullOrWhiteSpace(customer)
                ? Stranger.In(culture)
                : PhraseRules.Fill(Address, culture, name => name == "name" ? customer : null),
            _ => null,
        });
    }

    internal IEnumerable<ComplaintError> Problems(Rulebook rules)
    {
        string[] variables = ["agent", "department", "address"];
        foreach (var wrong in new[]
            {
                PhraseRules.Label(Label, "label"), PhraseRules.Phrase(Greeting, "greeting", variables),
                PhraseRules.Phrase(Address, "address", "name"), PhraseRules.Phrase(Stranger, "stranger"),
            }.OfType<ComplaintError>().Concat(CodeListRules.Problems(Steps, "steps", mustHaveOne: true))
            .Concat(PhraseRules.AtMost(Steps.Length, MostSteps, "steps")).Concat(PhraseRules.AtMost(Wording.Length, MostWords, "wording")))
            yield return wrong;
        for (var i = 0; i < Steps.Length; i++)
        {
            foreach (var wrong in Steps[i].Problems($"steps[{i}]", MostPhrases, variables, rules))
                yield return wrong;
        }
        for (var i = 0; i < Wording.Length; i++)
        {
            if ((PhraseRules.Phrase(Wording[i].Avoid, $"wording[{i}].avoid") ?? PhraseRules.Phrase(Wording[i].Prefer,
                $"wording[{i}].prefer"))
                is { } wrong)
                yield return wrong;
        }
        foreach (var emotion in Emotion.All.Items)
        {
            if (!StepsFor(emotion.Code).Any())
                yield return new("definition.empty", ("path", $"steps[{emotion.Code}]"));
        }
    }
}

/// <summary>One step of a script.</summary>
/// <param name="Code">The code: <c>listen</c>.</param>
/// <param name="Label">What is to be done.</param>
/// <param name="Phrases">What to say, at most 10; each at most 500 characters in each language.</param>
/// <param name="For">The emotions for which the step is meant, codes of <see cref="Emotion"/>; none for all.</param>
/// <param name="Checklist">The id of the checklist that is gone through in the step.</param>
public sealed record ScriptStep(
    string Code, Label Label, ImmutableArray<Label> Phrases = default, ImmutableArray<string> For = default, string? Checklist = null)
    : ICodeItem
{
    /// <summary>What to say; never <c>default</c>.</summary>
    public ImmutableArray<Label> Phrases { get; init; } = Phrases.IsDefault ? [] : Phrases;

    /// <summary>For which emotions; never <c>default</c>.</summary>
    public ImmutableArray<string> For { get; init; } = For.IsDefault ? [] : For;

    internal IEnumerable<ComplaintError> Problems(string path, int mostPhrases, string[] variables, Rulebook rules)
    {
        foreach (var wrong in PhraseRules.AtMost(Phrases.Length, mostPhrases, $"{path}.phrases"))
            yield return wrong;
        for (var i = 0; i < Phrases.Length; i++)
        {
            if (PhraseRules.Phrase(Phrases[i], $"{path}.phrases[{i}]", variables) is { } wrong)
                yield return wrong;
        }
        foreach (var emotion in For.Where(code => !Emotion.All.Has(code)))
            yield return new("definition.missing", ("path", $"{path}.for"), ("value", emotion), ("known", Emotion.All.Known()));
        if (Checklist is not null && !rules.Checklists.Has(Checklist))
            yield return new("definition.missing", ("path", $"{path}.checklist"), ("value", Checklist),
                ("known", rules.Checklists.Known()));
    }
}

/// <summary>Words to avoid, and what to say in their place.</summary>
/// <param name="Avoid">The words.</param>
/// <param name="Prefer">What to say in their place.</param>
public sealed record WordChoice(Label Avoid, Label Prefer);
