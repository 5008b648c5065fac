using System.Collections.Concurrent;
using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Proves what lies beside the histories of a tenant. Answers, messages and definitions carry an authenticator; when a complaint is due,
/// its timers and by what its customer is found are worked out again from its state. What looks wrong is read anew, because a command may
/// have come between two streams.
/// </summary>
internal sealed class SideRowAudit(
    IChainStore chains, ISideRowStore rows, IDefinitionStore definitions, ITimerStore timers, PersonKeys keys, TenantId tenant,
    TenantKeys own) : IBesideChains, IAsyncDisposable
{
    private readonly ByComplaint<KeptLookup> _lookups = new(rows.LookupsAsync(tenant, default), static row => row.Complaint.Value);
    private readonly ByComplaint<DueTimer> _timers = new(timers.TimersAsync(tenant, default), static row => row.Complaint.Value);
    private readonly ConcurrentQueue<ChainHead> _suspects = new();

    private static readonly Label NotProved = new(
        "number_block, sweeper, work and link (compared by complaints reconcile), lookup.form, command (rows that are missing), "
            + "definition (rows that are missing, definition.sequence), subject_key (rows that "
            + "are missing together with all that is found by them), outbox (rows that are missing, outbox.due_at, outbox.attempt, "
            + "outbox.owner, outbox.delivered_at, outbox.dead_at, outbox.reason)",
        "number_block、sweeper、work 与 link（由 complaints reconcile 核对）、lookup.form、command（缺失的行）、definition（缺失的行、definition.sequence）、"
            + "subject_key（连同检索项一并缺失的行）、outbox（缺失的行、outbox.due_at、"
            + "outbox.attempt、outbox.owner、outbox.delivered_at、outbox.dead_at、outbox.reason）");

    private readonly ImmutableArray<ChainFinding>.Builder _findings = ImmutableArray.CreateBuilder<ChainFinding>();
    private readonly ImmutableArray<Label>.Builder _unproven = ImmutableArray.CreateBuilder<Label>();
    private Rulebook _rules = Rulebook.BuiltIn;
    private int _notWorkedOut;
    private int _olderForms;

    /// <summary>What needs no walk; before it, because it needs the definitions.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await CheckDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var row in rows.CommandsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!CommandMark.IsAuthentic(row, own.Rows))
            {
                Found("answer.altered", new(
                    $"The answer to command {row.Id}, its hash or its time is not as it was written.",
                    $"命令 {row.Id} 的答复、其哈希或其时间与写入时不同。"));
            }
        }
        await foreach (var message in rows.MessagesAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!Notifications.MessageIds.IsAuthentic(message, own.Rows))
            {
                Found("message.altered", new(
                    $"Message {message.Id} is not as it was written, or was written by somebody else.",
                    $"消息 {message.Id} 与写入时不同，或由他人写入。"));
            }
        }
    }

    public async ValueTask<ChainUnit> OpenAsync(Guid id, ChainHead? head, ImmutableArray<ChainHead> checkpoints) =>
        new(id, head, checkpoints)
        {
            Lookups = await _lookups.TakeAsync(id).ConfigureAwait(false),
            Timers = await _timers.TakeAsync(id).ConfigureAwait(false),
        };

    public ValueTask<IReadOnlyDictionary<SubjectId, SubjectKey>> KeysAsync(List<ChainUnit> chains, CancellationToken cancellationToken) =>
        keys.KeptAsync(
            tenant, chains.Select(unit => unit.Head?.Row?.Summary?.Person).OfType<SubjectId>().ToHashSet(), cancellationToken);

    public void Check(ChainUnit unit, object state, IReadOnlyDictionary<SubjectId, SubjectKey> keys)
    {
        if (Different(unit, state, keys).Count > 0)
            _suspects.Enqueue(unit.Head! with { Row = null });
    }

    public async ValueTask DisposeAsync()
    {
        await _lookups.DisposeAsync().ConfigureAwait(false);
        await _timers.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Looks again at what looked wrong, twice: an erasure changes no version, and may have come between two readings.</summary>
    public async Task<(ImmutableArray<ChainFinding> Findings, ImmutableArray<Label> Unproven)> EndAsync(CancellationToken cancellationToken)
    {
        var (notWorkedOut, olderForms) = (_notWorkedOut, _olderForms);
        var once = await StillDifferentAsync([.. _suspects], cancellationToken).ConfigureAwait(false);
        var twice = await StillDifferentAsync([.. once.Select(still => still.Head)], cancellationToken).ConfigureAwait(false);
        foreach (var (head, different) in twice)
        {
            var name = ChainFinding.Name(head.Of, head.Number);
            _findings.Add(new ChainFinding("row.altered", head.Of, head.Number, head.Version, 0, new(
                $"{name.En}: what is stored beside the history is not what follows from it: {string.Join(", ", different)}.",
                $"{name.Zh}：历史之外的存储内容与由历史推出的不符：{string.Join("、", different)}。")));
        }
        if (notWorkedOut > 0)
        {
            _unproven.Add(new(
                $"When {notWorkedOut} of them are due was not worked out again, because they wait or their definitions are not there: "
                + "complaint.due_at, complaint.target_at, timer.",
                $"其中 {notWorkedOut} 件处于挂起状态或缺少其定义，未重新计算到期时间：complaint.due_at, complaint.target_at, timer。"));
        }
        if (olderForms > 0)
        {
            _unproven.Add(new(
                $"By what {olderForms} of them are found was made from an older normal form (lookup.form): complaint.customer_hash, lookup."
                + " 'complaints reconcile --repair' makes it anew.",
                $"其中 {olderForms} 件的检索项采用旧的规范形式（lookup.form）：complaint.customer_hash、lookup。complaints reconcile --repair 可重新生成。"));
        }
        _unproven.Add(new($"Beside the histories, and not proved: {NotProved.En}.", $"不在历史之内，未经验证：{NotProved.Zh}。"));
        return (_findings.ToImmutable(), _unproven.ToImmutable());
    }

    private void Found(string code, Label text) => _findings.Add(new(code, null, null, 0, 0, text));

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
                    Found("definition.altered", new($"Definition {name} is not as it was published.", $"定义 {name} 与发布时不同。"));
                    break;
                case null:
                    var isOurs = builtIn.Contains((definition.Kind, definition.Id, definition.Json));
                    early.Add((name, isOurs && definition.EffectiveFrom is null));
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
                + "definition.published_by, definition.effective_from"
                + (others.Length == 0 ? "." : $", and definition.kind, definition.id and definition.content of {names}."),
            $"有 {early.Count} 个定义在租户拥有密钥之前发布：definition.version、definition.published_at、definition.published_by、definition.effective_from"
                + (others.Length == 0 ? "。" : $"，以及以下各项的 definition.kind、definition.id、definition.content：{names}。")));
    }

    /// <summary>What is different of these as they stand now, with one reading of what lies beside. One that moves on all the time is left
    /// out.</summary>
    private async Task<List<(ChainHead Head, List<string> Different)>> StillDifferentAsync(
        List<ChainHead> suspects, CancellationToken cancellationToken)
    {
        var still = new List<(ChainHead, List<string>)>();
        for (var attempt = 0; attempt < 5 && suspects.Count > 0; attempt++)
        {
            var wanted = suspects.ToDictionary(suspect => suspect.Of.Value);
            var before = new Dictionary<Guid, int?>();
            foreach (var id in wanted.Keys)
                before[id] = (await chains.ChainAsync(tenant, id, cancellationToken).ConfigureAwait(false)).Head?.Version;
            var lookups = await OfAsync(rows.LookupsAsync(tenant, cancellationToken), row => row.Complaint.Value).ConfigureAwait(false);
            var due = await OfAsync(timers.TimersAsync(tenant, cancellationToken), row => row.Complaint.Value).ConfigureAwait(false);
            suspects = [];
            foreach (var (id, suspect) in wanted)
            {
                var (head, events) = await chains.ChainAsync(tenant, id, cancellationToken).ConfigureAwait(false);
                if (head?.Version != before[id])
                    suspects.Add(suspect);
                else if (head is not null)
                {
                    var unit = new ChainUnit(id, head, []) { Lookups = [.. lookups[id]], Timers = [.. due[id]] };
                    unit.Events.AddRange(events);
                    if (await DifferentAsync(unit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } different)
                        still.Add((suspect, different));
                }
            }

            async Task<ILookup<Guid, T>> OfAsync<T>(IAsyncEnumerable<T> all, Func<T, Guid> complaintOf) =>
                (await all.Where(row => wanted.ContainsKey(complaintOf(row))).ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToLookup(complaintOf);
        }
        return still;
    }

    private async Task<List<string>> DifferentAsync(ChainUnit unit, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(tenant, unit.Id, unit.Head, [], own.Chain);
        foreach (var stored in unit.Events)
            walk.Next(stored);
        var known = await KeysAsync([unit], cancellationToken).ConfigureAwait(false);
        return walk.State is { } state ? Different(unit, state, known) : [];
    }

    private List<string> Different(ChainUnit unit, object state, IReadOnlyDictionary<SubjectId, SubjectKey> known)
    {
        var different = new List<string>();
        switch (state)
        {
            case Complaint complaint when unit.Head!.Row!.Summary is { } summary:
                AddTimes(complaint, summary, unit.Timers, different);
                AddFound(complaint, summary, unit.Lookups, known.GetValueOrDefault(complaint.Receipt.Person), different);
                break;
            case Improvement improvement when unit.Head!.Row!.Aggregate is { } aggregate && _rules.HasImprovementKind(improvement.Kind)
                && ImprovementOffice.LookAt(improvement, _rules) != aggregate.LookAt:
                different.Add("look_at");
                break;
            default:
                break;
        }
        return different;
    }

    /// <summary>When it is due, by the definitions that it is pinned to. While it waits that also goes by definitions that may have changed
    /// since.</summary>
    private void AddTimes(Complaint complaint, ComplaintSummary summary, List<DueTimer> due, List<string> different)
    {
        if (!_rules.Knows(complaint.Clocks) || complaint.Clocks.Pauses.Any(pause => pause.To is null))
        {
            Interlocked.Increment(ref _notWorkedOut);
            return;
        }
        try
        {
            var clocks = Clocks.Project(complaint, _rules);
            var expected = ComplaintSummary.Of(complaint, clocks);
            if (Microseconds.Truncate(expected.DueAt) != Microseconds.Truncate(summary.DueAt))
                different.Add("due_at");
            if (!summary.Imported && Microseconds.Truncate(expected.TargetAt) != Microseconds.Truncate(summary.TargetAt))
                different.Add("target_at");
            if (!TimerProjection.Of(complaint, clocks).ToHashSet().SetEquals(due.Select(row => row.Timer)))
                different.Add("timer");
        }
        catch (CalendarRangeException)
        {
            Interlocked.Increment(ref _notWorkedOut);
        }
    }

    /// <summary>By what the customer is found, as the customer said it: nothing once the person is erased.</summary>
    private void AddFound(
        Complaint complaint, ComplaintSummary summary, List<KeptLookup> lookups, SubjectKey? person, List<string> different)
    {
        Complainant? told = null;
        if (person is not null && complaint.Receipt.Complainant is { } sealedOne && !sealedOne.TryReveal(person, out told))
            return;
        if (told is not null && lookups.Exists(row => row.Form != Lookup.FormIn(_rules.Settings.PhoneRegion)))
        {
            Interlocked.Increment(ref _olderForms);
            return;
        }
        var expected = told is null ? [] : LookupText.Hashed(told, own.Lookups, _rules.Settings.PhoneRegion);
        var kept = lookups.Select(row => (row.Hash, row.Kind)).ToHashSet();
        if (!kept.SetEquals(expected.Select(lookup => (lookup.Hash, lookup.Kind)))
            || lookups.Exists(row => row.Person != complaint.Receipt.Person))
            different.Add(person is null ? "subject_key, or lookup" : "lookup");
        var isTold = summary.CustomerHash == IntakeHashes.CustomerOf(expected);
        // An import whose source says by what repeats are told has none.
        if (!isTold && !(summary.Imported && summary.CustomerHash is null))
            different.Add("customer_hash");
    }
}
