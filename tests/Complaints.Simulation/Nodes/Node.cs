using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Hosting;
using Complaints.Simulation.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Simulation.Nodes;

/// <summary>One node from its start to its death: the desk, the dispatcher and the sweeps of the product over its own wire, clock and timers.</summary>
internal sealed class Node
{
    private const int SweepBatch = 50;
    private static readonly ComplaintsDiagnostics Diagnostics = new(null);
    private static readonly IOptions<BackgroundWorkOptions> Options = Microsoft.Extensions.Options.Options.Create(new BackgroundWorkOptions
    {
        Tenants = [TenantId.Default],
        DispatchEvery = TimeSpan.FromMinutes(4),
        LongestPause = TimeSpan.FromMinutes(5),
        MaxAttempts = 6,
    });

    private readonly Setting _world;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SkewedClock _clock;
    private Task _dispatching = Task.CompletedTask;
    private Task _sweeping = Task.CompletedTask;

    public Node(Setting world, string name)
    {
        (_world, Name) = (world, name);
        var scheduler = world.Scheduler;
        var skew = Duration.FromMilliseconds(scheduler.Chance.Next(-1_900, 1_900));
        _clock = new SkewedClock(scheduler, world.Bug == Bug.SweepByTheNodesClock ? skew + Duration.FromMinutes(4) : skew);
        var store = new NodeStore(world.Database, new Wire(scheduler, world.Weather, Life), name);
        var services = new DeskServices(store, world.Database.Inner, new PersonKeys(store, Rules.Protector, _clock), Rules.Library, _clock, new SeededIds(scheduler), new NumberOptions(4), store,
            world.Bug == Bug.SweepByTheNodesClock ? _clock : new StoreClock(scheduler));
        Desk = new ComplaintDesk(services);
        var time = new NodeTime(scheduler, Life);
        var pump = new ChannelPump(store, Diagnostics, Options, new StoreClock(scheduler), time, NullLogger<ChannelPump>.Instance);
        var tenants = new TenantList(Options, world.Database.Inner, time);
        var channels = world.Receivers.Select(receiver => new SimulatedChannel(receiver, scheduler, world.Weather, Life));
        var dispatcher = new OutboxDispatcher(channels, pump, tenants, Options, time,
            new Supervisor(time, NullLogger<Supervisor>.Instance), NullLogger<OutboxDispatcher>.Instance);
        scheduler.After(scheduler.Between(0, 60), Life, () => _dispatching = dispatcher.DispatchAsync(_stopping.Token));
        scheduler.After(scheduler.Between(0, 60), Life, () => _sweeping = SweepAsync());
    }

    public string Name { get; }

    public Life Life { get; } = new();

    public ComplaintDesk Desk { get; }

    /// <summary>What ended by itself, which no background work ever may.</summary>
    public Exception? Failure => _dispatching.Exception ?? _sweeping.Exception;

    /// <summary>As SIGTERM: nothing new is taken on, and what is being sent may end (R30).</summary>
    public void Stop() => _stopping.Cancel();

    private async Task SweepAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var result = await Desk.SweepAsync(SweepBatch, _stopping.Token).ConfigureAwait(false);
                if (result.RefusedCount > 0)
                    _world.Trace.Add(Name, "refused in a sweep", result.Refused[0].Refusal.Code);
            }
            catch (StoreException e)
            {
                _world.Trace.Add(Name, "sweep failed", e.GetType().Name);
            }
            await _world.Scheduler.DelayAsync(_world.Scheduler.Between(120, 300), Life).ConfigureAwait(false);
        }
    }
}
