using System.Collections.Concurrent;
using System.Collections.Immutable;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Proves the answers to commands: each by its authenticator, and that every command of a history has one, but an import, which is known by
/// its source's id. Old answers may be cleared away, the oldest first: what is older than all that are there is not proved.
/// </summary>
internal sealed class CommandAudit(ISideRowStore rows, TenantId tenant, RowKey key)
{
    /// <summary>Beyond so many answers no more are kept in memory (24 bytes each), and missing ones are not looked for.</summary>
    private const int MostKept = 2_000_000;

    private static readonly string Import = ComplaintRooms.Current.Catalogue.Events.Single(
        happened => happened.Class == typeof(ComplaintImported)).Name;

    private readonly ConcurrentQueue<(ChainHead Head, DoneCommand Command)> _suspects = new();
    private HashSet<Guid> _answered = [];
    private Instant _oldest = Instant.MaxValue;
    private bool _isCut;
    private long _older;

    /// <summary>Reads every answer; what a later walk finds must have one.</summary>
    /// <param name="altered">Called for each that is not as it was written.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAsync(Action<CommandRow>? altered, CancellationToken cancellationToken)
    {
        (_answered, _oldest, _isCut) = ([], Instant.MaxValue, false);
        await foreach (var row in rows.CommandsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!CommandMark.IsAuthentic(row, key))
            {
                altered?.Invoke(row);
                // Its time may be what was altered, and must not say up to when answers were cleared away.
                _answered.Add(row.Id.Value);
                continue;
            }
            _oldest = Instant.Min(_oldest, row.RecordedAt);
            if (_answered.Count < MostKept)
                _answered.Add(row.Id.Value);
            else
                _isCut = true;
        }
    }

    /// <summary>Called for each chain that is whole, on any thread.</summary>
    public void Check(ChainHead head, List<DoneCommand> commands)
    {
        foreach (var command in commands)
        {
            if (IsMissing(command))
                _suspects.Enqueue((head with { Row = null }, command));
        }
    }

    /// <summary>Called at the end: answers that came after the reading are read now.</summary>
    public async Task<(ImmutableArray<ChainFinding> Findings, ImmutableArray<Label> Unproven)> EndAsync(CancellationToken cancellationToken)
    {
        (ChainHead Head, DoneCommand Command)[] suspects =
            [.. _suspects.OrderBy(one => one.Head.Of.Value).ThenBy(one => one.Command.Version)];
        if (suspects.Length > 0)
            await ReadAsync(null, cancellationToken).ConfigureAwait(false);
        var findings = suspects.Where(suspect => IsMissing(suspect.Command)).Select(suspect => Missing(suspect.Head, suspect.Command));
        return ([.. findings], [.. NotLookedFor()]);
    }

    private IEnumerable<Label> NotLookedFor()
    {
        if (_isCut)
        {
            yield return new(
                $"There are more than {MostKept} answers to commands: missing ones were not looked for (command).",
                $"命令答复超过 {MostKept} 条：未查找缺失的行（command）。");
        }
        else if (_older > 0)
        {
            yield return new(
                $"{_older} commands of the histories are older than every answer that is kept (command): "
                    + "whether theirs were cleared away on purpose cannot be proved.",
                $"历史中有 {_older} 条命令早于所有保留的答复（command）：无法证明其答复是否为有意清理。");
        }
    }

    private static ChainFinding Missing(ChainHead head, DoneCommand command)
    {
        var name = ChainFinding.Name(head.Of, head.Number);
        return new("answer.missing", head.Of, head.Number, command.Version, 0, new(
            $"{name.En}, version {command.Version}: the answer to command {command.Id} is missing (command).",
            $"{name.Zh}，版本 {command.Version}：命令 {command.Id} 的答复缺失（command）。"));
    }

    private bool IsMissing(DoneCommand command)
    {
        if (command.Type == Import || _isCut || _answered.Contains(command.Id.Value))
            return false;
        if (Microseconds.Truncate(command.At) >= _oldest)
            return true;
        Interlocked.Increment(ref _older);
        return false;
    }
}
