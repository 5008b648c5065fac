namespace Complaints.Simulation.World;

/// <summary>How long something goes on: what belongs to a life that is over never happens any more.</summary>
internal sealed class Life(Life? parent = null)
{
    private readonly List<Action> _mourners = [];
    private bool _isOver;

    /// <summary>The life of what is on no node: the store, the wire, the customers.</summary>
    public static Life Eternal { get; } = new();

    public bool IsOver => _isOver || parent is { IsOver: true };

    /// <summary>Does something at the end, unless that has come.</summary>
    public void AtEnd(Action action) => _mourners.Add(action);

    public void End()
    {
        _isOver = true;
        foreach (var mourner in _mourners)
            mourner();
        _mourners.Clear();
    }
}
