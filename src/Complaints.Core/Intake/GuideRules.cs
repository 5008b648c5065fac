using Complaints.Core.Classification;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>What is wrong with a guide that is to be published.</summary>
internal static class GuideRules
{
    private const int LongestLine = 40;

    public static IEnumerable<ComplaintError> Problems(this Guide guide, Rulebook rules) =>
        TargetProblems(guide, rules).Concat(QuestionProblems(guide))
            .Concat(guide.Required.Where(code => GuideFields.All.All(field => field.Code != code)).Select((code, i) =>
                Missing($"required[{i}]", code, GuideFields.All.Select(field => field.Code))));

    private static IEnumerable<ComplaintError> TargetProblems(Guide guide, Rulebook rules)
    {
        if (guide.For.IsEmpty)
            yield return new("definition.empty", ("path", "for"));
        for (var i = 0; i < guide.For.Length; i++)
        {
            var target = guide.For[i];
            if (rules.Categories.Value.Check(target.Category, target.Subcategory) is { } unknown)
                yield return Missing($"for[{i}]", unknown.Data["value"], [unknown.Data["known"]]);
            if (target.Kind is { } kind && !rules.Kinds.Has(kind))
                yield return Missing($"for[{i}].kind", kind, rules.Kinds.Items.Select(item => item.Code));
        }
        if (guide.Notice is { } notice && !IsSaid(notice))
            yield return new("definition.label_missing", ("path", "notice"));
    }

    private static IEnumerable<ComplaintError> QuestionProblems(Guide guide)
    {
        if (guide.Questions.Length > Guide.Most)
        {
            yield return new("number.out_of_range", ("field", "questions"), ("value", guide.Questions.Length), ("low", 0),
                ("high", Guide.Most));
            yield break;
        }
        foreach (var problem in CodeListRules.Problems(guide.Questions, "questions"))
            yield return problem;
        for (var i = 0; i < guide.Questions.Length; i++)
        {
            var question = guide.Questions[i];
            var path = $"questions[{i}]";
            foreach (var problem in TypeProblems(question, path).Concat(StopProblems(question, path)))
                yield return problem;
            foreach (var problem in BranchProblems(guide, question, path))
                yield return problem;
        }
    }

    private static IEnumerable<ComplaintError> TypeProblems(GuideQuestion question, string path)
    {
        if (!GuideQuestion.Types.Contains(question.Type))
            yield return Missing($"{path}.type", question.Type, GuideQuestion.Types);
        if (question.Type == GuideQuestion.Choice)
        {
            foreach (var problem in CodeListRules.Problems(question.Choices, $"{path}.choices", mustHaveOne: true))
                yield return problem;
            if (question.Choices.Length > Guide.Most)
            {
                yield return new("number.out_of_range", ("field", $"{path}.choices"), ("value", question.Choices.Length), ("low", 1),
                    ("high", Guide.Most));
            }
        }
        if (question.Type != GuideQuestion.Number)
            yield break;
        if (question.Low is null)
            yield return new("definition.empty", ("path", $"{path}.low"));
        if (question.High is null)
            yield return new("definition.empty", ("path", $"{path}.high"));
        if (question.Low > question.High)
        {
            yield return new("number.out_of_range", ("field", $"{path}.low"), ("value", question.Low), ("low", int.MinValue),
                ("high", question.High));
        }
    }

    private static IEnumerable<ComplaintError> StopProblems(GuideQuestion question, string path)
    {
        if (question.Stop is not { } stop)
            yield break;
        foreach (var problem in AnswerProblems(stop.Answers, question, $"{path}.stop"))
            yield return problem;
        if (!IsSaid(stop.Notice))
            yield return new("definition.label_missing", ("path", $"{path}.stop.notice"));
        if (Text.Check($"{path}.stop.emergency", stop.Emergency, LongestLine) is { } bad)
            yield return bad;
    }

    /// <summary>A question that waits for itself, straight or by others, is never asked, and nobody would know why.</summary>
    private static IEnumerable<ComplaintError> BranchProblems(Guide guide, GuideQuestion question, string path)
    {
        if (question.When is not { } when)
            yield break;
        if (guide.Find(when.Question) is not { } before)
        {
            yield return Missing($"{path}.when.question", when.Question, guide.Questions.Select(known => known.Code));
            yield break;
        }
        foreach (var problem in AnswerProblems(when.Answers, before, $"{path}.when"))
            yield return problem;
        var seen = new HashSet<string>(StringComparer.Ordinal) { question.Code };
        for (var next = before; next is not null; next = guide.Find(next.When?.Question))
        {
            if (seen.Add(next.Code))
                continue;
            yield return new("guide.loop", ("path", $"{path}.when"), ("value", question.Code));
            yield break;
        }
    }

    private static IEnumerable<ComplaintError> AnswerProblems(
        IReadOnlyList<string> answers, GuideQuestion question, string path)
    {
        if (answers.Count == 0)
            yield return new("definition.empty", ("path", $"{path}.answers"));
        for (var i = 0; i < answers.Count; i++)
        {
            if (question.Codes.All(code => code.Code != answers[i]))
                yield return Missing($"{path}.answers[{i}]", answers[i], question.Codes.Select(code => code.Code));
        }
    }

    private static bool IsSaid(Label? label) => !string.IsNullOrWhiteSpace(label?.En) && !string.IsNullOrWhiteSpace(label.Zh);

    private static ComplaintError Missing(string path, string? value, IEnumerable<string> known) =>
        new("definition.missing", ("path", path), ("value", value), ("known", string.Join(", ", known)));
}
