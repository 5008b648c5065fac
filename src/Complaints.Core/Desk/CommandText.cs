using Complaints.Core.Capabilities;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Complaints.Core;

/// <summary>
/// The text of a command, from which the hash of its row is made: the same intention has the same text, whoever sends it again and
/// whenever. It covers the case, the actor and whom the actor acts for, the instant that the caller gave (never the clock's) with the
/// reason why so late, and the command itself; not the roles, not the version that the caller saw.
/// </summary>
internal static class CommandText
{
    /// <summary>The most bytes of a command: every field of a draft filled to its bound has some two thirds of them.</summary>
    private const int Most = 256 * 1024;

    /// <summary>What is wrong with the text before anything is done with it: <c>command.too_large</c>.</summary>
    public static ComplaintError? Check(ReadOnlyMemory<byte> text) => text.Length <= Most ? null
        : new("command.too_large", ("length", text.Length / 1024), ("bound", Most / 1024));

    /// <summary>What a command's hash is made of, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(Catalogue<Complaint> catalogue, ComplaintId? complaint, Actor actor, CommandOptions options,
        ComplaintCommand command) =>
        JsonBytes.Write((catalogue, complaint, actor, options, command), static (writer, buffer, written) =>
        {
            Head(buffer, "complaint", written.complaint?.Value, written.actor, written.options);
            if (written.command is not Sequence sequence)
            {
                Body(writer, buffer, written.catalogue, written.command);
                return;
            }
            foreach (var part in sequence.Commands)
            {
                Body(writer, buffer, written.catalogue, part);
                writer.Flush();
                writer.Reset();
                Add(buffer, "");
            }
        });

    /// <summary>The same for a command on any other aggregate.</summary>
    public static ReadOnlyMemory<byte> Write<TState>(Catalogue<TState> catalogue, Guid? id, Actor actor, CommandOptions options,
        Command<TState> command)
        where TState : class, IAggregate<TState> =>
        JsonBytes.Write((catalogue, id, actor, options, command), static (writer, buffer, written) =>
        {
            Head(buffer, TState.Noun, written.id, written.actor, written.options);
            Body(writer, buffer, written.catalogue, written.command);
        });

    private static void Head(ArrayBufferWriter<byte> buffer, string noun, Guid? id, Actor actor, CommandOptions options)
    {
        Add(buffer, noun);
        Add(buffer, id?.ToString("D"));
        Add(buffer, actor.Id);
        Add(buffer, actor.OnBehalfOf);
        Add(buffer, options.OccurredAt is { } at ? InstantText.Of(at) : null);
        if (options is { OccurredAt: not null, BackdateReason: { } reason })
            Add(buffer, reason);
    }

    /// <summary>The command's own part: its type and its JSON.</summary>
    private static void Body<TState>(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, Catalogue<TState> catalogue,
        Command<TState> command)
        where TState : class
    {
        var type = (object)command is Sequence ? null : catalogue.Of(command).Json;
        buffer.Write("command\u001f"u8);
        Add(buffer, command.GetType().Name);
        if (type is not null)
            JsonSerializer.Serialize(writer, command, type);
    }

    private static void Add(ArrayBufferWriter<byte> buffer, string? part)
    {
        if (part is not null)
            Encoding.UTF8.GetBytes(part, buffer);
        buffer.Write("\u001f"u8);
    }
}
