using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>What a desk works with. A container builds it; a test may build it by hand.</summary>
/// <param name="store">Loads and commits.</param>
/// <param name="reader">Reads for people.</param>
/// <param name="keys">The keys of persons.</param>
/// <param name="definitions">The definitions in force.</param>
/// <param name="clock">When commands happen.</param>
/// <param name="ids">Makes ids.</param>
/// <param name="numbers">How complaints are numbered; <c>null</c> for the default.</param>
/// <param name="timers">Finds what is due; without it there are no sweeps.</param>
/// <param name="deadlines">By which clock it is judged what is due; <c>null</c> for the store's if it has one, and the clock of the
/// commands if not.</param>
/// <param name="validators">What the host checks of a draft beside the library; <c>null</c> for nothing.</param>
/// <param name="disclosures">Where it is kept who was shown whose words; <c>null</c> for nowhere.</param>
/// <param name="aggregates">Where improvements live; <c>null</c> for the store of the complaints, if it can.</param>
/// <param name="work">What waits for whom; <c>null</c> for the store of the complaints, if it can say.</param>
/// <param name="links">How cases are linked; <c>null</c> for the store of the complaints, if it can say.</param>
/// <param name="damage">Where it is kept what could not be read; <c>null</c> for one of its own.</param>
/// <param name="assignment">Finds who handles a new case; <c>null</c> for the staff of the definitions and the built-in
/// strategy.</param>
/// <param name="adviser">Asks the host what helps whoever takes a complaint in; <c>null</c> for the definitions alone.</param>
/// <param name="evidence">Where files of evidence are kept; <c>null</c> for nowhere: then they are recorded only.</param>
/// <param name="parties">Who takes part in which complaint; <c>null</c> for the store of the complaints, if it can say.</param>
public sealed class DeskServices(
    IComplaintStore store, IComplaintReader reader, PersonKeys keys, DefinitionLibrary definitions, IClock clock, IIdGenerator ids, NumberOptions? numbers = null, ITimerStore? timers = null,
    IDeadlineClock? deadlines = null, HostValidators? validators = null, IDisclosureLog? disclosures = null,
        IAggregateStore? aggregates = null, DamageRecord? damage = null, IWorkStore? work = null, ILinkStore? links = null,
        AssignmentOffice? assignment = null, IntakeAdviser? adviser = null, IEvidenceStore? evidence = null,
        ITakingPartStore? parties = null)
{
    private readonly IWorkStore? _work = work ?? store as IWorkStore;
    private readonly ILinkStore? _links = links ?? store as ILinkStore;
    private readonly ITakingPartStore? _parties = parties ?? store as ITakingPartStore;
    private readonly IAggregateStore? _aggregates = aggregates ?? store as IAggregateStore;

    internal IComplaintStore Store => store;

    internal IComplaintReader Reader => reader;

    internal PersonKeys Keys => keys;

    internal DefinitionLibrary Definitions => definitions;

    internal IClock Clock => clock;

    internal IDisclosureLog? Disclosures => disclosures;

    internal HostValidators Validators { get; } = validators ?? HostValidators.None;

    internal ITimerStore Timers =>
        timers ?? throw new InvalidOperationException("This desk was built without timers; register an ITimerStore.");

    /// <summary>False where the store has complaints only.</summary>
    internal bool HasAggregates => _aggregates is not null;

    internal IWorkStore Work =>
        _work ?? throw new InvalidOperationException("This desk was built without a store for work; register an IWorkStore.");

    internal ILinkStore Links =>
        _links ?? throw new InvalidOperationException("This desk was built without a store for links; register an ILinkStore.");

    internal ITakingPartStore Parties => _parties ?? throw new InvalidOperationException(
        "This desk was built without a store for who takes part; register an ITakingPartStore.");

    internal IEvidenceStore Evidence => evidence ?? throw new InvalidOperationException(
        "This desk was built without a store for evidence; call UseEvidenceFolder, or register an IEvidenceStore.");

    /// <summary>False where files of evidence are recorded only.</summary>
    internal bool KeepsEvidence => evidence is not null;

    internal DamageRecord Damage { get; } = damage ?? new DamageRecord(clock);

    internal StateReader<Complaint> Complaints => new(StateCodec.All, Rooms.Catalogue, reader, Damage);

    internal IAggregateStore Aggregates =>
        _aggregates ?? throw new InvalidOperationException(
            "This desk was built without a store for improvements; register an IAggregateStore.");

    internal IDeadlineClock Deadlines { get; } = deadlines ?? store as IDeadlineClock ?? new HostClock(clock);

    /// <summary>True where deadlines go by the clock of the commands: then no command is early.</summary>
    internal bool HasOneClock => Deadlines is HostClock || ReferenceEquals(Deadlines, clock);

    /// <summary>What a complaint can do; a test may add rooms of its own.</summary>
    internal ComplaintRooms Rooms { get; init; } = ComplaintRooms.Current;

    internal IIdGenerator Ids => ids;

    internal AssignmentOffice Assignment { get; } = assignment ?? new AssignmentOffice(new DefinedStaff(definitions), []);

    internal IntakeAdviser Adviser { get; } = adviser ?? new IntakeAdviser();

    internal IntakeOffice Intake { get; private init; } = new(store, keys, ids, numbers ?? new NumberOptions());

    internal KnownStates States { get; private init; } = new();

    /// <summary>True inside a transaction of the host: what is written holds once the host commits.</summary>
    internal bool IsInside { get; private init; }

    /// <summary>The same by another clock, from which commands and deadlines go: for demonstrations and tests that move through
    /// time.</summary>
    public DeskServices At(IClock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(store, reader, keys, definitions, other, ids, numbers, timers, new HostClock(other), Validators, disclosures,
            _aggregates, Damage, _work, _links, Assignment, Adviser, evidence, _parties)
        {
            Rooms = Rooms,
        };
    }

    /// <summary>The same, with every write inside a transaction of the host.</summary>
    internal DeskServices In(ICommitScope scope)
    {
        if (IsInside)
            throw new InvalidOperationException("This desk is inside a transaction already: take the one that it was made from.");
        var scoped = scope.Enter(store);
        // The store's clock is asked on the host's connection too: another one might be waited for while rows are locked.
        var inside = ReferenceEquals(Deadlines, store) ? scoped as IDeadlineClock : null;
        return new(scoped, reader, keys, definitions, clock, ids, numbers, timers, inside ?? Deadlines, Validators, disclosures,
            scoped as IAggregateStore, Damage, _work, _links, Assignment, Adviser, evidence, _parties)
        {
            Intake = Intake.Inside(scoped), States = States, Rooms = Rooms, IsInside = true,
        };
    }
}

/// <summary>How complaints are numbered where they are numbered in blocks (<see cref="TenantSettings.GapFreeNumbers"/>).</summary>
/// <param name="BlockSize">How many numbers a node takes at once, 1 to 10,000. A node that stops leaves the rest of its block
/// unused.</param>
public sealed record NumberOptions(int BlockSize = 32);
