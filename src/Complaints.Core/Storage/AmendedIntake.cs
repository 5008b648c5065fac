using System.Collections.Immutable;
using Complaints.Core.Intake;

namespace Complaints.Core.Storage;

/// <summary>What a complaint is given once, with its first version, and is given anew by this commit: with it the columns area, item kind
/// and item model of the <see cref="ComplaintCommit.Summary"/> are written, too.</summary>
public sealed record AmendedIntake
{
    /// <summary>The look-ups in the place of the complaint's; <c>null</c> keeps them.</summary>
    public ImmutableArray<Lookup>? Lookups { get; init; }

    /// <summary>With <see cref="Lookups"/> the <see cref="ComplaintSummary.CustomerHash"/> in the place of the old one. An imported
    /// complaint that has none gets none: its source says by what repeats are told.</summary>
    public string? CustomerHash { get; init; }

    /// <summary>What <see cref="ItemHash"/> says of an item that has no reference any more.</summary>
    public const string NoItem = "";

    /// <summary>The <see cref="ComplaintSummary.ItemHash"/> in the place of the old one; <c>null</c> keeps it, and <see cref="NoItem"/>
    /// takes it away.</summary>
    public string? ItemHash { get; init; }
}
