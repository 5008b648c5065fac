using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>An extension (延期) that was asked for.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="Clock">The clock's id.</param>
/// <param name="Was">The deadline when it was asked for.</param>
/// <param name="Proposed">The deadline that was asked for.</param>
/// <param name="RequestedBy">Who asked; somebody else decides.</param>
/// <param name="Status">What was decided.</param>
/// <param name="Granted">The deadline that was given, which may be another than the one asked for.</param>
public sealed record Extension(int Number, string Clock, Instant Was, Instant Proposed, string RequestedBy, ExtensionStatus Status = ExtensionStatus.Pending, Instant? Granted = null)
{
    /// <summary>On whose behalf it was asked for, if on anybody's.</summary>
    public string? RequestedFor { get; init; }
}

/// <summary>What was decided about an extension.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ExtensionStatus>))]
public enum ExtensionStatus
{
    /// <summary>Nothing yet.</summary>
    Pending,

    /// <summary>It was granted, to the date that was asked for or to another.</summary>
    Granted,

    /// <summary>It was denied; the deadline stays.</summary>
    Denied,
}
