namespace Complaints.Core.Intake;

/// <summary>What a case may be.</summary>
/// <param name="Code">The code.</param>
/// <param name="Label">The name.</param>
/// <param name="Inquiry">Whether it is solved on the spot or becomes a complaint.</param>
/// <param name="AnonymousAllowed">Whether nobody need say who complains.</param>
public sealed record CaseKind(string Code, Label Label, bool Inquiry = false, bool AnonymousAllowed = false) : ICodeItem;
