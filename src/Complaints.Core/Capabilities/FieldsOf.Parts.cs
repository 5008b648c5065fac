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

    /// <summary>Codes of a list that may be empty: then they are the host's own, and any clean texts are some. At most 20.</summary>
    public Field CodesWhereListed<T>(
        Func<TCommand, ImmutableArray<string>> of, Label label, Func<Rulebook, ImmutableArray<T>> list,
        [CallerArgumentExpression(nameof(of))] string source = "") where T : class, ICodeItem
    {
        var open = OpenCodes(command => of(command), label, rules => list(rules), source);
        Field? field = null;
        return field = open with
        {
            Finding = (command, rules) => open.Finding!(command, rules)
                ?? (list(rules) is { IsEmpty: false } known
                    && of((TCommand)command).FirstOrDefault(code => !known.Any(item => item.Code == code)) is { } unknown
                        ? Unknown(field!, unknown, rules) : null),
        };
    }
}
