using Complaints.Core;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Templates;

/// <summary>What is asked of a template before it is published: that it parses, names what there is, and can be filled in.</summary>
internal static class TemplateCheck
{
    private static readonly string[] Audiences =
    [
        Audience.Customer, Audience.Representative, Audience.Owner, Audience.Team, Audience.Department, Audience.Role, Audience.Subscriber,
    ];

    public static IEnumerable<ComplaintError> Problems(MessageTemplate template)
    {
        if (template.Event is { } name && Vocabulary.OfEvent(name) is null)
            yield return TemplateRefusals.Event(Shown(name), OutboxRouting.Events);
        if (template.Audience is { } audience && !Audiences.Contains(audience))
            yield return TemplateRefusals.Audience(Shown(audience), Audiences);
        foreach (var (path, text) in new[] { ("zh", template.Zh), ("en", template.En) })
        {
            if (text is null)
            {
                yield return TemplateRefusals.Empty(path);
                continue;
            }
            var problems = Problems(path, text, template.Audience == Audience.Subscriber).ToList();
            if (problems.Count == 0 && !TemplatePreview.Succeeds(text, isChinese: path == "zh"))
                problems.Add(TemplateRefusals.Failed(path));
            foreach (var problem in problems)
                yield return problem;
        }
    }

    private static IEnumerable<ComplaintError> Problems(string path, TemplateText text, bool isForSubscribers)
    {
        if (text.Subject?.AsSpan().IndexOfAny('\r', '\n') >= 0)
            yield return TemplateRefusals.Control($"{path}.subject");
        foreach (var (part, value, most) in CompiledTemplate.Parts(text))
        {
            var place = $"{path}.{part}";
            if (string.IsNullOrWhiteSpace(value))
                yield return TemplateRefusals.Empty(place);
            else if (value.Length > most)
                yield return TemplateRefusals.TooLong(place, value.Length, most);
            else
            {
                foreach (var problem in Problems(place, value, isForSubscribers))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<ComplaintError> Problems(string path, string text, bool isForSubscribers)
    {
        if (!LiquidGrammar.TryParse(text, out var parsed, out var at))
        {
            yield return TemplateRefusals.Syntax(path, at.Line, at.Column, LiquidGrammar.OpeningTags);
            yield break;
        }
        var names = NamesIn.Of(parsed!);
        foreach (var field in names.Fields)
        {
            if (TemplateFields.Find(field) is not { } known)
                yield return TemplateRefusals.Field(path, Shown(field), Nearest.To(field, TemplateFields.All.Select(one => one.Name)));
            else if (isForSubscribers && known.IsPersonal)
                yield return TemplateRefusals.Personal(path, field);
        }
        foreach (var filter in names.Filters.Except(LiquidGrammar.Filters))
            yield return TemplateRefusals.Filter(path, Shown(filter), Nearest.To(filter, LiquidGrammar.Filters), LiquidGrammar.Filters);
        foreach (var what in names.NotAllowed)
            yield return TemplateRefusals.Construct(path, Shown(what));
    }

    private static string Shown(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
