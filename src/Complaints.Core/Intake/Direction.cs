using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Who spoke to whom.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>The customer to us.</summary>
    Inbound,

    /// <summary>We to the customer.</summary>
    Outbound,
}
