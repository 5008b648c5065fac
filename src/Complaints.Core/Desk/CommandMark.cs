using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>By what a command that is sent again is known, and its stored answer proved.</summary>
/// <param name="Hash">The keyed hash of the command.</param>
/// <param name="Rows">Authenticates its row.</param>
internal readonly record struct CommandMark(string Hash, RowKey Rows)
{
    /// <summary>The row of a command that was carried out: its hash goes on, behind a dot, with an authenticator of all of it.</summary>
    public CommandRow Row(CommandId id, ReadOnlyMemory<byte> answer, Instant at) =>
        new(id, $"{Hash}.{Proof(Rows, id, Hash, answer, at)}", answer, at);

    /// <summary>True for the row of this very command.</summary>
    public bool IsOf(CommandRow row) => row.Hash.AsSpan(0, Math.Max(row.Hash.IndexOf('.'), 0)).SequenceEqual(Hash);

    /// <summary>True for a row as it was written.</summary>
    public static bool IsAuthentic(CommandRow row, RowKey rows) => row.Hash.Split('.') is [var hash, var proof]
        && proof == Proof(rows, row.Id, hash, row.Answer, row.RecordedAt);

    private static string Proof(RowKey rows, CommandId id, string hash, ReadOnlyMemory<byte> answer, Instant at) =>
        rows.Of(answer.Span, "command", id.ToString(), hash, RowKey.Text(at));
}
