using System.Security.Cryptography;
using Complaints.Core.Contact;

namespace Complaints.Core;

/// <summary>Reads a file once and holds it against what is said of it: type, size and hash. It fails where they differ, at the latest at
/// the end, and reads no more than it must. It is only read, and by one reader.</summary>
internal sealed class EvidenceReading(Stream content, string sha256, long size, string? type, bool leaveOpen = false) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _first = new byte[EvidenceType.Looked];
    private int _looked;
    private long _read;
    private bool _isTyped = type is null;

    /// <summary>Whether it was read to its end, and is what was said of it.</summary>
    public bool IsWhole { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        var read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Look(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0)
            return 0;
        var read = content.Read(buffer, offset, count);
        Look(buffer.AsSpan(offset, read));
        return read;
    }

    private void Look(ReadOnlySpan<byte> part)
    {
        _read += part.Length;
        if (_read > size)
            throw new EvidenceException(AddEvidence.HashMismatch.Plain);
        _hash.AppendData(part);
        if (!_isTyped)
        {
            var taken = part[..Math.Min(part.Length, _first.Length - _looked)];
            taken.CopyTo(_first.AsSpan(_looked));
            _looked += taken.Length;
            if (_looked == _first.Length || part.IsEmpty)
            {
                _isTyped = true;
                if (!EvidenceType.Fits(type!, _first.AsSpan(0, _looked)))
                    throw new EvidenceException(null);
            }
        }
        if (!part.IsEmpty)
            return;
        if (_read != size || Convert.ToHexStringLower(_hash.GetCurrentHash()) != sha256)
            throw new EvidenceException(AddEvidence.HashMismatch.Plain);
        IsWhole = true;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            if (!leaveOpen)
                content.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>A file is not what was said of it.</summary>
/// <param name="error">What differs; <c>null</c> for its type, which the rule words.</param>
internal sealed class EvidenceException(ComplaintError? error) : IOException(error?.Message ?? "The file is of another type.")
{
    public ComplaintError? Error => error;
}
