using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>Makes the fields of one command. A field's name is that of the member which its lambda reads, so that the two cannot
/// differ.</summary>
internal sealed partial class FieldsOf<TCommand> where TCommand : class
{
    /// <summary>Words: whatever is asked for, people may write about people. They are kept sealed.</summary>
    public Field Text(
        Func<TCommand, string?> of, Label label, int max, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Clean(of, label, max, required, FieldKind.Text, source);

    /// <summary>A clean text within a bound.</summary>
    private static Field Clean(Func<TCommand, string?> of, Label label, int max, bool required, FieldKind kind, string source)
    {
        Field? field = null;
        return field = new(NameIn(source), label, kind)
        {
            IsRequired = required, IsPersonal = kind == FieldKind.Text, MaxLength = max,
            Finding = (command, _) => Core.Text.Check((object)field!, of((TCommand)command), max, required),
        };
    }

    /// <summary>The host's id of a member of its staff, who has something to do by it.</summary>
    public Field Person(Func<TCommand, string?> of, Label label, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Named(of, label, required, source) with { GivesWorkTo = command => of((TCommand)command) };

    /// <summary>The same of somebody who is only named, and has nothing to do by it.</summary>
    public Field Named(Func<TCommand, string?> of, Label label, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Clean(of, label, Core.Text.Id, required, FieldKind.Person, source);

    /// <summary>The host's id of a team.</summary>
    public Field Team(Func<TCommand, string?> of, Label label, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Clean(of, label, Core.Text.Id, required, FieldKind.Team, source);

    public Field Code<T>(
        Func<TCommand, string?> of, Label label, Func<Rulebook, CodeList<T>> list, bool required = true, Func<T, bool>? only = null,
        [CallerArgumentExpression(nameof(of))] string source = "") where T : class, ICodeItem
    {
        Field? field = null;
        return field = new(NameIn(source), label, FieldKind.Code)
        {
            IsRequired = required,
            Choices = rules => only is null ? list(rules).Items : list(rules).Items.Where(only),
            Finding = (command, rules) =>
                of((TCommand)command) is not { Length: <= Core.Text.Id } code || string.IsNullOrWhiteSpace(code)
                    ? Core.Text.Check((object)field!, of((TCommand)command), Core.Text.Id, required)
                : list(rules).Find(code) is { } item && (only is null || only(item)) ? null
                : Unknown(field!, code, rules),
        };
    }

    /// <summary>Why: one of the tenant's reasons for the command.</summary>
    public Field Reason(Func<TCommand, string?> of, string command, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Code(of, Labels.Reason, rules => rules.ReasonsFor(command), required, source: source) with
        {
            NeedsRemark = ReasonBook.Other, IsChosen = true,
        };

    /// <summary>What is to be said besides of a reason: sealed, and needed where the reason says nothing itself.</summary>
    public Field Remark(Func<TCommand, string?> of, Func<TCommand, string?> reason, int max = Core.Text.Short,
        [CallerArgumentExpression(nameof(of))] string source = "")
    {
        var field = Text(of, Labels.Remark, max, required: false, source);
        return field with
        {
            Finding = (command, _) => Core.Text.Check(
                (object)field, of((TCommand)command), max, required: reason((TCommand)command) == ReasonBook.Other),
        };
    }

    /// <summary>A code whose list only the rule can tell, such as a subcategory of the chosen category.</summary>
    public Field CodeOfRule(
        Func<TCommand, string?> of, Label label, Func<Rulebook, IEnumerable<ICodeItem>> choices, int max, bool required = false,
        [CallerArgumentExpression(nameof(of))] string source = "")
    {
        var field = Clean(of, label, max, required, FieldKind.Code, source);
        return field with { Choices = choices };
    }

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

    /// <summary>A code of a list that may be empty: then codes are the host's own, and any clean text is one.</summary>
    public Field CodeWhereListed<T>(
        Func<TCommand, string?> of, Label label, Func<Rulebook, ImmutableArray<T>> list,
        [CallerArgumentExpression(nameof(of))] string source = "") where T : class, ICodeItem
    {
        var text = Clean(of, label, Core.Text.Id, required: false, FieldKind.Code, source);
        Field? field = null;
        return field = text with
        {
            Choices = rules => list(rules),
            Finding = (command, rules) => text.Finding!(command, rules)
                ?? (of((TCommand)command) is { } code && !string.IsNullOrWhiteSpace(code) && list(rules) is { IsEmpty: false } known
                    && !known.Any(item => item.Code == code) ? Unknown(field!, code, rules) : null),
        };
    }

    public Field Codes<T>(
        Func<TCommand, ImmutableArray<string>> of, Label label, Func<Rulebook, CodeList<T>> list,
        [CallerArgumentExpression(nameof(of))] string source = "") where T : class, ICodeItem
    {
        Field? field = null;
        return field = new(NameIn(source), label, FieldKind.Codes)
        {
            Choices = rules => list(rules).Items,
            Finding = (command, rules) =>
            {
                foreach (var code in of((TCommand)command))
                {
                    if (list(rules).Find(code) is null)
                        return Unknown(field!, code, rules);
                }
                return null;
            },
        };
    }

    /// <summary>Codes that a host may extend without telling: each is a clean text of at most 100 characters, and there are at most
    /// 20.</summary>
    public Field OpenCodes(
        Func<TCommand, ImmutableArray<string>?> of, Label label, Func<Rulebook, IEnumerable<ICodeItem>> choices,
        [CallerArgumentExpression(nameof(of))] string source = "")
    {
        Field? field = null;
        return field = new(NameIn(source), label, FieldKind.Codes)
        {
            IsOpenList = true, MaxLength = Core.Text.Id, Choices = choices,
            Finding = (command, _) =>
            {
                var codes = of((TCommand)command) is { IsDefault: false } given ? given : [];
                if (codes.Length > 20)
                    return new("number.out_of_range", ("field", field), ("value", codes.Length), ("low", 0), ("high", 20));
                foreach (var code in codes)
                {
                    if (Core.Text.Check((object)field!, code, Core.Text.Id, required: true) is { } bad)
                        return bad;
                }
                return null;
            },
        };
    }

    /// <summary>One of the library's own closed lists.</summary>
    public Field Choice<TEnum>(Func<TCommand, TEnum> of, Label label, Func<Enum, Label> words,
        [CallerArgumentExpression(nameof(of))] string source = "") where TEnum : struct, Enum
    {
        ImmutableArray<CodeItem> items = [.. Enum.GetValues<TEnum>().Select(code => new CodeItem(code.ToString(), words(code)))];
        Field? field = null;
        return field = new(NameIn(source), label, FieldKind.Code)
        {
            Choices = _ => items,
            Finding = (command, rules) => of((TCommand)command) is var value && Enum.IsDefined(value) ? null : Unknown(field!, value.ToString(), rules),
        };
    }

    public Field Number(Func<TCommand, int> of, Label label, int low, int high,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Bounded(command => of(command), label, FieldKind.Number, low, high, source);

    public Field Number(Func<TCommand, long> of, Label label, long low, long high,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Bounded(command => of(command), label, FieldKind.Number, low, high, source);

    /// <summary>The same where it may be left out.</summary>
    public Field NumberOrNone(Func<TCommand, int?> of, Label label, int low, int high,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Bounded(command => of(command) ?? low, label, FieldKind.Number, low, high, source) with { IsRequired = false };

    public Field Amount(Func<TCommand, decimal> of, Label label, decimal low, decimal high,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Bounded(of, label, FieldKind.Amount, low, high, source);

    /// <summary>The same where it may be left out.</summary>
    public Field AmountOrNone(Func<TCommand, decimal?> of, Label label, decimal low, decimal high,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Bounded(command => of(command) ?? low, label, FieldKind.Amount, low, high, source) with { IsRequired = false };

    public Field Flag(Func<TCommand, bool?> of, Label label, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Flag) { IsRequired = required };

    public Field Moment(Func<TCommand, Instant?> of, Label label, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Timely(FieldKind.Moment, label, required, source, (field, command) => UtcTime.Check(field, of(command)));

    public Field Date(Func<TCommand, LocalDate?> of, Label label, bool required = false,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        Timely(FieldKind.Date, label, required, source, (field, command) => UtcTime.Check(field, of(command)));

    public Field Complaint(Func<TCommand, ComplaintId> of, Label label, [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Complaint) { IsRequired = true };

    /// <summary>The same where none need be named.</summary>
    public Field ComplaintOrNone(Func<TCommand, ComplaintId?> of, Label label, [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Complaint);

    public Field Improvement(Func<TCommand, ImprovementId> of, Label label, [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Improvement) { IsRequired = true };

    /// <summary>Complaints, at most so many and none twice.</summary>
    public Field Complaints(
        Func<TCommand, ImmutableArray<ComplaintId>> of, Label label, int most, bool required = true,
        [CallerArgumentExpression(nameof(of))] string source = "")
    {
        Field? field = null;
        return field = new(NameIn(source), label, FieldKind.Complaints)
        {
            IsRequired = required, Highest = most,
            Finding = (command, _) =>
            {
                var complaints = of((TCommand)command) is { IsDefault: false } given ? given : [];
                if (complaints.IsEmpty)
                    return required ? new("text.required", ("field", field)) : null;
                return complaints.Length > most
                    ? new("number.out_of_range", ("field", field), ("value", complaints.Length), ("low", required ? 1 : 0), ("high", most))
                    : null;
            },
        };
    }

    /// <summary>Values that belong together and check themselves.</summary>
    public Field Group<TValue>(
        Func<TCommand, TValue?> of, Label label, bool required, Func<TValue, Rulebook, ComplaintError?>? check, ImmutableArray<Field> parts = default,
        [CallerArgumentExpression(nameof(of))] string source = "") =>
        new(NameIn(source), label, FieldKind.Group)
        {
            IsRequired = required, Parts = parts,
            Finding = check is null ? null : (command, rules) => of((TCommand)command) is { } value ? check(value, rules) : null,
        };

    /// <summary>Within the years in which calendars answer.</summary>
    private static Field Timely(FieldKind kind, Label label, bool required, string source, Func<Field, TCommand, ComplaintError?> check)
    {
        Field? field = null;
        return field = new(NameIn(source), label, kind)
        {
            IsRequired = required,
            Finding = (command, _) => check(field!, (TCommand)command),
        };
    }

    private static Field Bounded(Func<TCommand, decimal> of, Label label, FieldKind kind, decimal low, decimal high, string source)
    {
        Field? field = null;
        return field = new(NameIn(source), label, kind)
        {
            IsRequired = true, Lowest = low, Highest = high,
            Finding = (command, _) => of((TCommand)command) is var value && value >= low && value <= high ? null
                : new("number.out_of_range", ("field", field), ("value", value), ("low", low), ("high", high)),
        };
    }

    private static ComplaintError Unknown(Field field, string code, Rulebook rules) =>
        new("code.unknown", ("field", field), ("value", CodeText.Shown(code)), ("known", field.ChoicesIn(rules)));

    /// <summary><c>command =&gt; command.ReviewOn</c> reads <c>reviewOn</c>.</summary>
    private static string NameIn(string source)
    {
        var member = source[(source.LastIndexOf('.') + 1)..];
        return char.ToLowerInvariant(member[0]) + member[1..];
    }
}
