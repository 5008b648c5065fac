using Complaints.Core;

namespace Complaints.Import.Reading;

/// <summary>Counts what is unpacked, and stops where it is so much more than was packed that no ledger can be in it.</summary>
/// <param name="inner">What is unpacked.</param>
/// <param name="packed">How much was read of the packed file.</param>
internal sealed class CountingStream(Stream inner, Func<long> packed) : Stream
{
    private const int LargestRatio = 200;

    /// <summary>Up to here nothing is asked: a small file of blanks does no harm.</summary>
    private const long AlwaysAllowed = 100L * 1024 * 1024;

    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Count += read;
        if (Count > AlwaysAllowed && Count / LargestRatio > packed())
            throw new ExpansionException(new("import.expansion", ("value", Count / 1024 / 1024), ("bound", LargestRatio)));
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A packed file holds far more than it should.</summary>
internal sealed class ExpansionException(ComplaintError error) : IOException(error.Message)
{
    public ComplaintError Error { get; } = error;
}
