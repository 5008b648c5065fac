using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Improvements;
using NodaTime;

namespace Complaints.Notifications.Templates;

/// <summary>The fields of an improvement; those that only complaints have are empty.</summary>
internal sealed class ImprovementFields(
    NoticeScene scene, Improvement improvement, ClearWords words, IReadOnlyDictionary<string, string> names) : FieldValues(scene)
{
    protected override string Number => improvement.Number;

    protected override Instant? DueOfPart => null;

    protected override string? PartInWords =>
        Scene.Event.Part is { } part ? SubjectWords.Of(improvement, part, Scene.Rules, Scene.Wording) : null;

    protected override object? Own(string name) => name switch
    {
        "title" => words.Of(improvement.Title),
        "kind" => Say(Scene.Rules.ImprovementKinds.Named(improvement.Kind.Id).Label),
        "state" => Say(Vocabulary.Of(improvement.Status)),
        "received" => Say((Instant?)improvement.OpenedAt),
        "owner" => names.GetValueOrDefault(improvement.Owner, improvement.Owner),
        "team" => improvement.Department is { } team ? Say(Scene.Rules.Organisation.TeamNamed(team).Label) : null,
        _ => null,
    };
}
