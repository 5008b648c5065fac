using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// How a command on a small aggregate goes through: load, decide, seal, commit, answer; and how what is due is looked at. The same for all
/// of them; what one of them is, its own office says.
/// </summary>
internal abstract class AggregateOffice<TState, TCommand>(DeskServices services, TenantId tenant, Actor actor)
    where TState : class, IAggregate<TState> where TCommand : Command<TState>
{
    /// <summary>How often a new one is decided on another number, because others were faster.</summary>
    private const int MostNumbersLost = 50;

    protected DeskServices Services => services;

    protected TenantId Tenant => tenant;

    protected Actor Actor => actor;

    protected IAggregateStore Store => services.Aggregates;

    protected abstract Catalogue<TState> Catalogue { get; }

    protected abstract Decider<TState> Decider { get; }

    protected abstract StateBytes<TState> States { get; }

    /// <summary>What numbers begin with.</summary>
    protected abstract string Prefix { get; }

    /// <summary>The rule, with what it must know of others.</summary>
    protected abstract ValueTask<Decided<TState>> DecideAsync(
        TState? state, NewAggregate? made, TCommand command, CommandMoment moment, Rulebook rules, CancellationToken cancellationToken);

    protected abstract AggregateSummary SummaryOf(TState state, Rulebook rules);

    /// <summary>What waits for whom in it.</summary>
    protected abstract ImmutableArray<WorkRow> WorkOf(TState state, Rulebook rules);

    protected abstract SubjectId SubjectOf(TState state);

    protected abstract ReadOnlyMemory<byte> AnswerOf(TState state, ImmutableArray<Subject> made, bool wordsLeftOut);

    /// <summary>What the state is pinned to and the rules do not hold; <c>null</c> for nothing.</summary>
    protected abstract DefinitionRef? MissingIn(Rulebook rules, TState state);

    /// <summary>Does what a state owes others; what hinders it is left to the sweep.</summary>
    /// <returns>The state after it.</returns>
    protected abstract Task<TState> TryCompleteAsync(TState state, CancellationToken cancellationToken);

    public async Task<AggregateResult<TState>> ExecuteAsync(
        Guid? id, TCommand command, CommandOptions options, bool judgesWhatIsPast, CancellationToken cancellationToken)
    {
        var moment = await MomentAsync(options, judgesWhatIsPast, cancellationToken).ConfigureAwait(false);
        var rules = await services.Definitions.RulesAsync(tenant, cancellationToken).ConfigureAwait(false);
        var own = await services.Keys.TenantKeysAsync(tenant, cancellationToken).ConfigureAwait(false);
        var commandId = options.CommandId ?? new CommandId(services.Ids.NewId(moment.Now));
        var text = CommandText.Write(Catalogue, id, actor, options, command);
        if (CommandText.Check(text) is { } large)
            return AggregateResult<TState>.Refused(large);
        var mark = new CommandMark(own.Commands.Hash(text.Span), own.Rows);
        (SubjectKey Key, WrappedKey Wrapped)? newKey = null;
        var made = id is null ? new Guid?(services.Ids.NewId(moment.Now)) : null;
        for (var attempt = 1; ; attempt++)
        {
            var loaded = await Store.LoadAsync(tenant, new(TState.Noun, id ?? made!.Value), commandId, cancellationToken).ConfigureAwait(
                false);
            if (loaded.Earlier is { } earlier)
                return Answered(earlier, mark);
            if (id is { } wanted && (loaded.Aggregate is null || !MaySeeOrSend(command, rules)))
                return AggregateResult<TState>.Refused(NotFound(wanted));
            var (state, refusal) = await StateOrRefusalAsync(loaded.Aggregate, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
                return AggregateResult<TState>.Refused(refusal);
            if (state is not null && options.ExpectedVersion is { } expected && expected != state.Version
                && !Catalogue.Of(command).Capability.Commutes)
                throw new ConflictException(new AggregateId(TState.Noun, state.Key), expected, state.Version);
            if (state is not null && MissingIn(rules, state) is not null)
            {
                rules = await services.Definitions.RulesAnewAsync(tenant, cancellationToken).ConfigureAwait(false);
                if (MissingIn(rules, state) is { } missing)
                    return AggregateResult<TState>.Refused(new("definition.version_missing", ("value", missing)));
            }
            var number = made is not null ? await NumberAsync(moment.Now, rules, cancellationToken).ConfigureAwait(false) : null;
            var fresh = number is { } taken ? new NewAggregate(made!.Value, taken.For(Prefix)) : (NewAggregate?)null;
            var decided = await DecideAsync(state, fresh, command, moment, rules, cancellationToken).ConfigureAwait(false);
            if (decided.Refusal is { } refused)
                return AggregateResult<TState>.Refused(refused, MaySee(rules) ? state : null);
            var next = decided.Next!;
            if (number is not null)
                newKey ??= await services.Keys.NewAsync(tenant, SubjectOf(next), cancellationToken).ConfigureAwait(false);
            var commit = Commit(loaded, state, decided, commandId, mark, newKey?.Key ?? await KeyAsync(loaded, next, cancellationToken)
                .ConfigureAwait(false), own, rules)
                with { Number = number, NewKey = newKey?.Wrapped };
            // A key that is written with the words is there when they are.
            commit = commit with { NeedsKey = commit.NeedsKey && newKey is null };
            if (await Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) == CommitOutcome.Committed)
            {
                var after = await TryCompleteAsync(next, cancellationToken).ConfigureAwait(false);
                // Who goes on from here goes on from what is there now; a repeated command is told what it was told first.
                var answer = after.Version == next.Version
                    ? commit.Command.Answer
                    : AnswerOf(after, MadeBy(decided), wordsLeftOut: false);
                return new(answer, MaySee(rules) ? after : null, null, Repeated: false, services.IsInside);
            }
            if (attempt >= (services.IsInside ? 1 : number is null ? 3 : MostNumbersLost))
                return await AnsweredOrConflictAsync(commit, mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One that the actor may see, with the rules by which it is read.</summary>
    public async ValueTask<(TState State, StoredAggregate Stored, Rulebook Rules)?> SeenAsync(Guid id, CancellationToken cancellationToken)
    {
        var rules = await services.Definitions.RulesAsync(tenant, cancellationToken).ConfigureAwait(false);
        if (!MaySee(rules))
            return null;
        var loaded = await Store.LoadAsync(tenant, new(TState.Noun, id), default, cancellationToken).ConfigureAwait(false);
        return loaded.Aggregate is { } stored && (await StateAsync(stored, cancellationToken).ConfigureAwait(false)).State is { } state
            ? (state, stored, rules)
            : null;
    }

    public bool MaySee(Rulebook rules) => Decider.PermissionsIn(rules).MaySee(actor);

    /// <summary>The state of a row; a refusal when a newer program wrote it.</summary>
    /// <exception cref="UnreadableException">It is damaged, and so is its history.</exception>
    public async ValueTask<(TState? State, ComplaintError? Refusal)> StateAsync(StoredAggregate? stored,
        CancellationToken cancellationToken)
    {
        if (stored is null)
            return default;
        var reader = new StateReader<TState>(States, Catalogue, services.Reader, services.Damage);
        var read = await reader.ReadAsync(tenant, StateRow.Of(stored), cancellationToken).ConfigureAwait(false);
        return (read.State, read.Unknown is { } unknown ? new ComplaintError("history.newer", ("value", unknown)) : null);
    }

    /// <summary>The same with a refusal for what is damaged.</summary>
    private async ValueTask<(TState? State, ComplaintError? Refusal)> StateOrRefusalAsync(
        StoredAggregate? stored, CancellationToken cancellationToken)
    {
        try
        {
            return await StateAsync(stored, cancellationToken).ConfigureAwait(false);
        }
        catch (UnreadableException e)
        {
            return (null, e.Error);
        }
    }

    protected abstract ComplaintError NotFound(Guid id);

    private bool MaySeeOrSend(TCommand command, Rulebook rules) =>
        MaySee(rules) || Decider.PermissionsIn(rules).Allows(Catalogue.Of(command), actor);

    private AggregateCommit Commit(
        LoadedAggregate loaded, TState? before, in Decided<TState> decided, CommandId command, CommandMark mark, SubjectKey? key,
        TenantKeys own, Rulebook rules)
    {
        var next = decided.Next!;
        var events = decided.Sink!.ToImmutable<Event<TState>>();
        var head = loaded.Aggregate is { } stored ? stored.Head : HashChain.Origin;
        var rows = ImmutableArray.CreateBuilder<StoredEvent>(events.Length);
        var isSealed = false;
        foreach (var happened in events)
        {
            isSealed |= Seal(happened, key, next);
            var type = Catalogue.Of(happened);
            var written = new WrittenEvent<TState>(
                next.Key, next.Version, rows.Count, type.Name, type.Version, decided.Moment.Of(happened.HappenedAt), command, happened);
            var body = EventCodec.Write(tenant, written, Catalogue);
            head = own.Chain.Next(head.Span, body.Span);
            rows.Add(new StoredEvent(next.Version, rows.Count, body, head));
        }
        var (set, remove) = WorkProjection.Difference(before is null ? [] : WorkOf(before, rules), WorkOf(next, rules));
        return new AggregateCommit
        {
            Tenant = tenant,
            WorkToSet = set,
            WorkToRemove = remove,
            ExpectedVersion = next.Version - 1,
            Schema = States.Schema,
            State = States.Write(next),
            Head = head,
            Summary = SummaryOf(next, rules),
            Events = rows.MoveToImmutable(),
            Outbox = OutboxRouting.Route(Catalogue, next, events, decided.Moment.RecordedAt, own.Rows),
            Command = mark.Row(command, AnswerOf(next, MadeBy(decided), wordsLeftOut: isSealed && key is null),
                decided.Moment.RecordedAt),
            NeedsKey = isSealed && key is not null,
        };
    }

    private static ImmutableArray<Subject> MadeBy(in Decided<TState> decided) =>
        [.. decided.Sink!.ToImmutable<Event<TState>>().Select(happened => happened.Made).OfType<Subject>()];

    /// <returns>True when there was anything to seal.</returns>
    private bool Seal(Event<TState> happened, SubjectKey? key, TState state)
    {
        var isAny = false;
        foreach (var field in happened.PersonalValues)
        {
            if (field.About is not null)
                throw new NotSupportedException(
                    $"{happened.GetType().Name} is about a person, and a {TState.Noun} has one key of its own.");
            if (field.Value is not { } value)
                continue;
            isAny = true;
            if (key is null)
                value.LeaveOut(SubjectOf(state));
            else
                value.Seal(key, new SealedPlace(tenant, TState.Noun, state.Key, field.Name));
        }
        return isAny;
    }

    private async ValueTask<SubjectKey?> KeyAsync(LoadedAggregate loaded, TState state, CancellationToken cancellationToken) =>
        loaded.Key is { } wrapped
        ? await services.Keys.OpenAsync(
            tenant, new WrappedKey(SubjectOf(state), wrapped), state.Number, cancellationToken).ConfigureAwait(false)
        : null;

    private async ValueTask<TakenNumber?> NumberAsync(Instant now, Rulebook rules, CancellationToken cancellationToken)
    {
        var year = now.InZone(DateTimeZoneProviders.Tzdb[rules.Settings.Zone]).Year;
        return new(year, await Store.NextNumberAsync(tenant, TState.Noun, year, cancellationToken).ConfigureAwait(false));
    }

    private AggregateResult<TState> Answered(CommandRow earlier, CommandMark mark) =>
        !mark.IsOf(earlier) ? AggregateResult<TState>.Refused(new ComplaintError("command.id_reused", ("value", earlier.Id)))
        : CommandMark.IsAuthentic(earlier, mark.Rows) ? new(earlier.Answer, null, null, Repeated: true, services.IsInside)
        : AggregateResult<TState>.Refused(StoredAnswer.Unreadable(earlier.Id));

    private async ValueTask<AggregateResult<TState>> AnsweredOrConflictAsync(AggregateCommit commit, CommandMark mark,
        CancellationToken cancellationToken)
    {
        var current = await Store.LoadAsync(tenant, commit.Summary.Id, commit.Command.Id, cancellationToken).ConfigureAwait(false);
        return current.Earlier is { } earlier
            ? Answered(earlier, mark)
            : throw new ConflictException(commit.Summary.Id, commit.ExpectedVersion, current.Aggregate?.Version ?? 0);
    }

    private async ValueTask<CommandMoment> MomentAsync(CommandOptions options, bool judgesWhatIsPast, CancellationToken cancellationToken)
    {
        var own = Microseconds.Truncate(services.Clock.GetCurrentInstant());
        if (judgesWhatIsPast)
            own = Microseconds.Truncate(await services.Deadlines.NowAsync(cancellationToken).ConfigureAwait(false));
        return new(own, judgesWhatIsPast || services.HasOneClock ? own : own - IDeadlineClock.LargestSkew, options.OccurredAt,
            options.BackdateReason);
    }
}

/// <summary>When a command is decided, and by which instant it is judged what is past.</summary>
internal readonly record struct CommandMoment(Instant Now, Instant DueBy, Instant? OccurredAt = null, string? BackdateReason = null);

/// <summary>What a new aggregate is given.</summary>
internal readonly record struct NewAggregate(Guid Id, string Number);

/// <summary>What came of a command on a small aggregate.</summary>
internal readonly record struct AggregateResult<TState>(ReadOnlyMemory<byte> Answer, TState? State, ComplaintError? Refusal, bool Repeated,
    bool IsPending)
    where TState : class
{
    public static AggregateResult<TState> Refused(ComplaintError refusal, TState? state = null) => new(
        default, state, refusal, false, false);
}
