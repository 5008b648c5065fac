using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Seals files of evidence under their person's key while they are stored: in chunks of 64 KB, each with AES-256-GCM (the STREAM
/// construction), because a file does not fit into memory. The key of a file is derived from the person's for its name and a random salt,
/// so
/// that no file opens in the place of another; the number of a chunk and whether it is the last stand in its nonce, so that none can be
/// left out, moved or cut off.
/// </summary>
internal static class EvidenceSeal
{
    private const byte Version = 1;
    private const int Chunk = 64 * 1024;
    private const int SaltSize = 16;
    private const int TagSize = 16;

    /// <summary>The sealed form of a file, to be read.</summary>
    /// <param name="clear">The file; it is read to its end before the last chunk is given out, and not disposed.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="person">Under whose key.</param>
    /// <param name="name">Its name.</param>
    public static Stream Seal(Stream clear, long size, SubjectKey person, EvidenceKey name) => new Sealing(clear, size, person, name);

    /// <summary>The clear form of a sealed file, to be read; it fails with an <see cref="IOException"/> where it was changed.</summary>
    /// <param name="kept">The sealed file, which is disposed with what is returned.</param>
    /// <param name="size">The bytes of the clear form.</param>
    /// <param name="person">Under whose key.</param>
    /// <param name="name">Its name.</param>
    public static Stream Open(Stream kept, long size, SubjectKey person, EvidenceKey name) => new Opening(kept, size, person, name);

    private static AesGcm KeyOf(SubjectKey person, EvidenceKey name, ReadOnlySpan<byte> salt)
    {
        var info = Encoding.UTF8.GetBytes(
            $"complaints evidence\0{name.Tenant.Value}\0{name.Person.Value:N}\0{name.Complaint.Value:N}\0{name.Sha256}");
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, person.Bytes.Span, key, salt, info);
        return new AesGcm(key, TagSize);
    }

    private static void WriteNonce(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        nonce[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], number);
    }

    private sealed class Sealing(Stream clear, long size, SubjectKey person, EvidenceKey name) : Chunks(size)
    {
        private AesGcm? _aes;

        protected override async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
        {
            if (_aes is null)
            {
                byte[] head = [Version, .. RandomNumberGenerator.GetBytes(SaltSize)];
                _aes = KeyOf(person, name, head.AsSpan(1));
                return head;
            }
            if (IsThrough)
                return default;
            var part = new byte[Part];
            // A file that is shorter than was said fails when its end is read.
            await clear.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (IsLast)
                await clear.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var kept = new byte[part.Length + TagSize];
            var nonce = new byte[12];
            WriteNonce(nonce, Number, IsLast);
            _aes.Encrypt(nonce, part, kept.AsSpan(0, part.Length), kept.AsSpan(part.Length));
            Step();
            return kept;
        }

        protected override void Dispose(bool disposing)
        {
            _aes?.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Opening(Stream kept, long size, SubjectKey person, EvidenceKey name) : Chunks(size)
    {
        private AesGcm? _aes;

        protected override async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
        {
            if (_aes is null)
            {
                var head = await TakeAsync(1 + SaltSize, cancellationToken).ConfigureAwait(false);
                if (head[0] != Version)
                    throw new IOException($"The file of evidence has version {head[0]}, which this program does not know: update it.");
                _aes = KeyOf(person, name, head.AsSpan(1));
            }
            if (IsThrough)
                return default;
            var part = await TakeAsync(Part + TagSize, cancellationToken).ConfigureAwait(false);
            var clear = new byte[Part];
            var nonce = new byte[12];
            WriteNonce(nonce, Number, IsLast);
            try
            {
                _aes.Decrypt(nonce, part.AsSpan(0, clear.Length), part.AsSpan(clear.Length), clear);
            }
            catch (AuthenticationTagMismatchException e)
            {
                throw new IOException("The file of evidence is not the one that was handed in: it was changed, or is another's.", e);
            }
            Step();
            return clear;
        }

        private async ValueTask<byte[]> TakeAsync(int count, CancellationToken cancellationToken)
        {
            var part = new byte[count];
            return await kept.ReadAtLeastAsync(part, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == count
                ? part
                : throw new IOException("The file of evidence is cut off.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _aes?.Dispose();
                kept.Dispose();
            }
            base.Dispose(disposing);
        }
    }

    /// <summary>A stream that is read chunk by chunk, of which the clear forms have so many bytes together. Only read
    /// asynchronously.</summary>
    private abstract class Chunks(long size) : Stream
    {
        private ReadOnlyMemory<byte> _rest;
        private bool _isOver;

        /// <summary>The number of the next chunk.</summary>
        protected long Number { get; private set; }

        private long Count => Math.Max(1, (size + Chunk - 1) / Chunk);

        protected bool IsLast => Number == Count - 1;

        protected bool IsThrough => Number >= Count;

        /// <summary>How many bytes the clear form of the next chunk has.</summary>
        protected int Part => (int)Math.Min(Chunk, size - Number * Chunk);

        protected void Step() => Number++;

        /// <summary>What follows; empty at the end.</summary>
        protected abstract ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return 0;
            if (_rest.IsEmpty && !_isOver)
            {
                _rest = await NextAsync(cancellationToken).ConfigureAwait(false);
                _isOver = _rest.IsEmpty;
            }
            var taken = Math.Min(buffer.Length, _rest.Length);
            _rest[..taken].CopyTo(buffer);
            _rest = _rest[taken..];
            return taken;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("A file of evidence is read asynchronously.");

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
