using Complaints.Core.Storage;
using NodaTime.Text;

namespace Complaints.Core.Sla;

/// <summary>The id of the command that a timer leads to: the same timer, moved or not at all, leads to the same command on every node (ARCHITECTURE, write path).</summary>
internal static class SweepId
{
    public static CommandId Of(TenantId tenant, DueTimer due) =>
        new(DerivedId.Of("sweep", tenant.Value, due.Complaint.ToString(), due.Timer.Clock, due.Timer.Purpose, InstantPattern.ExtendedIso.Format(due.Timer.Due)));
}
