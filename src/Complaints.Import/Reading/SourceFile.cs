using System.IO.Compression;
using System.Text;

namespace Complaints.Import.Reading;

/// <summary>Opens a file: plain or gzip (told by its first bytes, not by its name), in the mapping's encoding.</summary>
internal sealed class SourceFile : IDisposable
{
    /// <summary>Stands for bytes that the encoding does not know: a code point that no text may contain, so that it is never mistaken for the source's own.</summary>
    public const char Undecodable = '\uFFFF';

    private readonly FileStream _file;
    private readonly CountingStream? _unpacked;

    public SourceFile(string path, string encoding)
    {
        _file = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 128 * 1024 });
        Span<byte> magic = stackalloc byte[2];
        var isGzip = _file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        _file.Position = 0;
        if (isGzip)
            _unpacked = new CountingStream(new GZipStream(_file, CompressionMode.Decompress), () => _file.Position);
        Text = new StreamReader(_unpacked ?? (Stream)_file, Named(encoding), detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
    }

    public StreamReader Text { get; }

    public long BytesTotal => _file.Length;

    /// <summary>How much of the file was read, in bytes on disk.</summary>
    public long BytesRead => _file.Position;

    /// <summary>To be asked at the end: false when a compressed file was cut off.</summary>
    public bool IsWhole => _unpacked is null || GzipEnd.IsWhole(_file.Name, _unpacked.Count);

    public void Dispose()
    {
        Text.Dispose();
        _file.Dispose();
    }

    private static Encoding Named(string name)
    {
        var fallback = new DecoderReplacementFallback(Undecodable.ToString());
        return name == "gb18030"
            ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, fallback)!
            : Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, fallback);
    }
}
