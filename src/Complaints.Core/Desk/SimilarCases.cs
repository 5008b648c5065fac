using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>What is there already that resembles a complaint: shown before one is registered, so that somebody may follow instead of
/// filing.</summary>
/// <param name="Near">Open complaints about the same, whoever complains, the newest first; at most <see cref="Most"/>.</param>
/// <param name="Count">How many of them there are.</param>
/// <param name="Own">The customer's own, by reference, number or address; at most 20.</param>
/// <param name="SameArea">True where those of <paramref name="Near"/> are of the same area.</param>
/// <param name="SameItem">True where they are about the same product or service.</param>
public sealed record SimilarCases(
    ImmutableArray<ComplaintSummary> Near, MatchCount Count, ImmutableArray<IntakeCandidate> Own, bool SameArea = false,
    bool SameItem = false)
{
    /// <summary>20: how many are named.</summary>
    public const int Most = 20;

    /// <summary>Nothing, for who may see nothing too.</summary>
    public static SimilarCases None { get; } = new([], default, []);

    /// <summary>How many are open, in words; <c>null</c> for none.</summary>
    public Label? Words
    {
        get
        {
            if (Count.Count == 0)
                return null;
            var many = $"{Count.Count}{(Count.IsMore ? "+" : "")}";
            return (SameArea, SameItem) switch
            {
                (true, true) => new($"{many} open, same area and item", $"同片区同产品处理中 {many} 件"),
                (true, false) => new($"{many} open, same area", $"同片区处理中 {many} 件"),
                _ => new($"{many} open, same item", $"同产品处理中 {many} 件"),
            };
        }
    }
}
