using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>The questions of a guide were answered, and what it requires was looked for.</summary>
public sealed record GuideFollowed : ComplaintEvent, IHappening<GuideFollowed, Complaint>
{
    static EventType IHappening<GuideFollowed, Complaint>.EventType { get; } =
        new("guide-followed", 1, new("Intake guide followed", "已按受理指引登记"));

    /// <summary>The guide in the version that was in force; <c>null</c> where a source brought answers of its own.</summary>
    public DefinitionRef? Guide { get; init; }

    /// <summary>The answers that are codes.</summary>
    public ImmutableArray<GuideAnswer> Answers { get; init => field = Given.Of(value); } = [];

    /// <summary>The answers that are words, numbers or dates.</summary>
    public ImmutableArray<SealedAnswer> Told { get; init => field = Given.Of(value); } = [];

    /// <summary>What is not known and should be: codes of <see cref="GuideFields"/>, and of questions with <c>question.</c> before
    /// it.</summary>
    public ImmutableArray<string> Missing { get; init => field = Given.Of(value); } = [];

    /// <summary>What comes of a draft; <c>null</c> where there is nothing to keep.</summary>
    internal static GuideFollowed? Of(IntakeDraft draft, (DefinitionRef Ref, Guide Guide)? found)
    {
        var missing = found is { } known ? GuideFields.MissingIn(draft, known.Guide) : [];
        return draft.Answers.IsEmpty && missing.IsEmpty ? null
            : Of(found?.Ref, found?.Guide, draft.Answers, missing);
    }

    internal static GuideFollowed Of(
        DefinitionRef? of, Guide? guide, ImmutableArray<GuideAnswer> answers, ImmutableArray<string> missing) => new()
    {
        Guide = of,
        Answers = [.. answers.Where(answer => IsCode(guide, answer))],
        Told = [.. answers.Where(answer => !IsCode(guide, answer)).Select(
            answer => new SealedAnswer(answer.Question, Personal.Of(answer.Value)))],
        Missing = missing,
    };

    /// <summary>What another category requires; <c>null</c> where its guide is the same, or neither has one.</summary>
    internal static GuideFollowed? Reclassified(Receipt receipt, Judgement before, Judgement after, Rulebook rules)
    {
        var (left, found) = (Of(before), Of(after));
        return left?.Ref == found?.Ref ? null
            : found is null ? receipt.MissingFields.IsEmpty ? null : new GuideFollowed()
            : new GuideFollowed { Guide = found.Value.Ref, Missing = GuideFields.MissingIn(receipt, found.Value.Guide) };

        (DefinitionRef Ref, Guide Guide)? Of(Judgement judgement) =>
            rules.Guides.For(judgement.Category, judgement.Subcategory, receipt.Kind);
    }

    /// <summary>What is still missing after one more answer: not that one, but what is asked because of it.</summary>
    internal ImmutableArray<string> MissingIn(Receipt receipt, Rulebook rules)
    {
        var answered = Answers.Select(answer => answer.Question).Concat(Told.Select(told => told.Question))
            .Select(GuideFields.OfQuestion).ToList();
        var asked = rules.GuideOf(Guide)!.Questions
            .Where(question => question is { Required: true, When: not null } && rules.GuideOf(Guide)!.Asks(question, Answers))
            .Select(question => GuideFields.OfQuestion(question.Code));
        return [.. receipt.MissingFields.Except(answered).Union(asked)];
    }

    private static bool IsCode(Guide? guide, GuideAnswer answer) => guide?.Find(answer.Question) is { Codes.IsEmpty: false };

    internal override IEnumerable<Detail> Details(Rulebook rules)
    {
        var guide = rules.GuideOf(Guide);
        foreach (var answer in Answers)
        {
            var question = guide?.Find(answer.Question);
            yield return new(question?.Label ?? new(answer.Question, answer.Question),
                (object?)question?.Codes.FirstOrDefault(code => code.Code == answer.Value) ?? answer.Value);
        }
        foreach (var told in Told)
            yield return new(guide?.Find(told.Question)?.Label ?? new(told.Question, told.Question), told.Text);
        yield return new(Labels.Missing, GuideFields.Named(rules, Guide, Missing));
    }

    /// <summary>By their places and not by their questions, whose codes are the host's: a name has small letters only.</summary>
    internal override PersonalField[] PersonalValues => [.. Given.Of(Told).Select(static (told, i) =>
        new PersonalField($"answer-{(char)('a' + i / 26)}{(char)('a' + i % 26)}", told.Text))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Receipt = complaint.Receipt with { Guide = Guide ?? complaint.Receipt.Guide, MissingFields = Missing },
    };
}

/// <summary>An answer that may say something of somebody.</summary>
/// <param name="Question">The question's code.</param>
/// <param name="Text">What was answered.</param>
public sealed record SealedAnswer(string Question, Personal<string> Text);
