using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>With whom a case lies, and so for whom it waits: exactly one at any instant.</summary>
/// <param name="Kind">What that is.</param>
/// <param name="Code">Which: a team's or department's code, or the reason of a hold; <c>null</c> where there is only one.</param>
public readonly record struct Holder(HolderKind Kind, string? Code = null)
{
    /// <summary>With whom a case lies by its state.</summary>
    internal static Holder Of(Complaint complaint) => complaint.State switch
    {
        ComplaintState.Closed or ComplaintState.Withdrawn or ComplaintState.Merged => new(HolderKind.Ended),
        ComplaintState.OnHold when complaint.Progress.Holds is [var hold, ..] => new(HolderKind.Hold, hold.Reason),
        ComplaintState.AwaitingConsent => new(HolderKind.Customer),
        _ when WithDepartment(complaint) is { } department => new(HolderKind.Department, department),
        _ => complaint.Responsibility.Team is { } team ? new(HolderKind.Team, team) : new(HolderKind.Nobody),
    };

    /// <summary>The department that has a task of it to work on: who leads before who assists.</summary>
    private static string? WithDepartment(Complaint complaint)
    {
        string? assists = null;
        foreach (var task in complaint.Tasks)
        {
            if (task is { IsWithDepartment: true, Lead: true })
                return task.Department;
            if (task.IsWithDepartment)
                assists ??= task.Department;
        }
        return assists;
    }

    /// <summary>What it is called: a hold whose reason says that it is the customer's turn is the customer's.</summary>
    /// <param name="rules">The tenant's definitions.</param>
    public Label Label(Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Kind switch
        {
            HolderKind.Team => rules.Organisation.TeamNamed(Code!).Label,
            HolderKind.Department => rules.Organisation.DepartmentNamed(Code!).Label,
            HolderKind.Hold when rules.HoldReasons.Find(Code!) is not { IsForCustomer: true } => rules.HoldReasons.Named(Code!).Label,
            HolderKind.Hold => Vocabulary.Of(HolderKind.Customer),
            _ => Vocabulary.Of(Kind),
        };
    }

    /// <summary>Its measure behind <c>holder.</c>: <c>team.after-sales</c>.</summary>
    internal string Measure => Code is null ? Name : $"{Name}.{Code}";

    internal string Name => Kind switch
    {
        HolderKind.Team => "team",
        HolderKind.Department => "department",
        HolderKind.Customer => "customer",
        HolderKind.Hold => "hold",
        HolderKind.Nobody => "nobody",
        HolderKind.Ended => "ended",
        _ => "others",
    };
}

/// <summary>What a <see cref="Holder"/> is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HolderKind>))]
public enum HolderKind
{
    /// <summary>A team of the desk.</summary>
    Team,

    /// <summary>A department that has a task of it.</summary>
    Department,

    /// <summary>The customer, who has an offer to answer.</summary>
    Customer,

    /// <summary>Whoever is waited for while it is on hold.</summary>
    Hold,

    /// <summary>Nobody: no team has it yet.</summary>
    Nobody,

    /// <summary>All that came after the first fifty.</summary>
    Others,

    /// <summary>Nobody any more: it has ended. That is no part of its age.</summary>
    Ended,
}

/// <summary>How long a case lay with somebody.</summary>
/// <param name="Holder">With whom.</param>
/// <param name="Seconds">How long in all.</param>
[JsonConverter(typeof(HolderTimeJsonConverter))]
public sealed record HolderTime(Holder Holder, decimal Seconds)
{
    /// <summary>With whom a case lay until an instant, in the order in which they came to have it. The sum is the case's age: from its
    /// receipt until then, without what lay behind an end.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="until">The instant.</param>
    public static ImmutableArray<HolderTime> Of(Complaint complaint, Instant until)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        var known = complaint.Course.Holders;
        var all = Added(known, Holder.Of(complaint), Since(known, complaint.Receipt.ReceivedAt), until);
        return all.RemoveAll(time => time.Holder.Kind == HolderKind.Ended);
    }

    /// <summary>Since when a case lies where it lies: all times before add up to that.</summary>
    internal static Instant Since(ImmutableArray<HolderTime> known, Instant received)
    {
        var seconds = 0m;
        foreach (var time in known)
            seconds += time.Seconds;
        return received + Duration.FromTicks((long)(seconds * NodaConstants.TicksPerSecond));
    }

    /// <summary>The same with a further time, if it has one.</summary>
    internal static ImmutableArray<HolderTime> Added(ImmutableArray<HolderTime> known, Holder holder, Instant from, Instant? to)
    {
        if (!(to > from))
            return known;
        var seconds = Course.Seconds(from, to.Value);
        var place = PlaceOf(known, holder);
        if (place < 0 && known.Length >= Course.Most)
            place = PlaceOf(known, holder = new(HolderKind.Others));
        return place < 0 ? known.Add(new(holder, seconds))
            : known.SetItem(place, known[place] with { Seconds = known[place].Seconds + seconds });
    }

    private static int PlaceOf(ImmutableArray<HolderTime> known, Holder holder)
    {
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Holder == holder)
                return i;
        }
        return -1;
    }
}

/// <summary>Three values in a row, or two: every case has some of them.</summary>
internal sealed class HolderTimeJsonConverter : JsonConverter<HolderTime>
{
    public override HolderTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var kind = Enum.Parse<HolderKind>(reader.GetString()!);
        reader.Read();
        string? code = null;
        if (reader.TokenType == JsonTokenType.String)
        {
            code = reader.GetString();
            reader.Read();
        }
        var seconds = reader.GetDecimal();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new(new(kind, code), seconds)
            : throw new JsonException("A time with somebody has two or three values.");
    }

    public override void Write(Utf8JsonWriter writer, HolderTime value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Holder.Kind.ToString());
        if (value.Holder.Code is { } code)
            writer.WriteStringValue(code);
        writer.WriteNumberValue(value.Seconds);
        writer.WriteEndArray();
    }
}
