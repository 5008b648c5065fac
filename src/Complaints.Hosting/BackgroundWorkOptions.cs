using System.Collections.Immutable;
using Complaints.Core;

namespace Complaints.Hosting;

/// <summary>How the background work runs. The defaults suit a call centre on a few nodes.</summary>
public sealed class BackgroundWorkOptions
{
    /// <summary>Whose work is done; empty for every tenant that has anything, looked up once a minute.</summary>
    public ImmutableArray<TenantId> Tenants { get; set; } = [];

    /// <summary>How long the sweeper rests when nothing is due; 100 ms to an hour.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many timers are looked at in one sweep, 1 to 10,000.</summary>
    public int SweepBatch { get; set; } = 500;

    /// <summary>How long the dispatcher rests when nothing waits; 10 ms to an hour.</summary>
    public TimeSpan DispatchEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many messages a channel takes in one claim, 1 to 10,000.</summary>
    public int ClaimBatch { get; set; } = 100;

    /// <summary>For how long a node has what it claimed; longer than <see cref="SendTimeout"/> by more
    /// than a quarter of it, at most 2 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long messages that are being sent may go on when the host stops, before they are cancelled and released; 0 to 10
    /// minutes.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a message is tried before it is given up, 1 to 1,000.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long delivered messages are kept.</summary>
    public TimeSpan KeepDelivered { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often all timers, work and links are compared with what the cases ask for; a minute to a year, on each node. The first time is this long after the start.</summary>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a keyed checkpoint is taken; a minute to a year, on each node, first an hour after the start. Nobody without the
    /// key can alter or forge an event unfound at any time; what is cut off or deleted whole is found as far as the newest checkpoint
    /// knows. Its cost is one reading of every case's row.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How late work may be before health is degraded; five times as late is unhealthy.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a channel that was told to end is waited for.</summary>
    internal TimeSpan Grace => SendTimeout < TimeSpan.FromSeconds(8) ? SendTimeout / 4 : TimeSpan.FromSeconds(2);

    /// <summary>After how long nothing is waited for any more: what was claimed is still ours then.</summary>
    internal TimeSpan LongestAttempt => SendTimeout + Grace;

    internal string? Problem() =>
        SweepEvery < TimeSpan.FromMilliseconds(100) || SweepEvery > TimeSpan.FromHours(1) ? $"{nameof(SweepEvery)} is {SweepEvery}; use 100 ms to an hour."
        : DispatchEvery < TimeSpan.FromMilliseconds(10) || DispatchEvery > TimeSpan.FromHours(1) ? $"{nameof(DispatchEvery)} is {DispatchEvery}; use 10 ms to an hour."
        : SweepBatch is < 1 or > 10_000 ? $"{nameof(SweepBatch)} is {SweepBatch}; use 1 to 10,000."
        : ClaimBatch is < 1 or > 10_000 ? $"{nameof(ClaimBatch)} is {ClaimBatch}; use 1 to 10,000."
        : ReconcileEvery < TimeSpan.FromMinutes(1) || ReconcileEvery > TimeSpan.FromDays(366) ? $"{nameof(ReconcileEvery)} is {ReconcileEvery}; use a minute to a year."
        : CheckpointEvery < TimeSpan.FromMinutes(1) || CheckpointEvery > TimeSpan.FromDays(366)
            ? $"{nameof(CheckpointEvery)} is {CheckpointEvery}; use a minute to a year."
        : MaxAttempts is < 1 or > 1_000 ? $"{nameof(MaxAttempts)} is {MaxAttempts}; use 1 to 1,000."
        : SendTimeout <= TimeSpan.Zero || Lease <= LongestAttempt
            ? $"{nameof(Lease)} ({Lease}) must be longer than {nameof(SendTimeout)} ({SendTimeout}) and {Grace} more, or messages are sent twice."
        : Lease > TimeSpan.FromHours(1) ? $"{nameof(Lease)} is {Lease}; use an hour at the most."
        : StopWithin < TimeSpan.Zero || StopWithin > TimeSpan.FromMinutes(10)
            ? $"{nameof(StopWithin)} is {StopWithin}; use 0 to 10 minutes."
        : FirstPause <= TimeSpan.Zero || LongestPause < FirstPause ? $"{nameof(LongestPause)} ({LongestPause}) must not be shorter than {nameof(FirstPause)} ({FirstPause}), and both above zero."
        : null;
}
