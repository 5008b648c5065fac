using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary>Who had a complaint and how long, who was late with it, whom somebody urged, and which departments were called in.</summary>
internal static class HandlingLines
{
    public static IEnumerable<string> Of(Complaint complaint, Instant now, Rulebook rules, Wording words)
    {
        var zh = words.IsChinese;
        yield return $"{(zh ? "各方持有时间" : "Who had it")} {string.Join(zh ? "，" : ", ", HandlingWords.Held(complaint, now, rules, words))}";
        foreach (var late in HandlingWords.Late(complaint, now, rules, words))
            yield return $"{(zh ? "超时责任" : "Who was late")} {late}";
        foreach (var urging in complaint.Urgings)
        {
            var about = urging.Subject is { } subject
                ? $"{words.Say(Vocabulary.SubjectKind(subject.Kind))} {SubjectWords.Of(complaint, subject, rules, words)} " : "";
            yield return $"{(zh ? "督促" : "Urged")} {about}{HandlingWords.Of(urging, words)}";
        }
        if (!complaint.Convened.IsEmpty)
        {
            var departments = complaint.Convened.Select(department => words.Say(rules.Organisation.DepartmentNamed(department).Label));
            yield return $"{(zh ? "已召集部门" : "Departments called in")} {string.Join(zh ? "、" : ", ", departments)}";
        }
    }
}
