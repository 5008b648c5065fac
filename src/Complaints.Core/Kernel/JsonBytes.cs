using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Complaints.Core;

/// <summary>Writes JSON as exactly the bytes that it has. A thread keeps its writer and its buffer: every command writes its own text, its
/// events, a state and an answer.</summary>
internal static class JsonBytes
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static Scratch? _kept;

    /// <summary>What the writing leaves in the buffer.</summary>
    /// <param name="value">What is written.</param>
    /// <param name="write">Writes it; bytes that go to the buffer itself come before the first of the writer's.</param>
    public static byte[] Write<T>(T value, Action<Utf8JsonWriter, ArrayBufferWriter<byte>, T> write) =>
        Written(value, write, default, static (bytes, _) => bytes.ToArray());

    /// <summary>True when the writing leaves those very bytes: they are compared where they are written.</summary>
    public static bool IsWritten<T>(T value, Action<Utf8JsonWriter, ArrayBufferWriter<byte>, T> write, ReadOnlySpan<byte> bytes) =>
        Written(value, write, bytes, static (written, bytes) => written.SequenceEqual(bytes));

    private static TResult Written<T, TResult>(T value, Action<Utf8JsonWriter, ArrayBufferWriter<byte>, T> write,
        ReadOnlySpan<byte> other, Func<ReadOnlySpan<byte>, ReadOnlySpan<byte>, TResult> take)
    {
        // Taken while it is in use, so that a writing within the writing gets its own.
        var scratch = _kept ?? new Scratch();
        _kept = null;
        write(scratch.Writer, scratch.Buffer, value);
        scratch.Writer.Flush();
        var result = take(scratch.Buffer.WrittenSpan, other);
        if (scratch.Buffer.Capacity <= LargestKept)
        {
            scratch.Buffer.ResetWrittenCount();
            scratch.Writer.Reset();
            _kept = scratch;
        }
        return result;
    }

    private sealed class Scratch
    {
        public Scratch() => Writer = new(Buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }
    }
}
