using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <summary>A desk over any store, with a clock that stands still, ids that repeat in every run, and a master key in memory.</summary>
public sealed class DeskHarness
{
    /// <summary>An agent.</summary>
    public static readonly Actor Agent = new("amy", Role.Agent);

    /// <summary>A supervisor.</summary>
    public static readonly Actor Supervisor = new("sun", Role.Supervisor);

    /// <summary>A director.</summary>
    public static readonly Actor Director = new("dong", Role.Director);

    /// <summary>An administrator.</summary>
    public static readonly Actor Administrator = new("adam", Role.Administrator);

    /// <summary>The built-in tenant settings, but for numbers without gaps: publish it as <c>tenant</c>, <c>default</c>.</summary>
    public static readonly string GapFreeSettings = BuiltInSettings("\"gapFreeNumbers\": true");

    /// <summary>The built-in tenant settings, but for numbers in blocks whatever the store prefers: publish it as <c>tenant</c>, <c>default</c>.</summary>
    public static readonly string BlockSettings = BuiltInSettings("\"gapFreeNumbers\": false");

    private static string BuiltInSettings(string member) =>
        BuiltIns.All.Single(definition => definition.Kind == SharedDefinitions.Tenant.Name).Json.TrimEnd().TrimEnd('}')
            .TrimEnd() + ",\n  " + member + "\n}\n";

    internal static readonly byte[] MasterKey = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    /// <summary>A desk over a store.</summary>
    /// <param name="ports">The store.</param>
    /// <param name="clock">The clock; <c>null</c> for a new <see cref="FakeClock"/>.</param>
    /// <param name="ids">The ids; <c>null</c> for new <see cref="SequentialIds"/>. Two desks over one store need one generator, or generators of their own kind.</param>
    /// <param name="numbers">How complaints are numbered; <c>null</c> for the default.</param>
    /// <param name="assignment">Who finds out who handles a new complaint; <c>null</c> for the definitions alone.</param>
    /// <param name="adviser">Who asks the host what helps at intake; <c>null</c> for the definitions alone.</param>
    /// <param name="evidence">Where files of evidence are kept; <c>null</c> for nowhere.</param>
    public DeskHarness(
        StorePorts ports, FakeClock? clock = null, IIdGenerator? ids = null, NumberOptions? numbers = null,
        AssignmentOffice? assignment = null, IntakeAdviser? adviser = null, IEvidenceStore? evidence = null)
    {
        ArgumentNullException.ThrowIfNull(ports);
        Ports = ports;
        Clock = clock ?? new FakeClock();
        Damage = new DamageRecord(Clock);
        Keys = new PersonKeys(ports.Keys, new FileKeyProtector(MasterKey), Clock, Damage, evidence);
        Definitions = new DefinitionLibrary(ports.Definitions, Clock, [], damage: Damage, keys: Keys, work: ports.Work);
        var services = new DeskServices(
            ports.Store, ports.Reader, Keys, Definitions, Clock, ids ?? new SequentialIds(), numbers, ports.Timers, Clock,
            aggregates: ports.Aggregates, damage: Damage, work: ports.Work, links: ports.Links,
            assignment: assignment, adviser: adviser, evidence: evidence, parties: ports.Parties);
        Desk = new ComplaintDesk(services).For(Agent);
    }

    /// <summary>A desk over a new store in memory, whose time is the harness's.</summary>
    public DeskHarness() : this(new FakeClock()) { }

    private DeskHarness(FakeClock clock) : this(StorePorts.Of(new InMemoryComplaintStore(clock: clock)), clock) { }

    /// <summary>The store.</summary>
    public StorePorts Ports { get; }

    /// <summary>The clock.</summary>
    public FakeClock Clock { get; }

    /// <summary>What was met and could not be read.</summary>
    public DamageRecord Damage { get; }

    /// <summary>The keys of persons.</summary>
    public PersonKeys Keys { get; }

    /// <summary>The definitions in force.</summary>
    public DefinitionLibrary Definitions { get; }

    /// <summary>The desk of the default tenant, on which <see cref="Agent"/> acts.</summary>
    public ComplaintDesk Desk { get; }

    /// <summary>Files a complaint that must be accepted.</summary>
    public async Task<ComplaintId> FileAsync(Core.Intake.IntakeDraft? draft = null, CancellationToken cancellationToken = default) =>
        (await Desk.RegisterAsync(draft ?? Drafts.English(), cancellationToken: cancellationToken).ConfigureAwait(false)).Value.Complaint;

    /// <summary>Carries out commands that must be accepted, a minute apart.</summary>
    public async Task<ComplaintState> DoAsync(ComplaintId id, IEnumerable<ComplaintCommand> commands, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var state = default(ComplaintState);
        foreach (var command in commands)
        {
            Clock.Advance(Duration.FromMinutes(1));
            state = (await Desk.ExecuteAsync(id, command, cancellationToken: cancellationToken).ConfigureAwait(false)).Value.State;
        }
        return state;
    }

    /// <summary>
    /// Sends what is due by <see cref="Clock"/> to one channel, each message once, as the background work of a host does. A topic that the channel does not take is done;
    /// what is to be tried again waits for the time that the channel named, or a minute.
    /// </summary>
    /// <returns>How many messages the channel was given.</returns>
    public async Task<int> DeliverAsync(IMessageChannel channel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var now = Clock.GetCurrentInstant();
        // All claims before the first is settled: what is to be tried again at once must not come twice.
        var claims = new List<OutboxClaim>();
        while (await ClaimAsync(now, cancellationToken).ConfigureAwait(false) is { Messages.IsEmpty: false } claim)
            claims.Add(claim);
        var sent = 0;
        foreach (var claim in claims)
        {
            var fates = new List<MessageFate>();
            foreach (var message in claim.Messages)
            {
                sent += channel.Takes(message.Topic) ? 1 : 0;
                fates.Add(!channel.Takes(message.Topic) ? new MessageFate.Delivered(message.Id) : await channel.SendAsync(message, cancellationToken).ConfigureAwait(false) switch
                {
                    DeliveryResult.Retry retry => new MessageFate.Retried(message.Id, now + (retry.After ?? Duration.FromMinutes(1))),
                    DeliveryResult.DeadLetter dead => new MessageFate.GivenUp(message.Id, dead.Reason),
                    _ => new MessageFate.Delivered(message.Id),
                });
            }
            await Ports.Outbox.SettleAsync(Desk.Tenant, claim.Token, fates, now, cancellationToken).ConfigureAwait(false);
        }
        return sent;
    }

    private ValueTask<OutboxClaim> ClaimAsync(Instant now, CancellationToken cancellationToken) =>
        Ports.Outbox.ClaimAsync(Desk.Tenant, new OutboxQuery(Guid.NewGuid().ToString("N"), 1_000, Duration.FromMinutes(1), Now: now), cancellationToken);
}
