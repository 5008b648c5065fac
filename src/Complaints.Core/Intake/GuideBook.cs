using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using NodaTime.Text;

namespace Complaints.Core.Intake;

/// <summary>The guides of a tenant: all versions, and those in force.</summary>
internal sealed class GuideBook
{
    /// <summary>What ends an intake.</summary>
    public static readonly Refusal Stop = new(
        "guide.stop",
        "Nothing is registered. {notice} Emergency line: {emergency}.",
        "未登记。{notice}应急电话：{emergency}。");

    public static readonly Refusal NotAsked = new(
        "guide.not_asked",
        "The question \"{question}\" is not asked after these answers: leave its answer out, or correct the one before.",
        "按已有回答不需要回答“{question}”，请清空该项，或更正之前的回答。");

    public static readonly Refusal Twice = new(
        "guide.answered_twice",
        "The question \"{question}\" is answered twice: leave one out.",
        "“{question}”回答了两次，请只保留一个。");

    private readonly Dictionary<DefinitionRef, Guide> _versions;
    private readonly ImmutableArray<DefinitionRef> _inForce;

    public GuideBook(IEnumerable<(DefinitionRef Ref, Guide Value)> versions, IEnumerable<DefinitionRef> inForce)
    {
        _versions = versions.ToDictionary(version => version.Ref, version => version.Value);
        _inForce = [.. inForce.OrderBy(known => known.Id, StringComparer.Ordinal)];
    }

    public Guide? Find(DefinitionRef? guide) => guide is { } known ? _versions.GetValueOrDefault(known) : null;

    /// <summary>Every question of a guide in force, none twice.</summary>
    public IEnumerable<ICodeItem> Questions =>
        _inForce.SelectMany(known => _versions[known].Questions).DistinctBy(question => question.Code, StringComparer.Ordinal);

    /// <summary>The guide for a case; of several the one that says most of it.</summary>
    public (DefinitionRef Ref, Guide Guide)? For(string? category, string? subcategory, string kind)
    {
        if (category is null)
            return null;
        var (best, fits) = (default(DefinitionRef), 0);
        foreach (var known in _inForce)
        {
            foreach (var target in _versions[known].For)
            {
                if (target.Fit(category, subcategory, kind) is var fit && fit > fits)
                    (best, fits) = (known, fit);
            }
        }
        return fits == 0 ? null : (best!, _versions[best!]);
    }

    /// <summary>The guide for a draft, by the category that it gets.</summary>
    public (DefinitionRef Ref, Guide Guide)? For(IntakeDraft draft, Rulebook rules)
    {
        if (_inForce.IsEmpty)
            return null;
        var (category, subcategory) = Classified.CategoryOf(draft, rules);
        return For(category, subcategory, draft.Kind);
    }

    /// <summary>The answer that ends it; before anything else is said of a draft.</summary>
    public static ComplaintError? StoppedBy(Guide? guide, IEnumerable<GuideAnswer> answers)
    {
        if (guide is null)
            return null;
        foreach (var answer in answers)
        {
            if (guide.Find(answer.Question)?.Stop is { } stop && stop.Answers.Contains(answer.Value))
                return Stop.With(("notice", stop.Notice), ("emergency", stop.Emergency));
        }
        return null;
    }

    /// <summary>What is wrong with the answers of a draft.</summary>
    public static IEnumerable<ComplaintError?> Problems(Guide? guide, ImmutableArray<GuideAnswer> answers)
    {
        for (var i = 0; i < answers.Length; i++)
        {
            var answer = answers[i];
            if (guide?.Find(answer.Question) is not { } question)
            {
                yield return new("code.unknown", ("field", IntakeFields.Answers), ("value", CodeText.Shown(answer.Question)),
                    ("known", guide?.Questions ?? []));
            }
            else if (answers.Take(i).Any(before => before.Question == answer.Question))
                yield return Twice.With(("question", question.Label));
            else if (!guide.Asks(question, answers))
                yield return NotAsked.With(("question", question.Label));
            else
                yield return Wrong(question, answer.Value);
        }
    }

    /// <summary>What is wrong with an answer to a question.</summary>
    public static ComplaintError? Wrong(GuideQuestion question, string value)
    {
        object field = question.Label;
        if (Text.Check(field, value, Text.Short, required: true) is { } bad)
            return bad;
        switch (question.Type)
        {
            case GuideQuestion.Words:
                return null;
            case GuideQuestion.Number:
                return !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? new("text.format", ("field", field), ("value", Text.Mask(value)), ("expected", ANumber))
                    : number < question.Low || number > question.High
                        ? new("number.out_of_range", ("field", field), ("value", number), ("low", question.Low), ("high", question.High))
                        : null;
            case GuideQuestion.Date:
                return LocalDatePattern.Iso.Parse(value) is { Success: true } day ? UtcTime.Check(field, day.Value)
                    : new("text.format", ("field", field), ("value", Text.Mask(value)), ("expected", ADate));
            default:
                return question.Codes.Any(code => code.Code == value) ? null
                    : new("code.unknown", ("field", field), ("value", CodeText.Shown(value)), ("known", question.Codes));
        }
    }

    private static readonly Label ANumber = new("a whole number", "整数");
    private static readonly Label ADate = new("a date such as 2026-03-01", "2026-03-01 之类的日期");
}
