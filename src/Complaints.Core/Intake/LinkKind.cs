using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>How a complaint is linked with another case.</summary>
public static class LinkKind
{
    /// <summary>重复投诉: the same customer with the same matter again; it counts as a repeat.</summary>
    public const string Repeat = "repeat";

    /// <summary>同一事项: about the same matter, whoever complains.</summary>
    public const string SameMatter = "same-matter";

    /// <summary>重复登记: the same complaint written down twice, which is carried on by itself all the same.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>拆分: a part of the other that goes on by itself.</summary>
    public const string SplitOff = "split-off";

    /// <summary>已合并: carried on by the other. No link to be made: a merge makes it.</summary>
    public const string Merged = "merged";

    /// <summary>整改: part of an improvement. No link to be made here: the improvement takes it in.</summary>
    public const string Improvement = "improvement";

    /// <summary>Those that somebody may make.</summary>
    internal static CodeList<CodeItem> Made { get; } = new(
    [
        new(Repeat, new("a repeat of", "重复投诉，原投诉为")),
        new(SameMatter, new("the same matter as", "与其为同一事项")),
        new(Duplicate, new("a duplicate of", "重复登记，原登记为")),
        new(SplitOff, new("split off from", "拆分自")),
    ]);

    private static readonly ImmutableArray<CodeItem> Others =
    [
        new(Merged, new("merged into", "已并入")),
        new(Improvement, new("part of the improvement", "属于整改事项")),
    ];

    private static readonly ImmutableArray<CodeItem> Back =
    [
        new(Repeat, new("repeated by", "被其重复投诉")),
        new(SameMatter, new("the same matter as", "与其为同一事项")),
        new(Duplicate, new("has the duplicate", "重复登记为")),
        new(SplitOff, new("a part was split off as", "已拆分出")),
        new(Merged, new("carries on", "已接管")),
        new(Improvement, new("is about", "涉及投诉")),
    ];

    /// <summary>A link in words, before the other end's number.</summary>
    /// <param name="kind">Its code.</param>
    /// <param name="isOurs">True as the case says it whose history has it; false as the other end sees it.</param>
    public static Label Words(string kind, bool isOurs = true) =>
        (isOurs ? Made.Items.AddRange(Others) : Back).FirstOrDefault(item => item.Code == kind)?.Label ?? new(kind, kind);
}

/// <summary>A link that somebody made to another complaint, besides that of a repeat.</summary>
/// <param name="Other">The other complaint.</param>
/// <param name="Kind">How: a code of <see cref="LinkKind"/>.</param>
public readonly record struct CaseTie(ComplaintId Other, string Kind);
