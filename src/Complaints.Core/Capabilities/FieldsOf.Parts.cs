using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Definitions;

namespace Complaints.Core.Capabilities;

/// <content>Fields that name parts of the case, or of the organisation.</content>
internal sealed partial class FieldsOf<TCommand>
{
    /// <summary>The number of a part of the case; whether there is one of that number, the rule knows.</summary>
    public Field Part(Func<TCommand, int> of, Label label, [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Subject) { IsRequired = true };

    /// <summary>The same where it may be about the whole case.</summary>
    public Field PartOrNone(Func<TCommand, int?> of, Label label, [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Subject);

    /// <summary>A part of the case by its whole name, where the parts are of several kinds: <c>task/2</c>; or the whole case.</summary>
    public Field AnyPart(Func<TCommand, Subject?> of, Label label, [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Subject) { IsNamedInFull = true };

    /// <summary>The numbers of parts of the case; whether there are such, the rule knows.</summary>
    public Field Parts(Func<TCommand, ImmutableArray<int>> of, Label label, int most,
        [CallerArgumentExpression(nameof(of))] string source = "")
    {
        Field? field = null;
        return field = new(NameIn(source), label, FieldKind.Subjects)
        {
            Highest = most,
            Finding = (command, _) => of((TCommand)command).Length is var count && count <= most ? null
                : new("number.out_of_range", ("field", field), ("value", count), ("low", 0), ("high", most)),
        };
    }

    /// <summary>The code or id of a part of the case.</summary>
    public Field PartKey(Func<TCommand, string?> of, Label label, int max = Core.Text.Id,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Clean(of, label, max, required: true, FieldKind.Subject, source);
}
