using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Capabilities;
using Complaints.Core.Improvements;

namespace Complaints.Core.History;

/// <summary>Writes and reads a complaint's stored state. The state is a cache of its history: one of another schema is rebuilt from the
/// events.</summary>
public static class StateCodec
{
    /// <summary>Raise it when the same events lead to another state than before, though its records have not changed.</summary>
    internal const int FoldNumber = 8;

    /// <summary>The schema that this program writes. It follows from the state's records as they are written and from the fold number: a
    /// test works it out, so that a changed record cannot be forgotten and no program spends its start on it.</summary>
    public static int Schema => 1814156805;

    /// <summary>The same of improvements.</summary>
    internal const int ImprovementFoldNumber = 1;

    /// <summary>The states of improvements.</summary>
    internal static StateBytes<Improvement> Improvements { get; } = new(527843743, StateJson.Default.Improvement);

    private static readonly StateBytes<Complaint> Complaints = new(Schema, StateJson.Default.Complaint);

    /// <summary>The bytes of a state whose personal values are sealed.</summary>
    public static ReadOnlyMemory<byte> Write(Complaint complaint) => Complaints.Write(complaint);

    /// <summary>A state of this schema.</summary>
    /// <exception cref="InvalidDataException">The bytes are no state.</exception>
    public static Complaint Read(ReadOnlySpan<byte> state) => Complaints.Read(state);

    /// <summary>The states of complaints.</summary>
    internal static StateBytes<Complaint> All => Complaints;

    /// <summary>The state that a history leads to, and the first type of event that this version does not know.</summary>
    public static (Complaint? State, string? Unknown) Fold(TenantId tenant, IEnumerable<RecordedEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Complaints.Fold(tenant, history.Select(recorded => new WrittenEvent<Complaint>(recorded.Complaint.Value, recorded.Version,
            recorded.Index, recorded.Type, recorded.Schema, recorded.Moment, recorded.Command, recorded.Event)));
    }
}

/// <summary>Writes, reads and folds the states of one kind of aggregate.</summary>
/// <param name="schema">Of which schema they are.</param>
/// <param name="json">How they are written.</param>
internal sealed class StateBytes<TState>(int schema, JsonTypeInfo<TState> json) where TState : class, IAggregate<TState>
{
    private readonly PartWriter<TState> _writer = new(json);

    public int Schema => schema;

    /// <summary>The bytes of a state. Thread-safe: two at once write the same.</summary>
    public ReadOnlyMemory<byte> Write(TState state)
    {
        var written = _writer.Write(state, state.Written.Last);
        state.Written = new(written);
        return written.Bytes;
    }

    /// <summary>True for the bytes that <see cref="Write"/> makes of a state.</summary>
    public bool IsWritten(TState state, ReadOnlySpan<byte> bytes) => JsonBytes.IsWritten(
        (state, json), static (writer, _, it) => JsonSerializer.Serialize(writer, it.state, it.json), bytes);

    /// <exception cref="InvalidDataException">The bytes are no state.</exception>
    public TState Read(ReadOnlySpan<byte> state)
    {
        try
        {
            return Placed(JsonSerializer.Deserialize(state, json) ?? throw new JsonException("The state is null."));
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            throw new InvalidDataException($"The bytes are no state: {e.Message}", e);
        }
    }

    /// <summary>The state of a row; <c>null</c> where it is damaged, or another's that was put there.</summary>
    public TState? ReadOf(TenantId tenant, StateRow row)
    {
        try
        {
            var state = Read(row.State.Span);
            return state.Tenant == tenant && state.Key == row.Id && state.Version == row.Version ? state : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public (TState? State, string? Unknown) Fold(TenantId tenant, IEnumerable<WrittenEvent<TState>> history)
    {
        TState? state = null;
        string? unknown = null;
        foreach (var written in history)
        {
            if (written.Event is null)
                unknown ??= $"{written.Type} v{written.Schema}";
            state = Next(tenant, state, written);
        }
        return (state is null ? null : Placed(state), unknown);
    }

    /// <summary>The state after one more event; one of an unknown type moves the version only.</summary>
    public static TState Next(TenantId tenant, TState? state, in WrittenEvent<TState> written)
    {
        var before = state ?? TState.Unborn(tenant, written.Id);
        var after = written.Event is null ? before : written.Event.ApplyTo(before, written.Moment);
        return after.At(written.Version, written.Moment.RecordedAt);
    }

    /// <summary>Tells the personal values of a state where they stand.</summary>
    private static TState Placed(TState state)
    {
        foreach (var field in state.PersonalValues)
            field.Value?.StandsAt(new SealedPlace(state.Tenant, TState.Noun, state.Key, field.Name));
        return state;
    }
}
