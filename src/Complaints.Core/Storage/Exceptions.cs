using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>A store failed in a way that repeating will not mend.</summary>
public class StoreException : Exception
{
    /// <summary>A failure with its cause.</summary>
    public StoreException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>A store cannot be reached, or a commit's outcome is unknown. Repeat with the same command id: it takes effect once.</summary>
public sealed class StoreUnavailableException : StoreException
{
    /// <summary>A failure with its cause.</summary>
    public StoreUnavailableException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>What was asked for is damaged in the store. Nothing was written; everything else can be used.</summary>
public sealed class UnreadableException : StoreException
{
    /// <summary>A failure with its stable code.</summary>
    public UnreadableException(ComplaintError error, Exception? inner = null) : base(MessageOf(error), inner) => Error = error;

    /// <summary>What is damaged and what to do: <c>history.unreadable</c>.</summary>
    public ComplaintError Error { get; }

    private static string MessageOf(ComplaintError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Message;
    }
}

/// <summary>This host's clock and the database's are too far apart for anything to be dated: nothing was written. Set the host's clock
/// right.</summary>
public sealed class ClockSkewException : StoreException
{
    /// <summary>A skew.</summary>
    /// <param name="skew">How far this host's clock is ahead of the database's; negative when it is behind.</param>
    public ClockSkewException(Duration skew) : base(ErrorOf(skew).Message) => Skew = skew;

    /// <summary>How far this host's clock is ahead of the database's; negative when it is behind.</summary>
    public Duration Skew { get; }

    /// <summary>The failure as an error with a stable code, <c>clock.skew</c>.</summary>
    public ComplaintError Error => ErrorOf(Skew);

    private static ComplaintError ErrorOf(Duration skew) => new("clock.skew", ("value", (long)skew.TotalSeconds));
}

/// <summary>Somebody else changed the complaint, or the improvement, meanwhile. Load it again and decide on what it is now.</summary>
public sealed class ConflictException : Exception
{
    /// <summary>A conflict on a complaint.</summary>
    /// <param name="complaint">The complaint.</param>
    /// <param name="expectedVersion">The version that the caller had seen.</param>
    /// <param name="currentVersion">The version that it has.</param>
    public ConflictException(ComplaintId complaint, int expectedVersion, int currentVersion)
        : this(AggregateId.Of(complaint), expectedVersion, currentVersion) { }

    /// <summary>A conflict on anything.</summary>
    public ConflictException(AggregateId id, int expectedVersion, int currentVersion)
        : base(ErrorOf(id, expectedVersion, currentVersion).Message) =>
        (Id, ExpectedVersion, CurrentVersion) = (id, expectedVersion, currentVersion);

    /// <summary>On what.</summary>
    public AggregateId Id { get; }

    /// <summary>The complaint; <c>default</c> for a conflict on something else.</summary>
    public ComplaintId Complaint => Id.Noun == AggregateId.Complaint ? new(Id.Value) : default;

    /// <summary>The version that the caller had seen.</summary>
    public int ExpectedVersion { get; }

    /// <summary>The version that it has.</summary>
    public int CurrentVersion { get; }

    /// <summary>The conflict as an error with a stable code: <c>complaint.changed</c>, <c>improvement.changed</c>.</summary>
    public ComplaintError Error => ErrorOf(Id, ExpectedVersion, CurrentVersion);

    private static ComplaintError ErrorOf(AggregateId id, int expected, int current) =>
        id.Noun == AggregateId.Improvement
            ? new ComplaintError("improvement.changed", ("value", expected), ("current", current))
            : new ComplaintError("complaint.changed", ("value", expected), ("current", current));
}
