using Complaints.Core;
using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>Version 7 as the product makes them, instant and chance, but the chance comes from the seed.</summary>
internal sealed class SeededIds(Scheduler scheduler) : IIdGenerator
{
    public Guid NewId(Instant now)
    {
        Span<byte> bytes = stackalloc byte[16];
        scheduler.Chance.NextBytes(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)now.ToUnixTimeMilliseconds());
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, (int)(now.ToUnixTimeMilliseconds() >> 16));
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x70);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
