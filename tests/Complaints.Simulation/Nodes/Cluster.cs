using Complaints.Simulation.World;

namespace Complaints.Simulation.Nodes;

/// <summary>Three nodes; now and then one dies or is stopped, and after a while another takes its place.</summary>
internal sealed class Cluster
{
    private const int Size = 3;
    private readonly Setting _world;
    private readonly Node?[] _nodes = new Node?[Size];
    private int _started;

    public Cluster(Setting world)
    {
        _world = world;
        for (var place = 0; place < Size; place++)
            Start(place);
        PlanDeath();
    }

    public IReadOnlyList<Node> Nodes => [.. _nodes.OfType<Node>()];

    public Exception? Failure => Nodes.Select(node => node.Failure).FirstOrDefault(failure => failure is not null);

    private void Start(int place) => _nodes[place] = new Node(_world, $"node-{++_started}");

    private void PlanDeath() => _world.Scheduler.After(_world.Scheduler.Between(30, 400), Life.Eternal, () =>
    {
        if (_world.Weather.IsFine)
            return;
        var place = _world.Scheduler.Chance.Next(Size);
        if (_nodes[place] is { } node)
            End(node, place);
        PlanDeath();
    });

    private void End(Node node, int place)
    {
        _nodes[place] = null;
        var isStopped = _world.Scheduler.Happens(0.3);
        _world.Trace.Add(node.Name, isStopped ? "is stopped" : "dies");
        if (isStopped)
            node.Stop();
        // A host that is stopped has ten seconds (R30).
        _world.Scheduler.After(isStopped ? _world.Scheduler.Between(1, 10) : NodaTime.Duration.Zero, Life.Eternal, node.Life.End);
        _world.Scheduler.After(_world.Scheduler.Between(11, 60), Life.Eternal, () => Start(place));
    }
}
