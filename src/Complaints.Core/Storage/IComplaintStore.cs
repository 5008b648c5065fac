using System.Collections.Immutable;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// Where complaints live: two round trips a command, one to load and one to write. Implementations keep every promise of one
/// <see cref="CommitAsync"/>: all of it or nothing, durable when it returns. Authors run the suites of
/// <c>Complaints.Testing.Conformance</c>.
/// </summary>
public interface IComplaintStore
{
    /// <summary>Loads what a command on an existing complaint needs, in one round trip.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; nothing was changed.</exception>
    ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken);

    /// <summary>Loads what a new complaint needs, in one round trip: the answer of a repeated command, similar complaints, a block of
    /// numbers.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; at most a block of numbers was used up.</exception>
    /// <exception cref="ConflictException">Inside a transaction of the host: another one stands between this one and the next number. The
    /// host's work is still there.</exception>
    ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken);

    /// <summary>Writes one command: state, events, timers, outbox, command row, look-ups, key. All or nothing.</summary>
    /// <returns>Whether it was written, or what stood in the way; then nothing was written.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached, or the outcome is unknown: repeat with the same command
    /// id.</exception>
    ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken);

    /// <summary>
    /// How complaints are numbered where the tenant's settings leave it open (<see cref="Definitions.TenantSettings.GapFreeNumbers"/>):
    /// true where intakes go one after the other in any case,
    /// so that numbers without gaps cost little; false, the default, for blocks of numbers.
    /// </summary>
    bool PrefersGapFreeNumbers => false;
}

/// <summary>What was found for a command.</summary>
/// <param name="Complaint">The complaint; <c>null</c> if the tenant has none of that id.</param>
/// <param name="Timers">Its timers.</param>
/// <param name="Keys">The wrapped keys of its person and of everybody else who takes part in it, in any order; those that were destroyed
/// are missing.</param>
/// <param name="Earlier">The command row, if this command id was used before.</param>
public sealed record LoadedComplaint(
    StoredComplaint? Complaint, ImmutableArray<TimerRow> Timers, ImmutableArray<WrappedKey> Keys, CommandRow? Earlier);

/// <summary>A complaint as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">How many commands have changed it.</param>
/// <param name="Schema">The schema of <paramref name="State"/>.</param>
/// <param name="State">The state's bytes.</param>
/// <param name="Head">The hash of its newest event.</param>
/// <param name="Person">Whose key seals it, besides those of who takes part.</param>
public sealed record StoredComplaint(ComplaintId Id, int Version, int Schema, ReadOnlyMemory<byte> State, ReadOnlyMemory<byte> Head, SubjectId Person);

/// <summary>What a new complaint asks for.</summary>
/// <param name="Tenant">Whose it will be.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Lookups">What identifies the customer.</param>
/// <param name="Year">The year of the number.</param>
/// <param name="Numbers">How many numbers to reserve; 0 for none.</param>
/// <param name="SourceHash">The keyed hash of its id elsewhere, if it has one.</param>
/// <param name="NextNumber">
/// With <paramref name="Numbers"/> 0: true to be told the year's next number, which the commit takes
/// (<see cref="ComplaintCommit.Number"/>). Inside a transaction of the host it is kept
/// from all others until the transaction ends, unless the command or the source's id is known already: then none is told.
/// </param>
/// <param name="LoadsOf">Whose open complaints are to be counted, by the host's ids of owners.</param>
public sealed record IntakeQuery(
    TenantId Tenant, CommandId Command, ImmutableArray<Lookup> Lookups, int Year, int Numbers, string? SourceHash = null,
    bool NextNumber = false, ImmutableArray<string> LoadsOf = default)
{
    /// <summary>Whose open complaints are to be counted; never <c>default</c>.</summary>
    public ImmutableArray<string> LoadsOf { get; init; } = LoadsOf.IsDefault ? [] : LoadsOf;

    /// <summary>A page of other complaints to bring along, whoever complains, and how many there are: for who looks before registering. Not
    /// together with numbers or loads.</summary>
    public ComplaintQuery? Near { get; init; }

    /// <summary>Checks the bounds; stores call it first.</summary>
    /// <exception cref="ArgumentException">A page of others together with numbers or loads, or beyond its own bounds.</exception>
    public void ThrowIfUnusable()
    {
        if (Near is null)
            return;
        if (Numbers != 0 || NextNumber || !LoadsOf.IsEmpty)
            throw new ArgumentException("Who looks for similar complaints takes no number and counts no loads.");
        Near.ThrowIfUnusable();
    }
}

/// <summary>What was found for a new complaint.</summary>
/// <param name="Candidates">Earlier complaints with one of the look-ups, those with the same reference first, then the newest; at most
/// 20.</param>
/// <param name="FirstNumber">The first number of the reserved block, or the next number; 0 if neither was asked for, or none is
/// needed.</param>
/// <param name="Earlier">The command row, if this command id was used before.</param>
/// <param name="Existing">The complaint that is known under the source's id.</param>
/// <param name="Key">The wrapped key of the first candidate's person, if that one shares the reference and the key still
/// exists.</param>
/// <param name="Loads">How many open complaints those have who were asked for, in any order; who has none may be missing.</param>
public sealed record LoadedIntake(
    ImmutableArray<IntakeCandidate> Candidates, long FirstNumber, CommandRow? Earlier, ComplaintId? Existing, ReadOnlyMemory<byte>? Key,
    ImmutableArray<OwnerLoad> Loads = default)
{
    /// <summary>The loads; never <c>default</c>.</summary>
    public ImmutableArray<OwnerLoad> Loads { get; init; } = Loads.IsDefault ? [] : Loads;

    /// <summary>The page of <see cref="IntakeQuery.Near"/>; <c>null</c> where none was asked for.</summary>
    public ComplaintPage? Near { get; init; }

    /// <summary>How many of them there are.</summary>
    public MatchCount NearCount { get; init; }
}

/// <summary>How much somebody has in hand.</summary>
/// <param name="Owner">Who, by the host's id.</param>
/// <param name="Open">How many complaints of that owner are in one of <see cref="Lifecycle.States.InHand"/>.</param>
public readonly record struct OwnerLoad(string Owner, int Open);

/// <summary>A command that was carried out.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Hash">A keyed hash of the command; another command with the same id is refused.</param>
/// <param name="Answer">The answer's bytes.</param>
/// <param name="RecordedAt">When.</param>
public sealed record CommandRow(CommandId Id, string Hash, ReadOnlyMemory<byte> Answer, Instant RecordedAt);

/// <summary>An instant at which a clock must be looked at again. A projection: it is decided again when it fires.</summary>
/// <param name="Clock">The clock's id within the complaint.</param>
/// <param name="Purpose">What for: <c>breach</c>.</param>
/// <param name="Due">When.</param>
public sealed record TimerRow(string Clock, string Purpose, Instant Due)
{
    /// <summary>True when the other is the same timer, moved or not at all.</summary>
    internal bool IsSame(TimerRow other) => Clock == other.Clock && Purpose == other.Purpose;
}

/// <summary>A message that waits to be sent.</summary>
/// <param name="Id">Its id, which travels with it.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Payload">UTF-8 JSON of ids and codes; nothing personal.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="NotBefore">When it may be sent at the earliest, because its receiver must not be disturbed before; <c>null</c> for at
/// once.</param>
public sealed record OutboxMessage(Guid Id, string Topic, ReadOnlyMemory<byte> Payload, Instant CreatedAt, Instant? NotBefore = null)
{
    /// <summary>When it is first due.</summary>
    public Instant DueAt => NotBefore ?? CreatedAt;
}

/// <summary>How a commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>It was written and is durable.</summary>
    Committed,

    /// <summary>The complaint has another version, or the command id, the number, the source's id or the new person's key is there already, or
    /// a person was erased meanwhile: load again.</summary>
    Conflict,
}
