using NodaTime;

namespace Complaints.Storage.PostgreSql;

/// <summary>What a server says of itself, for health checks and people.</summary>
/// <param name="Version">Its version, such as <c>15.18</c>.</param>
/// <param name="Fsync">False when it leaves it to the operating system to write to the disk.</param>
/// <param name="SynchronousCommit">False when it answers before a commit is on the disk.</param>
/// <param name="RowLevelSecurity">True when it hides other tenants' rows by itself.</param>
/// <param name="ClockSkew">How far this host's clock is ahead of the database's, negative when it is behind; <c>null</c> when the store was given no clock.</param>
public sealed record PostgreSqlServer(string Version, bool Fsync, bool SynchronousCommit, bool RowLevelSecurity, Duration? ClockSkew)
{
    /// <summary>Beyond this a host is degraded: 2 seconds.</summary>
    public static Duration DegradedSkew { get; } = Duration.FromSeconds(2);

    /// <summary>True when what was answered survives a crash of the server.</summary>
    public bool KeepsAcknowledged => Fsync && SynchronousCommit;

    /// <summary>True when the clocks are more than <see cref="DegradedSkew"/> apart.</summary>
    public bool IsDegraded => ClockSkew is { } skew && (skew > DegradedSkew || -skew > DegradedSkew);
}
