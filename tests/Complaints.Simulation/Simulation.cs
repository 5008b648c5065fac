using Complaints.Core.Storage;
using Complaints.Simulation.Checks;
using Complaints.Simulation.Nodes;
using Complaints.Simulation.World;
using NodaTime;

namespace Complaints.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Seed">By which it can be repeated.</param>
/// <param name="Violation">The first promise that did not hold; <c>null</c> when all did.</param>
/// <param name="Steps">How much happened, the quiet end included.</param>
/// <param name="Commits">How many commands were written.</param>
/// <param name="Trace">What happened; kept where somebody will read it.</param>
internal sealed record Outcome(int Seed, string? Violation, int Steps, int Commits, Trace? Trace)
{
    /// <summary>What was answered with success, once each time.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];
}

/// <summary>One run: three clients and three nodes through so many steps of bad weather, then fine weather until everything is done, then the reckoning.</summary>
internal static class Simulation
{
    public const int BadSteps = 300;
    private const int Clients = 3;
    private static readonly Duration Patience = Duration.FromHours(6);

    public static Outcome Run(int seed, Bug bug = Bug.None)
    {
        var world = new Setting(seed, bug);
        var cluster = new Cluster(world);
        var desktop = new Desktop();
        Task[] clients = [.. Enumerable.Range(1, Clients).Select(i => new Client(world, cluster, desktop, $"client-{i}").WorkAsync())];
        var steps = 0;
        while (steps < BadSteps && IsSound())
            Step();
        world.Trace.Add("weather", "is fine");
        world.Weather.IsFine = true;
        var until = world.Scheduler.Now + Patience;
        while (!IsDone() && IsSound())
        {
            Step();
            world.Chronicle.Require(world.Scheduler.Now < until, "everything comes to an end", desktop.Intentions.FirstOrDefault(intention => !intention.IsKnown)?.What ?? "timers or messages wait for ever");
        }
        if (IsSound())
            Reckoning.Check(world, desktop);
        return new Outcome(seed, world.Chronicle.Violation, steps, world.Chronicle.Versions.Values.Sum(), world.Trace)
        {
            Accepted = [.. desktop.Intentions.Where(intention => intention.Answer is not null).Select(intention => intention.What)],
        };

        void Step()
        {
            world.Scheduler.Step();
            steps++;
            if ((cluster.Failure ?? clients.FirstOrDefault(client => client.IsFaulted)?.Exception) is { } failure)
                world.Chronicle.Require(false, "nothing ends by an exception", failure);
        }

        bool IsSound() => world.Chronicle.Violation is null;

        bool IsDone() => clients.All(client => client.IsCompleted) && world.Database.Inner.CountAsync(Core.TenantId.Default, default).Now() is { Outbox: 0, Timers: 0 };
    }
}
