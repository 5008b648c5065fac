using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Investigation;

/// <summary>What a finding may say: causes as a tree of two levels, whose fault it may be, why nothing was investigated, and what is done
/// with who answers for it.</summary>
/// <param name="Causes">The upper level, in the order in which people see it. Codes are unique over both levels.</param>
/// <param name="Parties">Whose fault it may be.</param>
/// <param name="NotInvestigated">Why a case is not investigated.</param>
/// <param name="Measures">What is done with who answers for it.</param>
public sealed record CauseCatalogue(
    ImmutableArray<Cause> Causes, ImmutableArray<CodeItem> Parties = default,
    ImmutableArray<NotInvestigatedReason> NotInvestigated = default, ImmutableArray<CodeItem> Measures = default)
{
    /// <summary>The upper level; never <c>default</c>.</summary>
    public ImmutableArray<Cause> Causes { get; init => field = Given.Of(value); } = Given.Of(Causes);

    /// <summary>Whose fault it may be; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Parties { get; init => field = Given.Of(value); } = Given.Of(Parties);

    /// <summary>Why a case is not investigated; never <c>default</c>.</summary>
    public ImmutableArray<NotInvestigatedReason> NotInvestigated { get; init => field = Given.Of(value); } = Given.Of(NotInvestigated);

    /// <summary>What is done with who answers for it; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Measures { get; init => field = Given.Of(value); } = Given.Of(Measures);

    /// <summary>All that a finding may name: each cause of the upper level before those below it.</summary>
    public IEnumerable<ICodeItem> All =>
        Causes.SelectMany(cause => cause.Causes.Select(below => (ICodeItem)Told(cause, below)).Prepend(cause));

    internal CodeList<CodeItem> PartyList => new(Parties);

    internal CodeList<NotInvestigatedReason> ReasonList => new(NotInvestigated);

    internal CodeList<CodeItem> MeasureList => new(Measures);

    /// <summary>A cause for people, with the one above it; one that is in the tree no more is told as it is.</summary>
    public ICodeItem Named(string cause) => All.FirstOrDefault(item => item.Code == cause) ?? new CodeItem(cause, new(cause, cause));

    internal static readonly Refusal Unknown = new(
        "cause.unknown",
        "The cause '{value}' is not in the catalogue; use one of: {known}.",
        "原因“{value}”不在目录中，请使用：{known}。");

    /// <summary>The first of some causes that the catalogue does not have.</summary>
    internal ComplaintError? FirstUnknown(ImmutableArray<string> causes) => causes.FirstOrDefault(cause => !Has(cause)) is { } unknown
        ? Unknown.With(("value", CodeText.Shown(unknown)), ("known", All))
        : null;

    /// <summary>True for a cause of either level.</summary>
    internal bool Has(string cause) => Causes.Any(upper => upper.Code == cause || upper.Causes.Any(below => below.Code == cause));

    /// <summary>What is wrong with the catalogue itself.</summary>
    internal IEnumerable<ComplaintError> Problems()
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var problem in CodeListRules.Problems(Causes, "causes", mustHaveOne: true)
            .Concat(CodeListRules.Problems(Parties, "parties", mustHaveOne: true))
            .Concat(CodeListRules.Problems(NotInvestigated, "notInvestigated")).Concat(CodeListRules.Problems(Measures, "measures")))
            yield return problem;
        foreach (var cause in Causes)
        {
            foreach (var problem in CodeListRules.Problems(cause.Causes, $"causes[{cause.Code}].causes"))
                yield return problem;
            foreach (var code in cause.Causes.Select(below => below.Code).Prepend(cause.Code).Where(code => !codes.Add(code)))
                yield return new("definition.duplicate", ("path", $"causes[{cause.Code}]"), ("value", code));
        }
    }

    private static CodeItem Told(Cause cause, CodeItem below) =>
        new(below.Code, new($"{cause.Label.En} / {below.Label.En}", $"{cause.Label.Zh} / {below.Label.Zh}"));
}

/// <summary>A cause of the upper level.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Causes">The causes below it.</param>
public sealed record Cause(string Code, Label Label, ImmutableArray<CodeItem> Causes = default) : ICodeItem
{
    /// <summary>The causes below it; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Causes { get; init => field = Given.Of(value); } = Given.Of(Causes);
}

/// <summary>Why a case is not investigated.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">Its name in both languages.</param>
/// <param name="NeedsSimilar">True where an earlier complaint settled the same, and must be named.</param>
public sealed record NotInvestigatedReason(string Code, Label Label, bool NeedsSimilar = false) : ICodeItem;

/// <summary>Whose fault it may be, as far as the library speaks of it; a tenant may name others.</summary>
public static class FaultParty
{
    /// <summary>我方: ours.</summary>
    public const string Us = "us";

    /// <summary>客户: the customer's.</summary>
    public const string Customer = "customer";

    /// <summary>第三方: somebody else's.</summary>
    public const string ThirdParty = "third-party";

    /// <summary>不可抗力: nobody's.</summary>
    public const string ForceMajeure = "force-majeure";

    /// <summary>多方: of several.</summary>
    public const string Shared = "shared";
}
