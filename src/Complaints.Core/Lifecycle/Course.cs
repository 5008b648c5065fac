using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>The way that a complaint took, in numbers: how long it stood where, and how long which team had it to work on. What it did
/// before stays what it was, whatever comes later.</summary>
/// <param name="Since">Since when it stands where it stands; <c>null</c> where a source does not say.</param>
/// <param name="Transitions">How often it changed its state.</param>
/// <param name="TeamSince">Since when the team that it has works on it; <c>null</c> while nobody does.</param>
public sealed record Course(Instant? Since = null, int Transitions = 0, Instant? TeamSince = null)
{
    /// <summary>The most teams, and the most holders, whose time is kept apart.</summary>
    internal const int Most = 50;

    /// <summary>Nothing happened yet.</summary>
    public static Course None { get; } = new();

    /// <summary>The states that it was in, in the order in which it came to them.</summary>
    public ImmutableArray<StageTime> Stages { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The teams that worked on it; the first fifty.</summary>
    public ImmutableArray<TeamTime> Teams { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>With whom it lay until it last left them: teams, departments, the customer, and nobody while it had ended. The first fifty,
    /// and the rest together. They add up to what lies between the receipt and when it came to where it lies now.</summary>
    [JsonIgnore]
    public ImmutableArray<HolderTime> Holders
    {
        get => HoldersWritten ?? [];
        init => HoldersWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing while it lies where it came in.</summary>
    [JsonInclude, JsonPropertyName("holders")]
    internal ImmutableArray<HolderTime>? HoldersWritten { get; init; }

    /// <summary>The course after an event.</summary>
    /// <param name="before">The complaint before it.</param>
    /// <param name="after">And after.</param>
    /// <param name="at">When it happened; <c>null</c> where nobody knows.</param>
    internal static Course Follow(Complaint before, Complaint after, Instant? at)
    {
        if (before.Course.Since is null && before.Course.Stages.IsEmpty)
        {
            var received = after.Receipt.ReceivedAt;
            return new(received, 0, IsWorkedOn(after) ? received : null) { Stages = [new(after.State, 0)] };
        }
        var (had, has) = (Holder.Of(before), Holder.Of(after));
        if (before.State == after.State && before.Responsibility.Team == after.Responsibility.Team && had == has)
            return after.Course;
        var course = had == has ? after.Course : after.Course.LaidDown(had, at, after.Receipt.ReceivedAt);
        if (before.State != after.State)
            course = course.To(before.State, after.State, at, after.Receipt.ReceivedAt);
        var worked = IsWorkedOn(after);
        if (before.Responsibility.Team != after.Responsibility.Team || worked != IsWorkedOn(before))
            course = course.By(before.Responsibility.Team, at) with { TeamSince = worked ? at : null };
        return course;
    }

    /// <summary>It goes from one to another. Time that is recorded late is not taken back from whom it was counted for already;
    /// where nobody knows when, it is counted for whoever has it then.</summary>
    private Course LaidDown(Holder from, Instant? at, Instant received) =>
        this with { Holders = HolderTime.Added(Holders, from, HolderTime.Since(Holders, received), at) };

    private Course To(ComplaintState from, ComplaintState to, Instant? at, Instant received)
    {
        var stages = Stages;
        if (Since is { } since && at is { } until && PlaceOf(from) is var left and >= 0)
            stages = stages.SetItem(left, stages[left] with { Seconds = stages[left].Seconds + Seconds(since, until) });
        if (PlaceOf(to) < 0)
            stages = stages.Add(new(to, at is { } first ? Seconds(received, first) : null));
        return this with { Since = at, Transitions = Transitions + 1, Stages = stages };
    }

    private int PlaceOf(ComplaintState state)
    {
        for (var i = 0; i < Stages.Length; i++)
        {
            if (Stages[i].State == state)
                return i;
        }
        return -1;
    }

    private Course By(string? team, Instant? until)
    {
        if (team is null || TeamSince is not { } since || until is null)
            return this;
        var seconds = Seconds(since, until.Value);
        if (Teams.FirstOrDefault(known => known.Team == team) is { } known)
            return this with { Teams = Teams.Replace(known, known with { Seconds = known.Seconds + seconds }) };
        return Teams.Length < Most ? this with { Teams = Teams.Add(new(team, seconds)) } : this;
    }

    private static bool IsWorkedOn(Complaint complaint) =>
        complaint.Responsibility.Team is not null && (complaint.State == ComplaintState.OnHold || States.Open.Contains(complaint.State));

    internal static decimal Seconds(Instant from, Instant to) => (decimal)(to - from).BclCompatibleTicks / NodaConstants.TicksPerSecond;
}

/// <summary>How long a complaint was in a state.</summary>
/// <param name="State">The state.</param>
/// <param name="After">How many seconds after the receipt it first came to it; <c>null</c> where a source does not say.</param>
/// <param name="Seconds">How long it was there until it last left it.</param>
[JsonConverter(typeof(StageTimeJsonConverter))]
public sealed record StageTime(ComplaintState State, decimal? After, decimal Seconds = 0);

/// <summary>Three values in a row: every state has some of them.</summary>
internal sealed class StageTimeJsonConverter : JsonConverter<StageTime>
{
    public override StageTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var state = Enum.Parse<ComplaintState>(reader.GetString()!);
        reader.Read();
        decimal? after = reader.TokenType == JsonTokenType.Null ? null : reader.GetDecimal();
        reader.Read();
        var seconds = reader.GetDecimal();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new(state, after, seconds)
            : throw new JsonException("A stage has three values.");
    }

    public override void Write(Utf8JsonWriter writer, StageTime value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.State.ToString());
        if (value.After is { } after)
            writer.WriteNumberValue(after);
        else
            writer.WriteNullValue();
        writer.WriteNumberValue(value.Seconds);
        writer.WriteEndArray();
    }
}

/// <summary>How long a team had a complaint to work on.</summary>
/// <param name="Team">The team.</param>
/// <param name="Seconds">How long, until it last gave it away.</param>
public sealed record TeamTime(string Team, decimal Seconds);
