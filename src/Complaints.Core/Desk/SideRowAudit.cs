using System.Collections.Concurrent;
using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Proves what lies beside the histories of a tenant. Answers, messages and definitions carry an authenticator; when a complaint is due,
/// its timers, who takes part and by what its customer is found are worked out again from its state. What looks wrong is read anew, because
/// a command may have come between two streams.
/// </summary>
internal sealed class SideRowAudit(
    IChainStore chains, ISideRowStore rows, IDefinitionStore definitions, ITimerStore timers, ITakingPartStore parties, PersonKeys keys,
    TenantId tenant, TenantKeys own) : IBesideChains, IAsyncDisposable
{
    private readonly ByComplaint<KeptLookup> _lookups = new(rows.LookupsAsync(tenant, default), static row => row.Complaint.Value);
    private readonly ByComplaint<DueTimer> _timers = new(timers.TimersAsync(tenant, default), static row => row.Complaint.Value);
    private readonly ByComplaint<StoredParty> _parties = new(parties.AllPartiesAsync(tenant, default), static row => row.Of.Value);
    private readonly ConcurrentQueue<ChainHead> _suspects = new();
    private readonly CommandAudit _commands = new(rows, tenant, own.Rows);

    private static readonly Label NotProved = new(
        "number_block, sweeper, work and link (compared by complaints reconcile), definition (rows that are missing: the newest ones), "
            + "taking_part.received_at, "
            + "subject_key (rows that are missing together with all that is found by them), "
            + "outbox (rows that are missing, outbox.due_at, outbox.attempt, outbox.owner, outbox.delivered_at, "
            + "outbox.dead_at, outbox.reason)",
        "number_block、sweeper、work 与 link（由 complaints reconcile 核对）、definition（缺失的行：最新的若干行）、"
            + "taking_part.received_at、"
            + "subject_key（连同检索项一并缺失的行）、outbox（缺失的行、outbox.due_at、"
            + "outbox.attempt、outbox.owner、outbox.delivered_at、outbox.dead_at、outbox.reason）");

    private readonly ImmutableArray<ChainFinding>.Builder _findings = ImmutableArray.CreateBuilder<ChainFinding>();
    private readonly ImmutableArray<Label>.Builder _unproven = ImmutableArray.CreateBuilder<Label>();
    private Rulebook _rules = Rulebook.BuiltIn;
    private IntakeAudit _intake = new(own, Rulebook.BuiltIn.Settings);
    private int _notWorkedOut;
    private int _notFilled;

    /// <summary>What needs no walk; before it, because it needs the definitions.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var stored = await definitions.NewerAsync(tenant, null, cancellationToken).ConfigureAwait(false);
        var published = new DefinitionAudit(own.Rows);
        published.Check(stored);
        _findings.AddRange(published.Findings);
        _unproven.AddRange(published.Unproven);
        var kinds = ComplaintRooms.Current.Definitions;
        _rules = Rulebook.From(stored.Added.Where(definition => kinds.UnreadableAt(definition) is null));
        _intake = new(own, _rules.Settings);
        await _commands.ReadAsync(
            row => Found("answer.altered", new(
                $"The answer to command {row.Id}, its hash or its time is not as it was written.",
                $"命令 {row.Id} 的答复、其哈希或其时间与写入时不同。")),
            cancellationToken).ConfigureAwait(false);
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
            Parties = await _parties.TakeAsync(id).ConfigureAwait(false),
        };

    public ValueTask<IReadOnlyDictionary<SubjectId, SubjectKey>> KeysAsync(List<ChainUnit> chains, CancellationToken cancellationToken) =>
        keys.KeptAsync(
            tenant, chains.Select(unit => unit.Head?.Row?.Summary?.Person).OfType<SubjectId>().ToHashSet(), cancellationToken);

    public void Check(ChainUnit unit, ChainWalk walk, IReadOnlyDictionary<SubjectId, SubjectKey> keys)
    {
        _commands.Check(unit.Head!, walk.Commands);
        if (Different(unit, walk, keys).Count > 0)
            _suspects.Enqueue(unit.Head! with { Row = null });
    }

    public async ValueTask DisposeAsync()
    {
        await _lookups.DisposeAsync().ConfigureAwait(false);
        await _timers.DisposeAsync().ConfigureAwait(false);
        await _parties.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Looks again at what looked wrong, twice: an erasure changes no version, and may have come between two readings.</summary>
    public async Task<(ImmutableArray<ChainFinding> Findings, ImmutableArray<Label> Unproven)> EndAsync(CancellationToken cancellationToken)
    {
        // Before the looking again, which counts them once more.
        var (notWorkedOut, notFilled) = (_notWorkedOut, _notFilled);
        Label[] notMadeAgain = [.. _intake.Unproven];
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
        if (notFilled > 0)
        {
            _unproven.Add(new(
                $"Who takes part in {notFilled} of them is not written yet, as after an upgrade: run 'complaints reconcile --repair'. "
                + "Until then whoever sees only what they take part in does not see these: taking_part.",
                $"其中 {notFilled} 件尚未写入参与方（如升级之后）：请运行 'complaints reconcile --repair'。"
                + "在此之前，仅能查看本人参与案件的人员看不到这些案件：taking_part。"));
        }
        _unproven.AddRange(notMadeAgain);
        var (missing, unanswered) = await _commands.EndAsync(cancellationToken).ConfigureAwait(false);
        _findings.AddRange(missing);
        _unproven.AddRange(unanswered);
        _unproven.Add(new($"Beside the histories, and not proved: {NotProved.En}.", $"不在历史之内，未经验证：{NotProved.Zh}。"));
        return (_findings.ToImmutable(), _unproven.ToImmutable());
    }

    private void Found(string code, Label text) => _findings.Add(new(code, null, null, 0, 0, text));

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
            var taking = await OfAsync(parties.AllPartiesAsync(tenant, cancellationToken), row => row.Of.Value).ConfigureAwait(false);
            suspects = [];
            foreach (var (id, suspect) in wanted)
            {
                var (head, events) = await chains.ChainAsync(tenant, id, cancellationToken).ConfigureAwait(false);
                if (head?.Version != before[id])
                    suspects.Add(suspect);
                else if (head is not null)
                {
                    var unit = new ChainUnit(id, head, []) { Lookups = [.. lookups[id]], Timers = [.. due[id]], Parties = [.. taking[id]] };
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
        using var hasher = own.Chain.Hasher();
        var walk = new ChainWalk(tenant, unit.Id, unit.Head, [], hasher);
        foreach (var stored in unit.Events)
            walk.Next(stored);
        var known = await KeysAsync([unit], cancellationToken).ConfigureAwait(false);
        return Different(unit, walk, known);
    }

    private List<string> Different(ChainUnit unit, ChainWalk walk, IReadOnlyDictionary<SubjectId, SubjectKey> known)
    {
        var different = new List<string>();
        switch (walk.State)
        {
            case Complaint complaint when unit.Head!.Row!.Summary is { } summary:
                AddTimes(complaint, summary, unit.Timers, different);
                AddParties(complaint, unit.Parties, different);
                _intake.Add(complaint, walk, unit, known.GetValueOrDefault(complaint.Receipt.Person), different);
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

    /// <summary>Of a case of before there were such rows there is none yet, or all.</summary>
    private void AddParties(Complaint complaint, List<StoredParty> stored, List<string> different)
    {
        var expected = TakingPart.In(complaint);
        if (stored.Count == 0 && !expected.IsEmpty)
            Interlocked.Increment(ref _notFilled);
        else if (!expected.ToHashSet().SetEquals(stored.Select(row => row.Party)))
            different.Add("taking_part");
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
            if (Microseconds.Truncate(Clocks.NextDue(clocks)) != Microseconds.Truncate(summary.DueAt))
                different.Add("due_at");
            if (!summary.Imported
                && Microseconds.Truncate(ComplaintSummary.TargetOf(complaint, clocks)) != Microseconds.Truncate(summary.TargetAt))
                different.Add("target_at");
            var expected = TimerProjection.Of(complaint, clocks);
            if ((due.Count > 0 || !expected.IsEmpty) && !expected.ToHashSet().SetEquals(due.Select(row => row.Timer)))
                different.Add("timer");
        }
        catch (CalendarRangeException)
        {
            Interlocked.Increment(ref _notWorkedOut);
        }
    }
}
