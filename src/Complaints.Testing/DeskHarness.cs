using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
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
        BuiltIns.All.Single(definition => definition.Kind == DefinitionKinds.Tenant).Json.TrimEnd().TrimEnd('}').TrimEnd() + ",\n  " + member + "\n}\n";

    private static readonly byte[] MasterKey = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    /// <summary>A desk over a store.</summary>
    /// <param name="ports">The store.</param>
    /// <param name="clock">The clock; <c>null</c> for a new <see cref="FakeClock"/>.</param>
    /// <param name="ids">The ids; <c>null</c> for new <see cref="SequentialIds"/>. Two desks over one store need one generator, or generators of their own kind.</param>
    /// <param name="numbers">How complaints are numbered; <c>null</c> for the default.</param>
    public DeskHarness(StorePorts ports, FakeClock? clock = null, IIdGenerator? ids = null, NumberOptions? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(ports);
        Ports = ports;
        Clock = clock ?? new FakeClock();
        Keys = new PersonKeys(ports.Keys, new FileKeyProtector(MasterKey));
        Definitions = new DefinitionLibrary(ports.Definitions, Clock, []);
        Desk = new ComplaintDesk(new DeskServices(ports.Store, ports.Reader, Keys, Definitions, Clock, ids ?? new SequentialIds(), numbers, ports.Timers, Clock)).For(Agent);
    }

    /// <summary>A desk over a new store in memory.</summary>
    public DeskHarness() : this(StorePorts.Of(new InMemoryComplaintStore())) { }

    /// <summary>The store.</summary>
    public StorePorts Ports { get; }

    /// <summary>The clock.</summary>
    public FakeClock Clock { get; }

    /// <summary>The keys of persons.</summary>
    public PersonKeys Keys { get; }

    /// <summary>The definitions in force.</summary>
    public DefinitionLibrary Definitions { get; }

    /// <summary>The desk of the default tenant, on which <see cref="Agent"/> acts.</summary>
    public ComplaintDesk Desk { get; }

    /// <summary>Files a complaint that must be accepted.</summary>
    public async Task<ComplaintId> FileAsync(Core.Intake.IntakeDraft? draft = null, CancellationToken cancellationToken = default) =>
        (await Desk.RegisterAsync(draft ?? Drafts.English(), cancellationToken: cancellationToken)).Value.Complaint;

    /// <summary>Carries out commands that must be accepted, a minute apart.</summary>
    public async Task<ComplaintState> DoAsync(ComplaintId id, IEnumerable<ComplaintCommand> commands, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var state = default(ComplaintState);
        foreach (var command in commands)
        {
            Clock.Advance(Duration.FromMinutes(1));
            state = (await Desk.ExecuteAsync(id, command, cancellationToken: cancellationToken)).Value.State;
        }
        return state;
    }
}
