namespace Complaints.Core;

/// <summary>Whom a message goes to: an audience and, where it has several members, which of them.</summary>
/// <param name="Audience">One of <see cref="Core.Audience"/>.</param>
/// <param name="Key">Which: a participant's number, a member of the staff, the code of a team, department, role or subscriber; <c>null</c>
/// where there is one only.</param>
public sealed record Addressee(string Audience, string? Key = null)
{
    /// <summary>As it is kept and listed: <c>customer</c>, <c>department/technical</c>.</summary>
    public override string ToString() => Key is null ? Audience : $"{Audience}/{Key}";

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static Addressee Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/', 2);
        return Core.Audience.IsKnown(parts[0]) && parts is not [_, ""]
            ? new Addressee(parts[0], parts is [_, var key] ? key : null)
            : throw new FormatException($"'{text}' names no addressee: an audience, and after a '/' which of it.");
    }
}

/// <summary>The sorts of people who are told.</summary>
public static class Audience
{
    /// <summary>Whose complaint it is.</summary>
    public const string Customer = "customer";

    /// <summary>Who speaks for the customer; the key is the participant's number.</summary>
    public const string Representative = "representative";

    /// <summary>Who has the case; the key is the member's id.</summary>
    public const string Owner = "owner";

    /// <summary>A team; the key is its code.</summary>
    public const string Team = "team";

    /// <summary>A department; the key is its code.</summary>
    public const string Department = "department";

    /// <summary>All who have a role; the key is its code.</summary>
    public const string Role = "role";

    /// <summary>Who subscribed to a kind of bulletin; the key is the subscriber's code.</summary>
    public const string Subscriber = "subscriber";

    internal static bool IsKnown(string code) =>
        code is Customer or Representative or Owner or Team or Department or Role or Subscriber;
}
