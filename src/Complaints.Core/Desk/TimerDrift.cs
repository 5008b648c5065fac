using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>A timer that is not what the state of its complaint, or of its improvement, asks for.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Number">Its number; <c>null</c> if it is not there.</param>
/// <param name="Version">The version at which this was seen; 0 if it is not there.</param>
/// <param name="Kind">In which way.</param>
/// <param name="Stored">The timer as it is; <c>null</c> when it is missing.</param>
/// <param name="Expected">The timer as it must be; <c>null</c> when there must be none, or when nobody can say.</param>
public sealed record TimerDrift(AggregateId Of, string? Number, int Version, TimerDriftKind Kind, TimerRow? Stored, TimerRow? Expected)
{
    /// <summary>What puts it right at a complaint; <c>null</c> when nobody can say.</summary>
    internal TimerRepair? Repair => Kind == TimerDriftKind.Undecidable ? null
        : Expected is { } wanted ? new(new(Of.Value), Version, wanted, Remove: false)
        : new(new(Of.Value), Version, Stored!, Remove: true);
}

/// <summary>In which way a timer is not what it must be.</summary>
public enum TimerDriftKind
{
    /// <summary>A running clock has no timer: it would never fire.</summary>
    Missing,

    /// <summary>A timer that no clock asks for, or whose complaint is not there.</summary>
    Extra,

    /// <summary>It is due at another instant than its clock.</summary>
    Moved,

    /// <summary>This program cannot say what it must be: the complaint was written by a newer one, or the definitions it is pinned to are
    /// not there, or its state is damaged.</summary>
    Undecidable,
}
