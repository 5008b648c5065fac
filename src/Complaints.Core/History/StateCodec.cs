using System.Text.Json;

namespace Complaints.Core.History;

/// <summary>Writes and reads a complaint's stored state. The state is a cache of its history: one of another schema is rebuilt from the
/// events.</summary>
public static class StateCodec
{
    /// <summary>Raise it when the same events lead to another state than before, though its records have not changed.</summary>
    internal const int FoldNumber = 2;

    /// <summary>The schema that this program writes. It follows from the state's records as they are written and from the fold number: a
    /// test works it out, so that a changed record cannot be forgotten and no program spends its start on it.</summary>
    public static int Schema => 1760197915;

    /// <summary>The bytes of a state whose personal values are sealed.</summary>
    public static ReadOnlyMemory<byte> Write(Complaint complaint) =>
        JsonBytes.Write(complaint, static (writer, _, state) => JsonSerializer.Serialize(writer, state, HistoryJson.Default.Complaint));

    /// <summary>A state of this schema.</summary>
    /// <exception cref="InvalidDataException">The bytes are no state.</exception>
    public static Complaint Read(ReadOnlySpan<byte> state)
    {
        try
        {
            var read = JsonSerializer.Deserialize(state, HistoryJson.Default.Complaint) ?? throw new JsonException("The state is null.");
            return Placed(read, read.Tenant, read.Id);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The bytes are no state: {e.Message}", e);
        }
    }

    /// <summary>The state that a history leads to, and the first type of event that this version does not know.</summary>
    public static (Complaint? State, string? Unknown) Fold(TenantId tenant, IEnumerable<RecordedEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        Complaint? state = null;
        string? unknown = null;
        foreach (var recorded in history)
        {
            if (recorded.Event is null)
                unknown ??= $"{recorded.Type} v{recorded.Schema}";
            state = Next(tenant, state, recorded);
        }
        return (state is null ? null : Placed(state, tenant, state.Id), unknown);
    }

    /// <summary>Tells the personal values of a state where they stand.</summary>
    private static Complaint Placed(Complaint state, TenantId tenant, ComplaintId id)
    {
        foreach (var (name, value) in state.Receipt.PersonalValues)
            value?.StandsAt(Complaint.PlaceOf(tenant, id, name));
        return state;
    }

    /// <summary>The state after one more event; one of an unknown type moves the version only.</summary>
    internal static Complaint Next(TenantId tenant, Complaint? state, RecordedEvent recorded)
    {
        var before = state ?? Complaint.Unborn(tenant, recorded.Complaint);
        var after = recorded.Event is null ? before : recorded.Event.ApplyTo(before, recorded.Moment);
        return after with { Version = recorded.Version, UpdatedAt = recorded.Moment.RecordedAt };
    }
}
