using System.Globalization;
using Complaints.Core.Storage;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core;

/// <summary>Ids of commands that the library itself sends, derived from what leads to them: every node that comes to the same command gives
/// it the same id, so that it happens once.</summary>
internal static class DerivedId
{
    /// <summary>The command that a timer leads to; of one that was moved it is another.</summary>
    public static CommandId OfTimer(TenantId tenant, DueTimer due) => Of(
        "sweep", tenant.Value, due.Complaint.ToString(), due.Timer.Clock, due.Timer.Purpose,
            InstantPattern.ExtendedIso.Format(due.Timer.Due));

    /// <summary>The command by which an aggregate is looked at in one version: in the next it is another.</summary>
    public static CommandId OfLook(TenantId tenant, AggregateId id, int version, Instant due) => Of(
        "look", tenant.Value, id.Value.ToString("D"), version.ToString(CultureInfo.InvariantCulture),
            InstantPattern.ExtendedIso.Format(due));

    /// <summary>One half of what a case owes another.</summary>
    public static CommandId OfFollowOn(TenantId tenant, Guid from, string name, Guid target, string half) =>
        Of("follow-on", tenant.Value, from.ToString("D"), name, target.ToString("D"), half);

    /// <summary>The registration of the case that is made of a point: one at most is made of it.</summary>
    public static CommandId OfSplit(TenantId tenant, Guid from, int point) =>
        Of("split", tenant.Value, from.ToString("D"), point.ToString(CultureInfo.InvariantCulture));

    private static CommandId Of(params ReadOnlySpan<string> parts) => new(HashedGuid.Of(parts));
}
