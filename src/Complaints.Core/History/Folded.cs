using Complaints.Core.Intake;
using Complaints.Core.Capabilities;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>What a chain leads to, event by event, whatever it is of.</summary>
internal interface IFolded
{
    /// <summary>One more event; false when this program does not know it: then nothing can be said of the state.</summary>
    bool Next(in EventHeader header);

    /// <summary>The state so far; <c>null</c> before the first event.</summary>
    object? State { get; }

    /// <summary>The first event; <c>null</c> before it.</summary>
    object? First { get; }

    /// <summary>What was told of the item, in order; sealed.</summary>
    IReadOnlyList<Personal<Item>> Items { get; }

    /// <summary>What is stored beside the chain and is not what the chain says.</summary>
    IReadOnlyList<string> Differences(StoredRow row);

    /// <summary>For one kind of aggregate; <c>null</c> for one that this program does not know.</summary>
    static IFolded? Of(TenantId tenant, string noun) => noun switch
    {
        AggregateId.Complaint => new Folded<Complaint>(tenant, ComplaintRooms.Current.Catalogue, RowCheck.Differences),
        AggregateId.Improvement => new Folded<Improvement>(tenant, ImprovementRooms.Current.Catalogue, RowCheck.Differences),
        _ => null,
    };
}

/// <inheritdoc/>
internal sealed class Folded<TState>(TenantId tenant, Catalogue<TState> catalogue, Func<TState, StoredRow,
    List<string>> differences) : IFolded
    where TState : class, IAggregate<TState>
{
    private readonly List<Personal<Item>> _items = [];
    private TState? _state;

    public object? State => _state;

    public object? First { get; private set; }

    public IReadOnlyList<Personal<Item>> Items => _items;

    public bool Next(in EventHeader header)
    {
        var written = EventCodec.Read(header, catalogue);
        if (written.Event is null)
            return false;
        First ??= written.Event;
        if (written.Event is ITellsItem { Item: { } item })
            _items.Add(item);
        _state = StateBytes<TState>.Next(tenant, _state, written);
        return true;
    }

    public IReadOnlyList<string> Differences(StoredRow row) => _state is { } state ? differences(state, row) : [];
}
