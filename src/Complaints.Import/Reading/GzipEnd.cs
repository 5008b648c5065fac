using System.IO.Compression;

namespace Complaints.Import.Reading;

/// <summary>Tells whether a gzip file is whole: the runtime ends a file that was cut off like any other.</summary>
internal static class GzipEnd
{
    /// <summary>A gzip member with one byte in it.</summary>
    private static readonly byte[] Sentinel = Packed();

    /// <summary>True when the file ends where it says that it ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes came out of it.</param>
    public static bool IsWhole(string path, long length)
    {
        using var file = File.OpenRead(path);
        Span<byte> size = stackalloc byte[4];
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(size);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(size) == (uint)length || EndsBeforeSentinel(file, length);
    }

    /// <summary>A file of several members (concatenated logs) only names the last one's size: a member put behind it is read if and only if the file was whole.</summary>
    private static bool EndsBeforeSentinel(FileStream file, long length)
    {
        file.Position = 0;
        try
        {
            using var gzip = new GZipStream(new Extended(file), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            var total = 0L;
            for (int read; (read = gzip.Read(buffer)) > 0;)
                total += read;
            return total == length + 1;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.WriteByte(0);
        return packed.ToArray();
    }

    /// <summary>The file with the sentinel behind it.</summary>
    private sealed class Extended(FileStream file) : Stream
    {
        private int _sent;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = file.Read(buffer, offset, count);
            if (read > 0 || count == 0)
                return read;
            read = Math.Min(count, Sentinel.Length - _sent);
            Sentinel.AsSpan(_sent, read).CopyTo(buffer.AsSpan(offset));
            _sent += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
