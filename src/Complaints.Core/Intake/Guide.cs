using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>What to say, to ask and to require when a case of a category comes in (受理指引).</summary>
/// <param name="For">For which cases it is: any of these. Where several guides are for one case, the one that says most of it is
/// taken.</param>
/// <param name="Notice">What whoever takes the case in is to know or to say first; <c>null</c> for nothing.</param>
/// <param name="Questions">What is asked, at most 30.</param>
/// <param name="Required">What must be known before the case is handled: codes of <see cref="GuideFields"/>. Nobody is refused for what
/// is missing; it is work that waits.</param>
public sealed record Guide(
    ImmutableArray<GuideTarget> For, Label? Notice = null, ImmutableArray<GuideQuestion> Questions = default,
    ImmutableArray<string> Required = default)
{
    /// <summary>How many questions a guide has at most.</summary>
    internal const int Most = 30;

    /// <summary>For which cases it is; never <c>default</c>.</summary>
    public ImmutableArray<GuideTarget> For { get; init; } = For.IsDefault ? [] : For;

    /// <summary>What is asked; never <c>default</c>.</summary>
    public ImmutableArray<GuideQuestion> Questions { get; init; } = Questions.IsDefault ? [] : Questions;

    /// <summary>What must be known; never <c>default</c>.</summary>
    public ImmutableArray<string> Required { get; init; } = Required.IsDefault ? [] : Required;

    /// <summary>The question of a code; <c>null</c> where there is none.</summary>
    public GuideQuestion? Find(string? code) => Questions.FirstOrDefault(question => question.Code == code);

    /// <summary>Whether a question is asked, by the answers so far: one without a condition always is.</summary>
    public bool Asks(GuideQuestion question, IEnumerable<GuideAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.When is not { } when
            || answers.Any(answer => answer.Question == when.Question && when.Answers.Contains(answer.Value));
    }
}

/// <summary>Some cases: what is left out names all.</summary>
/// <param name="Category">A category of the catalogue.</param>
/// <param name="Subcategory">A subcategory of it.</param>
/// <param name="Kind">A code of the tenant's kinds.</param>
public sealed record GuideTarget(string Category, string? Subcategory = null, string? Kind = null)
{
    /// <summary>How much it says of a case; 0 where the case is not meant.</summary>
    internal int Fit(string category, string? subcategory, string kind) =>
        Category != category || Subcategory is not null && Subcategory != subcategory || Kind is not null && Kind != kind ? 0
            : 1 + (Subcategory is null ? 0 : 2) + (Kind is null ? 0 : 1);
}

/// <summary>One question of a guide.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">What is asked.</param>
/// <param name="Type">What answers it: <c>yes-no</c>, <c>choice</c>, <c>number</c>, <c>date</c> or <c>text</c>. A number, a date and a text
/// may say something of somebody, and are kept sealed.</param>
/// <param name="Choices">The answers of a choice.</param>
/// <param name="Low">The lowest number.</param>
/// <param name="High">The highest number.</param>
/// <param name="Required">True where the case is not complete without an answer.</param>
/// <param name="When">Which answers to another question it follows; <c>null</c> where it is always asked.</param>
/// <param name="Stop">The answers that end the intake; <c>null</c> where none does.</param>
public sealed record GuideQuestion(
    string Code, Label Label, string Type, ImmutableArray<CodeItem> Choices = default, int? Low = null, int? High = null,
    bool Required = false, GuideCondition? When = null, GuideStop? Stop = null) : ICodeItem
{
    /// <summary>Yes or no: <c>yes</c>, <c>no</c>.</summary>
    public const string YesNo = "yes-no";

    /// <summary>One of <see cref="Choices"/>.</summary>
    public const string Choice = "choice";

    /// <summary>A whole number from <see cref="Low"/> to <see cref="High"/>.</summary>
    public const string Number = "number";

    /// <summary>A date, such as <c>2026-03-01</c>.</summary>
    public const string Date = "date";

    /// <summary>A text of at most 500 characters.</summary>
    public const string Words = "text";

    internal static readonly ImmutableArray<string> Types = [YesNo, Choice, Number, Date, Words];

    private static readonly ImmutableArray<CodeItem> YesOrNo =
        [new("yes", Capabilities.Labels.Yes), new("no", Capabilities.Labels.No)];

    /// <summary>The answers of a choice; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Choices { get; init; } = Choices.IsDefault ? [] : Choices;

    /// <summary>The codes that answer it, with their words; empty where a number, a date or a text does.</summary>
    [JsonIgnore]
    public ImmutableArray<CodeItem> Codes => Type switch { YesNo => YesOrNo, Choice => Choices, _ => [] };

    /// <summary>An answer as it is kept: whoever types one says what it is called.</summary>
    internal string CodeOf(string answer) =>
        Codes.FirstOrDefault(code => code.Label.Zh == answer.Trim()
            || code.Label.En.Equals(answer.Trim(), StringComparison.OrdinalIgnoreCase))?.Code ?? answer;
}

/// <summary>After which answers a question is asked.</summary>
/// <param name="Question">The code of another question.</param>
/// <param name="Answers">Codes of its answers, any of them.</param>
public sealed record GuideCondition(string Question, ImmutableArray<string> Answers)
{
    /// <summary>Codes of its answers; never <c>default</c>.</summary>
    public ImmutableArray<string> Answers { get; init; } = Answers.IsDefault ? [] : Answers;
}

/// <summary>Answers with which nothing is registered: somebody else must be called at once.</summary>
/// <param name="Answers">Codes of the question's answers, any of them.</param>
/// <param name="Notice">What to do.</param>
/// <param name="Emergency">The emergency line, at most 40 characters.</param>
public sealed record GuideStop(ImmutableArray<string> Answers, Label Notice, string Emergency)
{
    /// <summary>Codes of the question's answers; never <c>default</c>.</summary>
    public ImmutableArray<string> Answers { get; init; } = Answers.IsDefault ? [] : Answers;
}

/// <summary>The answer to a question of a guide.</summary>
/// <param name="Question">The question's code.</param>
/// <param name="Value">A code, a number, a date, or a text.</param>
public sealed record GuideAnswer(string Question, string Value)
{
    /// <summary>It may name somebody: it prints its question only.</summary>
    public override string ToString() => Question;
}
