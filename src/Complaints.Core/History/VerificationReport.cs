using System.Collections.Immutable;

namespace Complaints.Core.History;

/// <summary>What a verification of one tenant's histories found.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Complaints">How many complaints were looked at.</param>
/// <param name="Events">How many events were hashed again.</param>
/// <param name="Checkpoints">How many parts of checkpoints were checked.</param>
/// <param name="Findings">What is not as it was written; empty when everything is proved.</param>
/// <param name="Unproven">What could not be proved, and why, a sentence each.</param>
public sealed record VerificationReport(
    TenantId Tenant, long Complaints, long Events, int Checkpoints, ImmutableArray<ChainFinding> Findings, ImmutableArray<Label> Unproven)
{
    /// <summary>How many of everything else were looked at, by what they are: <c>improvement</c>.</summary>
    public ImmutableSortedDictionary<string, long> Others { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>True when nothing was found.</summary>
    public bool IsIntact => Findings.IsEmpty;
}

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Code">A stable code, such as <c>event.altered</c>.</param>
/// <param name="Of">What it was found at; <c>null</c> for a checkpoint.</param>
/// <param name="Number">Its number, where it is known.</param>
/// <param name="Version">The first bad version; 0 where none can be named.</param>
/// <param name="Index">The first bad index within the version.</param>
/// <param name="Text">What was found, in a sentence.</param>
public sealed record ChainFinding(string Code, AggregateId? Of, string? Number, int Version, int Index, Label Text)
{
    /// <summary>The sentence in English, for logs and programs.</summary>
    public string Message => Text.En;

    /// <summary>Whose a finding is: <c>Complaint 2026-000001 (id)</c>.</summary>
    internal static Label Name(AggregateId of, string? number)
    {
        var rest = $"{number ?? "?"} ({of.Value:D})";
        var english = of.Noun.Length == 0 ? "?" : char.ToUpperInvariant(of.Noun[0]) + of.Noun[1..];
        return new($"{english} {rest}", $"{Noun(of).Zh} {rest}");
    }

    /// <summary>What it is, in words.</summary>
    internal static Label Noun(AggregateId of) => of.Noun switch
    {
        AggregateId.Complaint => new(of.Noun, "投诉"),
        AggregateId.Improvement => new(of.Noun, "整改事项"),
        _ => new(of.Noun, of.Noun),
    };

    /// <summary>What a refusal says of something stored.</summary>
    internal static ChainFinding Said(ComplaintError error) => new(error.Code, null, null, 0, 0, error.Both);
}
