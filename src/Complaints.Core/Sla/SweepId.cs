using System.Security.Cryptography;
using System.Text;
using Complaints.Core.Storage;
using NodaTime.Text;

namespace Complaints.Core.Sla;

/// <summary>The id of the command that a timer leads to: the same timer leads to the same command on every node, and one that was moved to another.</summary>
internal static class SweepId
{
    public static CommandId Of(TenantId tenant, DueTimer due)
    {
        var text = string.Join('\u001f', "sweep", tenant.Value, due.Complaint, due.Timer.Clock, due.Timer.Purpose, InstantPattern.ExtendedIso.Format(due.Timer.Due));
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        // Version 8 of a UUID: made from a hash.
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new CommandId(new Guid(bytes, bigEndian: true));
    }
}
