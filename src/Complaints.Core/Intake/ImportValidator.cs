using FluentValidation;

namespace Complaints.Core.Intake;

/// <summary>
/// Checks the draft of an import: by the rules of every draft, and it must say where it stood and when it was received. Its codes may be
/// the source's own. Needs no definitions; one for the process, thread-safe.
/// </summary>
internal sealed class ImportValidator : AbstractValidator<IntakeDraft>
{
    private static readonly ImportValidator Instance = new();

    private ImportValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(draft => draft.ExternalRef).IsGiven(IntakeFields.ExternalRef);
        RuleFor(draft => draft.ReceivedAt).IsGiven(IntakeFields.ReceivedAt);
        RuleFor(draft => draft.Channel).Fits(IntakeFields.Channel);
        RuleFor(draft => draft.Kind).Fits(IntakeFields.Kind);
        RuleFor(draft => draft.EntryPoint).Fits(IntakeFields.EntryPoint);
        RuleFor(draft => draft.Tier).Fits(IntakeFields.Tier);
        RuleFor(draft => draft.Area).Fits(IntakeFields.Area);
        RuleFor(draft => draft.InteractionKind).Fits(IntakeFields.InteractionKind);
        Include(IntakeRules.All);
        RuleFor(draft => draft.Category).Fits(IntakeFields.Category);
        RuleFor(draft => draft.Subcategory).Fits(IntakeFields.Subcategory);
        RuleFor(draft => draft.Severity).Fits(IntakeFields.Severity);
        RuleFor(draft => draft.Urgency).Fits(IntakeFields.Urgency);
        RuleFor(draft => draft.Impact).Fits(IntakeFields.Impact);
    }

    /// <summary>The first thing that is wrong with a draft: a row of a ledger is listed with one. <c>null</c> when nothing is.</summary>
    public static ComplaintError? Check(IntakeDraft draft) => Instance.Validate(draft).Findings().FirstOrDefault();
}
