using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Contact;

/// <summary>What may be handed in as evidence.</summary>
/// <param name="Kinds">What it may be, with the types of files of each.</param>
/// <param name="MaxBytes">The most bytes of a file, 1 to 1,073,741,824; default 52,428,800.</param>
public sealed record EvidenceRules(ImmutableArray<EvidenceKind> Kinds, int MaxBytes = 50 * 1024 * 1024)
{
    /// <summary>The most that a tenant may permit: 1 GB.</summary>
    public const int Largest = 1024 * 1024 * 1024;

    /// <summary>What it may be; never <c>default</c>.</summary>
    public ImmutableArray<EvidenceKind> Kinds { get; init; } = Kinds.IsDefault ? [] : Kinds;

    internal IEnumerable<ComplaintError> Problems()
    {
        foreach (var problem in CodeListRules.Problems(Kinds, "kinds", mustHaveOne: true))
            yield return problem;
        for (var i = 0; i < Kinds.Length; i++)
        {
            if (Kinds[i].Types.IsEmpty)
                yield return new("definition.empty", ("path", $"kinds[{i}].types"));
            foreach (var type in Kinds[i].Types.Where(type => !EvidenceType.All.Contains(type)))
                yield return new("definition.missing", ("path", $"kinds[{i}].types"), ("value", type), ("known", EvidenceType.All));
        }
        if (MaxBytes is < 1 or > Largest)
            yield return new("number.out_of_range", ("field", "maxBytes"), ("value", MaxBytes), ("low", 1), ("high", Largest));
    }
}

/// <summary>What a piece of evidence may be.</summary>
/// <param name="Code">The code: <c>photo</c>.</param>
/// <param name="Label">The name.</param>
/// <param name="Types">The types of files, of <see cref="EvidenceType.All"/>.</param>
public sealed record EvidenceKind(string Code, Label Label, ImmutableArray<string> Types) : ICodeItem
{
    /// <summary>The types of files; never <c>default</c>.</summary>
    public ImmutableArray<string> Types { get; init; } = Types.IsDefault ? [] : Types;
}

/// <summary>Who handed in a piece of evidence.</summary>
public static class EvidenceSource
{
    /// <summary>客户: the customer, or who speaks for the customer.</summary>
    public const string Customer = "customer";

    /// <summary>内部: one of ours found it.</summary>
    public const string House = "house";

    /// <summary>外部: somebody else, such as a carrier or an expert.</summary>
    public const string Outside = "outside";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Customer, new("the customer", "客户")),
        new(House, new("our own", "内部")),
        new(Outside, new("somebody else", "外部")),
    ]);
}

/// <summary>A piece of evidence of a complaint.</summary>
/// <param name="Number">Its number within the complaint; never used again.</param>
/// <param name="Kind">A code of the tenant's kinds.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 hexadecimal digits in lower case.</param>
public sealed record EvidenceMark(int Number, string Kind, string Sha256)
{
    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => Subject.Of("evidence", Number);

    internal static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigit);
}
