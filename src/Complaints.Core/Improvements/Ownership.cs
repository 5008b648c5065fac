using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

/// <summary>Whose an improvement is: its owner's, and quality's.</summary>
internal static class Ownership
{
    public static readonly Refusal NotYours = new(
        "improvement.not_yours",
        "This improvement belongs to {value}; its owner or quality can do this.",
        "该整改事项由 {value} 负责，请由负责人或品管部操作。");

    /// <summary>Why somebody may not change it, or <c>null</c>.</summary>
    public static ComplaintError? Check(Improvement improvement, Actor actor) =>
        IsOwner(improvement.Owner, actor) || IsQuality(actor) ? null : NotYours.With(("value", new StaffMember(improvement.Owner)));

    public static bool IsQuality(Actor actor) => actor.Is(Role.Quality) || actor.Is(Role.System);

    /// <summary>Who acts for the owner is not the owner: acting for somebody gives no rights.</summary>
    public static bool IsOwner(string owner, Actor actor) => owner == actor.Id;
}
