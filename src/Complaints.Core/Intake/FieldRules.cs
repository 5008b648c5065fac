using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using FluentValidation;
using FluentValidation.Results;

namespace Complaints.Core.Intake;

/// <summary>
/// Rules of a property that answer with a <see cref="ComplaintError"/>: its stable code is the failure's, and it is the failure's
/// <see cref="ValidationFailure.CustomState"/>.
/// </summary>
internal static class FieldRules
{
    /// <summary>A clean text within the bound of its field, and there if the field must be filled in.</summary>
    public static void Fits<T>(this IRuleBuilderInitial<T, string?> rule, Field field) =>
        rule.Finds(field, text => Fit(field, text));

    /// <summary>A code of a list; none where the field may be empty.</summary>
    public static void IsOneOf<T, TItem>(this IRuleBuilderInitial<T, string?> rule, Field field, CodeList<TItem> list)
        where TItem : class, ICodeItem =>
        rule.Finds(field, code => code is not { Length: > Text.Id } && string.IsNullOrWhiteSpace(code) && !field.IsRequired ? null
            : list.Check(field, code));

    /// <summary>Is there at all.</summary>
    public static void IsGiven<T, TValue>(this IRuleBuilderInitial<T, TValue> rule, Field field) =>
        rule.Finds(field, value => value is null ? new("text.required", ("field", field)) : null);

    /// <summary>Nothing, or what a check finds wrong with it.</summary>
    public static void Finds<T, TValue>(this IRuleBuilderInitial<T, TValue> rule, Field field, Func<TValue, ComplaintError?> check) =>
        rule.Configure(it => it.PropertyName = field.Name).Custom((value, context) => context.Report(check(value)));

    /// <summary>The same for a value of many parts, each of which may be wrong.</summary>
    public static void FindsEach<T, TValue>(
        this IRuleBuilderInitial<T, TValue> rule, Field field, Func<TValue, IEnumerable<ComplaintError?>> check) =>
        rule.Configure(it => it.PropertyName = field.Name).Custom((value, context) =>
        {
            foreach (var error in check(value))
                context.Report(error);
        });

    /// <summary>The same for a list within the bound of its field: of one that is too long nothing else is told.</summary>
    public static void FindsInEach<T, TPart>(
        this IRuleBuilderInitial<T, IReadOnlyCollection<TPart>> rule, Field field, Func<TPart, ComplaintError?> check) =>
        rule.FindsEach(field, parts => parts.Count > field.Highest
            ? [new("list.too_long", ("field", field), ("length", parts.Count), ("bound", field.Highest))]
            : parts.Select(check));

    /// <summary>What is wrong with a text of a field.</summary>
    public static ComplaintError? Fit(Field field, string? text) =>
        Text.Check((object)field, text, field.MaxLength!.Value, field.IsRequired);

    /// <summary>What was found, in the order in which it was.</summary>
    public static IEnumerable<ComplaintError> Findings(this ValidationResult result) =>
        result.Errors.Select(failure => (ComplaintError)failure.CustomState);

    private static void Report<T>(this ValidationContext<T> context, ComplaintError? error)
    {
        if (error is null)
            return;
        context.AddFailure(new ValidationFailure(error.Data.GetValueOrDefault("field", ""), error.Message)
        {
            ErrorCode = error.Code, CustomState = error,
        });
    }
}
