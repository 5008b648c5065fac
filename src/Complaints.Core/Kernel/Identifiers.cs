using System.Globalization;
using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>Names a tenant: one organisation whose complaints no other may see.</summary>
/// <param name="Value">1 to 64 characters: lower-case letters, digits, <c>-</c> and <c>_</c>. <c>default</c> when a host has only
/// one.</param>
[JsonConverter(typeof(CodeJsonConverter<TenantId>))]
public readonly record struct TenantId(string Value) : ICode<TenantId>
{
    /// <summary>The tenant of a host that has only one.</summary>
    public static TenantId Default { get; } = new("default");

    /// <inheritdoc/>
    public static TenantId From(string value) => new(value);

    /// <summary>A tenant id that obeys the rules of <see cref="Value"/>.</summary>
    /// <exception cref="ArgumentException">The value is empty, too long, or has another character.</exception>
    public static TenantId Parse(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return value.Length <= 64 && value.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')
            ? new(value)
            : throw new ArgumentException($"'{value}' is no tenant id: use 1 to 64 lower-case letters, digits, '-' or '_'.", nameof(value));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Identifies a complaint: a UUID version 7, so that ids sort by the time they were made.</summary>
/// <param name="Value">The id. Stores keep its 16 bytes in big-endian order.</param>
[JsonConverter(typeof(GuidIdJsonConverter<ComplaintId>))]
public readonly record struct ComplaintId(Guid Value) : IGuidId<ComplaintId>
{
    /// <inheritdoc/>
    public static ComplaintId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Identifies an improvement: a UUID version 7.</summary>
/// <param name="Value">The id.</param>
[JsonConverter(typeof(GuidIdJsonConverter<ImprovementId>))]
public readonly record struct ImprovementId(Guid Value) : IGuidId<ImprovementId>
{
    /// <inheritdoc/>
    public static ImprovementId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Identifies one intention of a caller. Sending the same id again returns the first answer and changes nothing.</summary>
/// <param name="Value">Unique per tenant; remembered for 30 days by default.</param>
[JsonConverter(typeof(GuidIdJsonConverter<CommandId>))]
public readonly record struct CommandId(Guid Value) : IGuidId<CommandId>
{
    /// <inheritdoc/>
    public static CommandId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Identifies a person whose data is sealed under a key of their own. Destroying that key erases the person.</summary>
/// <param name="Value">Random, or derived from the host's customer reference; never personal in itself.</param>
[JsonConverter(typeof(GuidIdJsonConverter<SubjectId>))]
public readonly record struct SubjectId(Guid Value) : IGuidId<SubjectId>
{
    /// <summary>The tenant's own key, under which look-ups and repeat keys are hashed. No person has this id.</summary>
    public static SubjectId Tenant { get; } = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    /// <inheritdoc/>
    public static SubjectId From(Guid value) => new(value);

    /// <summary>A participant of a complaint: who decides makes up no id, and of a decision that was never written nothing is left under
    /// the id of the next.</summary>
    internal static SubjectId OfParticipant(Guid fresh, ComplaintId complaint, int number) =>
        new(HashedGuid.Of("participant", fresh.ToString("D"), complaint.ToString(), number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The same of a member of the staff about whom something is said in a complaint.</summary>
    internal static SubjectId OfLiable(Guid fresh, ComplaintId complaint, int number) =>
        new(HashedGuid.Of("liable", fresh.ToString("D"), complaint.ToString(), number.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Identifies anything that has a history, whatever it is.</summary>
/// <param name="Noun">What it is: <c>complaint</c>, <c>improvement</c>.</param>
/// <param name="Value">Its id; unique in the tenant, whatever it is.</param>
public readonly record struct AggregateId(string Noun, Guid Value)
{
    /// <summary>The <see cref="Noun"/> of complaints.</summary>
    public const string Complaint = "complaint";

    /// <summary>The <see cref="Noun"/> of improvements.</summary>
    public const string Improvement = "improvement";

    /// <summary>A complaint.</summary>
    public static AggregateId Of(ComplaintId complaint) => new(Complaint, complaint.Value);

    /// <summary>An improvement.</summary>
    public static AggregateId Of(ImprovementId improvement) => new(Improvement, improvement.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Noun} {Value:D}";
}
