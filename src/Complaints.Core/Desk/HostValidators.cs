using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Complaints.Core.Intake;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Core;

/// <summary>
/// The validators of drafts that a host has registered (<c>IValidator&lt;IntakeDraft&gt;</c>). A desk asks them before it registers or
/// imports, with a draft that has passed the library's own rules; they may be asynchronous. A decision by itself
/// (<see cref="Complaint.Decide"/>) is pure and does not know them. Thread-safe.
/// </summary>
/// <remarks>
/// Rules outside a rule set count for both; those of the rule set <see cref="Registration"/> or <see cref="Import"/> for the one. Every
/// failure refuses, as a detail of <c>validation.failed</c>. Its code is the failure's behind <c>host.</c>, so that it is never one of the
/// library's: up to 60 letters, digits, <c>. _ -</c>; any other becomes <c>host.rule</c>. Its message is told in both languages as it is,
/// cut at 500 characters; a <see cref="Label"/> as the rule's state has one for each.
/// </remarks>
public sealed partial class HostValidators
{
    /// <summary>The rule set of rules that count for registrations only.</summary>
    public const string Registration = "registration";

    /// <summary>The rule set of rules that count for imports only.</summary>
    public const string Import = "import";

    private const string Prefix = "host.";
    private readonly IServiceScopeFactory? _scopes;
    private readonly ImmutableArray<IValidator<IntakeDraft>> _validators;

    /// <summary>These validators, asked in order.</summary>
    public HostValidators(IEnumerable<IValidator<IntakeDraft>> validators) => _validators = [.. validators];

    /// <summary>Those of a container, in the order of their registration. Each draft has a scope of its own, so that they may use a
    /// database context.</summary>
    internal HostValidators(IServiceScopeFactory scopes) => (_scopes, _validators) = (scopes, []);

    /// <summary>No validators.</summary>
    internal static HostValidators None { get; } = new([]);

    /// <summary>What a host has against a draft: <c>validation.failed</c>, or <c>null</c>.</summary>
    /// <exception cref="HostValidatorException">A validator failed by itself; nothing is known about the draft.</exception>
    internal async ValueTask<ComplaintError?> CheckAsync(IntakeDraft draft, string ruleSet, CancellationToken cancellationToken)
    {
        if (_scopes is null)
            return _validators.IsEmpty ? null : await CheckAsync(_validators, draft, ruleSet, cancellationToken).ConfigureAwait(false);
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var validators = scope.ServiceProvider.GetServices<IValidator<IntakeDraft>>();
            return await CheckAsync(validators, draft, ruleSet, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<ComplaintError?> CheckAsync(
        IEnumerable<IValidator<IntakeDraft>> validators, IntakeDraft draft, string ruleSet, CancellationToken cancellationToken)
    {
        var details = ImmutableArray.CreateBuilder<ComplaintError>();
        foreach (var validator in validators)
        {
            var context = ValidationContext<IntakeDraft>.CreateWithOptions(draft, options =>
                options.IncludeRulesNotInRuleSet().IncludeRuleSets(ruleSet));
            try
            {
                var result = await validator.ValidateAsync(context, cancellationToken).ConfigureAwait(false);
                details.AddRange(result.Errors.Select(Finding));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new HostValidatorException(validator.GetType(), e);
            }
        }
        return details.Count == 0 ? null : new ComplaintError("validation.failed") { Details = details.ToImmutable() };
    }

    private static ComplaintError Finding(ValidationFailure failure)
    {
        var field = FieldOf(failure.PropertyName ?? "");
        var words = new Refusal(CodeOf(failure.ErrorCode ?? ""), "'{field}': {message}", "“{field}”：{message}");
        return words.With(("field", IntakeFields.Find(field) ?? (object)field), ("message", MessageOf(failure)));
    }

    private static object MessageOf(ValidationFailure failure) => failure.CustomState is Label label
        ? new Label(Text.Cut(label.En, Text.Short), Text.Cut(label.Zh, Text.Short))
        : Text.Cut(failure.ErrorMessage ?? "", Text.Short);

    private static string CodeOf(string code)
    {
        var own = code.StartsWith(Prefix, StringComparison.Ordinal) ? code[Prefix.Length..] : code;
        return CodePattern().IsMatch(own) ? Prefix + own : "host.rule";
    }

    /// <summary>The name that the library's own errors have for it: <c>Complainant.Name</c> is <c>complainant.name</c>, and what stands in
    /// the statement goes by its own name.</summary>
    private static string FieldOf(string property)
    {
        var names = property.Split('.').Select(name => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..]);
        var path = string.Join('.', names);
        return Text.Cut(path.StartsWith("statement.", StringComparison.Ordinal) ? path["statement.".Length..] : path, Text.Id);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._\-]{1,60}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodePattern();
}

/// <summary>A validator of the host failed by itself. Nothing was registered or imported and nothing is lost: repeat with the same command
/// id, or import the file again.</summary>
public sealed class HostValidatorException : Exception
{
    /// <summary>A failure with its cause.</summary>
    /// <param name="validator">The validator's type.</param>
    /// <param name="inner">What it threw.</param>
    public HostValidatorException(Type validator, Exception inner)
        : base($"The validator {NameOf(validator)} of the host failed, so nothing was done; repeat when it works again.", inner) =>
        Validator = NameOf(validator);

    /// <summary>The full name of the validator's type.</summary>
    public string Validator { get; }

    private static string NameOf(Type validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        return validator.FullName ?? validator.Name;
    }
}
