using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Proves what lies beside the histories of a tenant. Answers, messages and definitions carry an authenticator; when a complaint is due,
/// its timers and by what its customer is found are worked out again from its state. What looks wrong is read anew, because a command may
/// have come between two streams.
/// </summary>
internal sealed class SideRowAudit(
    IChainStore chains, ISideRowStore rows, IDefinitionStore definitions, ITimerStore timers, PersonKeys keys, TenantId tenant,
    TenantKeys own)
{
    private const int Batch = 500;

    private static readonly Label NotProved = new(
        "number_block, sweeper, lookup.form, command (rows that are missing), definition (rows that are missing), subject_key (rows that "
            + "are missing together with all that is found by them), outbox (rows that are missing, outbox.due_at, outbox.attempt, "
            + "outbox.owner, outbox.delivered_at, outbox.dead_at, outbox.reason)",
        "number_block、sweeper、lookup.form、command（缺失的行）、definition（缺失的行）、subject_key（连同检索项一并缺失的行）、outbox（缺失的行、outbox.due_at、"
            + "outbox.attempt、outbox.owner、outbox.delivered_at、outbox.dead_at、outbox.reason）");

    private readonly ImmutableArray<ChainFinding>.Builder _findings = ImmutableArray.CreateBuilder<ChainFinding>();
    private readonly ImmutableArray<Label>.Builder _unproven = ImmutableArray.CreateBuilder<Label>();
    private Rulebook _rules = Rulebook.BuiltIn;
    private int _notWorkedOut;

    public async Task<(ImmutableArray<ChainFinding> Findings, ImmutableArray<Label> Unproven)> VerifyAsync(
        CancellationToken cancellationToken)
    {
        await CheckDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var row in rows.CommandsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!CommandMark.IsAuthentic(row, own.Rows))
                Found("answer.altered", $"The answer to command {row.Id}, its hash or its time is not as it was written.");
        }
        await foreach (var message in rows.MessagesAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!Notifications.MessageIds.IsAuthentic(message, own.Rows))
                Found("message.altered", $"Message {message.Id} is not as it was written, or was written by somebody else.");
        }
        await foreach (var (head, different) in DifferentAsync(null, cancellationToken).ConfigureAwait(false))
        {
            // Two readings more, the second of what the first has found: an erasure changes no version.
            if (different.Count > 0 && await StillAsync(head, cancellationToken).ConfigureAwait(false)
                && await StillAsync(head, cancellationToken).ConfigureAwait(false))
            {
                _findings.Add(new ChainFinding("row.altered", head.Of, head.Number, head.Version, 0,
                    $"{ChainFinding.Name(head.Of, head.Number)}: what is stored beside the history is not what follows from it: "
                    + $"{string.Join(", ", different)}."));
            }
        }
        if (_notWorkedOut > 0)
        {
            _unproven.Add(new(
                $"When {_notWorkedOut} of them are due was not worked out again, because they wait or their definitions are not there: "
                + "complaint.due_at, complaint.target_at, timer.",
                $"其中 {_notWorkedOut} 件处于挂起状态或缺少其定义，未重新计算到期时间：complaint.due_at, complaint.target_at, timer。"));
        }
        _unproven.Add(new($"Beside the histories, and not proved: {NotProved.En}.", $"不在历史之内，未经验证：{NotProved.Zh}。"));
        return (_findings.ToImmutable(), _unproven.ToImmutable());
    }

    private void Found(string code, string message) => _findings.Add(new(code, null, null, 0, 0, message));

    private async Task CheckDefinitionsAsync(CancellationToken cancellationToken)
    {
        var stored = await definitions.ListAsync(tenant, cancellationToken).ConfigureAwait(false);
        var builtIn = ComplaintRooms.Current.Definitions.Kinds.SelectMany(kind => kind.BuiltIn)
            .Select(known => (known.Kind, known.Id, known.Json)).ToHashSet();
        var early = new List<(string Name, bool IsOurs)>();
        foreach (var definition in stored)
        {
            var name = $"{definition.Kind}/{definition.Id} v{definition.Version}";
            switch (definition.IsAuthentic(own.Rows))
            {
                case false:
                    Found("definition.altered", $"Definition {name} is not as it was published.");
                    break;
                case null:
                    early.Add((name, builtIn.Contains((definition.Kind, definition.Id, definition.Json))));
                    break;
                default:
                    break;
            }
        }
        TellEarly(early);
        var kinds = ComplaintRooms.Current.Definitions;
        _rules = Rulebook.From(stored.Where(definition => kinds.UnreadableAt(definition) is null));
    }

    /// <summary>What was published before there was a key is proved as far as it is what this program brings along.</summary>
    private void TellEarly(List<(string Name, bool IsOurs)> early)
    {
        if (early.Count == 0)
            return;
        string[] others = [.. early.Where(definition => !definition.IsOurs).Select(definition => definition.Name)];
        var names = string.Join(", ", others.Take(10)) + (others.Length > 10 ? ", ..." : "");
        _unproven.Add(new(
            $"{early.Count} definitions were published before the tenant had a key: definition.version, definition.published_at, "
                + "definition.published_by" + (others.Length == 0 ? "." : $", and what these say: {names}."),
            $"有 {early.Count} 个定义在租户拥有密钥之前发布：definition.version、definition.published_at、definition.published_by"
                + (others.Length == 0 ? "。" : $"，以及以下各项的内容：{names}。")));
    }

    /// <summary>Each that is not as it follows from its state, with the columns and tables.</summary>
    /// <param name="one">Which to look at; <c>null</c> for all.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    private async IAsyncEnumerable<(ChainHead Head, List<string> Different)> DifferentAsync(
        ChainHead? one, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lookups = new ByComplaint<KeptLookup>(rows.LookupsAsync(tenant, cancellationToken), static row => row.Complaint.Value);
        await using var closeLookups = lookups.ConfigureAwait(false);
        var due = new ByComplaint<DueTimer>(timers.TimersAsync(tenant, cancellationToken), static row => row.Complaint.Value);
        await using var closeDue = due.ConfigureAwait(false);
        var heads = one is null ? chains.HeadsAsync(tenant, cancellationToken) : new[] { one }.ToAsyncEnumerable();
        await foreach (var batch in heads.Chunk(Batch).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var persons = batch.Select(head => head.Row?.Summary?.Person).OfType<SubjectId>().ToHashSet();
            var known = await keys.KeptAsync(tenant, persons, cancellationToken).ConfigureAwait(false);
            foreach (var head in batch)
            {
                var (ownLookups, ownTimers) = (await lookups.TakeAsync(head.Of.Value).ConfigureAwait(false),
                    await due.TakeAsync(head.Of.Value).ConfigureAwait(false));
                yield return (head, Different(head, ownLookups, ownTimers, known));
            }
        }
    }

    /// <summary>True when a complaint looks wrong once more, as it stands now.</summary>
    private async Task<bool> StillAsync(ChainHead seen, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if ((await chains.ChainAsync(tenant, seen.Of.Value, cancellationToken).ConfigureAwait(false)).Head is not { } head)
                return false;
            var still = false;
            await foreach (var (_, different) in DifferentAsync(head, cancellationToken).ConfigureAwait(false))
                still = different.Count > 0;
            var after = (await chains.ChainAsync(tenant, seen.Of.Value, cancellationToken).ConfigureAwait(false)).Head;
            if (after?.Version == head.Version)
                return still;
        }
        return false;
    }

    private List<string> Different(
        ChainHead head, List<KeptLookup> lookups, List<DueTimer> due, IReadOnlyDictionary<SubjectId, SubjectKey> known)
    {
        var different = new List<string>();
        if (head.Row is null)
            return different;
        var stored = new StateRow(head.Of.Value, head.Version, head.Row.Schema, head.Row.State, head.Head);
        if (head.Row.Aggregate is { } aggregate && stored.Schema == StateCodec.Improvements.Schema
            && StateCodec.Improvements.ReadOf(tenant, stored) is { } improvement)
        {
            if (_rules.HasImprovementKind(improvement.Kind) && ImprovementOffice.LookAt(improvement, _rules) != aggregate.LookAt)
                different.Add("look_at");
        }
        if (head.Row.Summary is { } summary && stored.Schema == StateCodec.Schema
            && StateCodec.All.ReadOf(tenant, stored) is { } complaint)
        {
            AddTimes(complaint, summary, due, different);
            AddFound(complaint, summary, lookups, known.GetValueOrDefault(complaint.Receipt.Person), different);
        }
        return different;
    }

    /// <summary>When it is due, by the definitions that it is pinned to. While it waits that also goes by definitions that may have changed
    /// since.</summary>
    private void AddTimes(Complaint complaint, ComplaintSummary summary, List<DueTimer> due, List<string> different)
    {
        if (!_rules.Knows(complaint.Clocks) || complaint.Clocks.Pauses.Any(pause => pause.To is null))
        {
            _notWorkedOut++;
            return;
        }
        try
        {
            var clocks = Clocks.Project(complaint, _rules);
            var expected = ComplaintSummary.Of(complaint, clocks);
            if (At(expected.DueAt) != At(summary.DueAt))
                different.Add("due_at");
            if (!summary.Imported && At(expected.TargetAt) != At(summary.TargetAt))
                different.Add("target_at");
            if (!TimerProjection.Of(complaint, clocks).ToHashSet().SetEquals(due.Select(row => row.Timer)))
                different.Add("timer");
        }
        catch (CalendarRangeException)
        {
            _notWorkedOut++;
        }
    }

    /// <summary>Stores keep microseconds.</summary>
    private static Instant? At(Instant? instant) => instant is { } value ? Microseconds.Truncate(value) : null;

    /// <summary>By what the customer is found, as the customer said it: nothing once the person is erased.</summary>
    private void AddFound(
        Complaint complaint, ComplaintSummary summary, List<KeptLookup> lookups, SubjectKey? person, List<string> different)
    {
        Complainant? told = null;
        if (person is not null && complaint.Receipt.Complainant is { } sealedOne && !sealedOne.TryReveal(person, out told))
            return;
        var expected = told is null ? [] : LookupText.Hashed(told, own.Lookups);
        var kept = lookups.Select(row => (row.Hash, row.Kind)).ToHashSet();
        if (!kept.SetEquals(expected.Select(lookup => (lookup.Hash, lookup.Kind)))
            || lookups.Exists(row => row.Person != complaint.Receipt.Person))
            different.Add(person is null ? "subject_key, or lookup" : "lookup");
        var isTold = expected.IsEmpty ? summary.CustomerHash is null : summary.CustomerHash == expected[0].Hash;
        // An import whose source says by what repeats are told has none.
        if (!isTold && !(summary.Imported && summary.CustomerHash is null))
            different.Add("customer_hash");
    }
}

/// <summary>Rows that come in the order of complaints, taken complaint by complaint.</summary>
internal sealed class ByComplaint<T>(IAsyncEnumerable<T> rows, Func<T, Guid> complaintOf) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _rows = rows.GetAsyncEnumerator();
    private bool _hasRow;
    private bool _isOver;

    /// <summary>Those of one; what lies before it is passed.</summary>
    public async ValueTask<List<T>> TakeAsync(Guid complaint)
    {
        var taken = new List<T>();
        while (await HasRowAsync().ConfigureAwait(false) && Order(complaintOf(_rows.Current), complaint) is var order and <= 0)
        {
            if (order == 0)
                taken.Add(_rows.Current);
            _hasRow = false;
        }
        return taken;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async ValueTask<bool> HasRowAsync()
    {
        if (!_hasRow && !_isOver)
            _isOver = !(_hasRow = await _rows.MoveNextAsync().ConfigureAwait(false));
        return _hasRow;
    }

    /// <summary>Stores sort ids by their big-endian bytes, and so does the text form.</summary>
    private static int Order(Guid a, Guid b) => string.CompareOrdinal(a.ToString("D"), b.ToString("D"));
}
