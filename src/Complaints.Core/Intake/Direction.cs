namespace Complaints.Core.Intake;

/// <summary>Who spoke to whom.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>The other side to us.</summary>
    Inbound,

    /// <summary>We to the other side.</summary>
    Outbound,
}
