using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// The one application service: load, decide, commit, answer. Immutable and thread-safe; <see cref="For"/> gives a desk for another tenant
/// or actor.
/// A command that was answered with success is durable and stands in the history exactly once, however often it is repeated with the same
/// id.
/// </summary>
public sealed partial class ComplaintDesk
{
    private readonly DeskServices _services;

    /// <summary>A desk of the default tenant on which the library itself acts.</summary>
    public ComplaintDesk(DeskServices services) : this(services, TenantId.Default, Actor.System) { }

    private ComplaintDesk(DeskServices services, TenantId tenant, Actor actor) => (_services, Tenant, Actor) = (services, tenant, actor);

    /// <summary>Whose complaints it handles.</summary>
    public TenantId Tenant { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>The same desk for another actor, and another tenant if one is given.</summary>
    public ComplaintDesk For(Actor actor, TenantId? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new(_services, tenant ?? Tenant, actor);
    }

    /// <summary>The desk of improvements, for the same tenant and actor, and inside the same transaction.</summary>
    public ImprovementDesk Improvements => new(this, _services);

    /// <summary>Carries a command out on an existing complaint.</summary>
    /// <param name="id">The complaint.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="options">Command id, expected version, backdating.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome may then be unknown.</param>
    /// <exception cref="ConflictException">The complaint has changed since the caller saw it, or it changed three times while this was
    /// decided.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was answered: repeat with the same command id.</exception>
    public async Task<CommandResult> ExecuteAsync(ComplaintId id, ComplaintCommand command, CommandOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        options ??= CommandOptions.None;
        var (context, commandId, mark, wrong) = await OpenAsync(id, command, options, cancellationToken).ConfigureAwait(false);
        if (wrong is not null)
            return CommandResult.Refused(wrong);
        for (var attempt = 1; ; attempt++)
        {
            var loading = _services.Store.LoadAsync(Tenant, id, commandId, cancellationToken);
            var ahead = attempt > 1 ? null
                : await AheadAsync(loading, id, command, context, commandId, cancellationToken).ConfigureAwait(false);
            var loaded = await loading.ConfigureAwait(false);
            if (loaded.Earlier is { } earlier)
                return Answered(earlier, mark);
            // Who may not see it is told no more than of one that is not there.
            if (loaded.Complaint is not { } stored || !await IsInScopeAsync(stored, context.Rules, cancellationToken).ConfigureAwait(false))
                return CommandResult.Refused(new ComplaintError("complaint.not_found", ("value", id)));
            if (options.ExpectedVersion is { } expected && expected != stored.Version && !Commutes(command))
                throw new ConflictException(id, expected, stored.Version);
            Decided decided;
            try
            {
                decided = ahead is var (row, sooner) && IsSame(row, loaded) ? sooner
                    : await DecideAsync(loaded, command, context, commandId, cancellationToken).ConfigureAwait(false);
            }
            catch (UnreadableException e)
            {
                return CommandResult.Refused(e.Error);
            }
            if (decided.Refusal is { } refusal)
            {
                if (command.FollowsMerge && decided.State is { State: ComplaintState.Merged, Progress.MergedInto: { } survivor }
                    && await IsInAsync(ScopeIn(context.Rules), survivor, cancellationToken).ConfigureAwait(false))
                {
                    (id, attempt) = (survivor, 0);
                    continue;
                }
                return CommandResult.Refused(
                    SaidAlone(refusal, decided.State, command, context), Told(decided.State, context.Rules));
            }
            var decision = decided.Decision!;
            var commit = decided.Commit! with { Command = RowOf(decision, decided.Commit, commandId, mark) };
            if (await _services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) == CommitOutcome.Committed)
            {
                // What it came to was sealed to be written. Only a new complaint, which is not kept, has a state with clear values.
                _services.States.Keep(decision.Complaint, commit.Head, After(loaded, commit));
                _services.Damage.IsWhole(Tenant, "state.unreadable", decision.Complaint.Number);
                await TryCompleteAsync(decision.Complaint, cancellationToken).ConfigureAwait(false);
                return Committed(decision, commit, context.Rules);
            }
            if (attempt == Attempts)
                return await AnsweredOrConflictAsync(id, stored.Version, commandId, mark, cancellationToken, decided.Commit!.Unchanged)
                    .ConfigureAwait(false);
        }
    }

    /// <summary>What a command would do now: decided on the stored state and not written. For a preview of <see cref="Recalculate"/> and of
    /// anything else.</summary>
    /// <returns>The events, or the refusal; <c>null</c> if the tenant has no complaint of that id, or the actor may not see it.</returns>
    public async Task<Decision?> PreviewAsync(ComplaintId id, ComplaintCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await SeenAsync(id, cancellationToken).ConfigureAwait(false) is not var (state, _, rules))
            return null;
        var (now, dueBy) = await MomentAsync(command, cancellationToken).ConfigureAwait(false);
        var context = new DecisionContext { Now = now, DueBy = dueBy, Actor = Actor, Rules = rules };
        (context, _) = await WithReferredAsync(context, command, default, cancellationToken).ConfigureAwait(false);
        context = await WithComplainantAsync(context, command, state, cancellationToken).ConfigureAwait(false);
        return _services.Rooms.Decider.Decide(Alone(state, rules), command, context).Told(complaint => Shown(complaint, rules));
    }

    /// <summary>What speaks against a command whatever it is carried out on: its actor, and its values.</summary>
    internal async ValueTask<ComplaintError?> RefusedAsync(ComplaintCommand command, CancellationToken cancellationToken)
    {
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return _services.Rooms.Decider.Refused(null, command, new DecisionContext { Now = Now(), Actor = Actor, Rules = rules });
    }

    /// <summary>Whether a calendar of the tenant has gained years of holidays: if none has, no complaint has any to take up.</summary>
    internal async ValueTask<bool> HaveCalendarsGrownAsync(CancellationToken cancellationToken) =>
        (await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false)).HaveCalendarsGrown;

    /// <summary>The keyed mark by which a customer's complaints are listed (<see cref="ComplaintQuery.Lookup"/>).</summary>
    /// <param name="normalized">A text from <see cref="LookupText"/>, at most 500 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><c>text.too_long</c>.</exception>
    public async ValueTask<string> LookupAsync(string normalized, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        ThrowIfLong(nameof(normalized), normalized, Text.Short);
        return (await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false)).Lookups.Hash(normalized);
    }

    /// <summary>The keyed mark by which the complaint is found that a source knows under an id (<see cref="ComplaintName"/>).</summary>
    /// <exception cref="ArgumentException">The source has more than 100 characters, or the id more than 200:
    /// <c>text.too_long</c>.</exception>
    public async ValueTask<string> SourceHashAsync(ExternalRef known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        ThrowIfLong(nameof(known.Source), known.Source, Text.Id);
        ThrowIfLong(nameof(known.Id), known.Id, Text.Title);
        return IntakeHashes.OfSource(known, (await _services.Keys.TenantKeysAsync(Tenant, cancellationToken)
            .ConfigureAwait(false)).Sources);
    }

    private static void ThrowIfLong(string name, string? text, int bound)
    {
        if (text?.Length > bound)
            throw new ArgumentException(Text.Check(name, text, bound)!.ToString(), name);
    }

    /// <summary>What a command goes by; or why nothing is done with it at all.</summary>
    private async ValueTask<(DecisionContext Context, CommandId Id, CommandMark Mark, ComplaintError? Refusal)> OpenAsync(
        ComplaintId? complaint, ComplaintCommand command, CommandOptions options, CancellationToken cancellationToken)
    {
        var moment = await MomentAsync(command, cancellationToken).ConfigureAwait(false);
        var context = await ContextAsync(options, moment, cancellationToken).ConfigureAwait(false);
        var keys = await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var id = options.CommandId ?? new CommandId(_services.Ids.NewId(moment.Now));
        var text = CommandText.Write(_services.Rooms.Catalogue, complaint, Actor, options, command);
        return CommandText.Check(text) is { } refusal ? (context, id, default, refusal)
            : (context, id, new(keys.Commands.Hash(text.Span), keys.Rows), null);
    }

    private async ValueTask<DecisionContext> ContextAsync(CommandOptions options, Moment moment, CancellationToken cancellationToken)
    {
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return new DecisionContext { Now = moment.Now, DueBy = moment.DueBy, Actor = Actor, Rules = rules, OccurredAt = options.OccurredAt, BackdateReason = options.BackdateReason };
    }

    private CommandMark MarkOf(TenantKeys keys, ComplaintId? complaint, ComplaintCommand command, CommandOptions options) =>
        new(keys.Commands.Hash(CommandText.Write(_services.Rooms.Catalogue, complaint, Actor, options, command).Span), keys.Rows);

    /// <summary>True for what disturbs nobody who works at the same time: then it does not matter which version the caller saw.</summary>
    private bool Commutes(ComplaintCommand command) =>
        command is Sequence sequence ? sequence.Commands.All(Commutes) : _services.Rooms.Catalogue.Of(command).Capability.Commutes;

    private CommandResult Committed(Decision decision, ComplaintCommit commit, Rulebook rules) => new()
    {
        Answer = AnswerOf(decision, commit), Complaint = Told(decision.Complaint, rules), IsPending = _services.IsInside,
    };

    private static CommandAnswer AnswerOf(Decision decision, ComplaintCommit commit) =>
        new(decision.Complaint.Id, decision.Complaint.Number, decision.Complaint.Version, decision.Complaint.State)
        {
            Made = decision.Made,
            WordsLeftOut = commit.LeavesWordsOut,
        };

    private static CommandRow RowOf(Decision decision, ComplaintCommit commit, CommandId id, CommandMark mark) =>
        mark.Row(id, JsonSerializer.SerializeToUtf8Bytes(AnswerOf(decision, commit), DeskJson.Default.CommandAnswer),
            decision.Moment.RecordedAt);

    /// <summary>What stood in the way may have been the command itself, sent twice at once or once more after a broken
    /// connection.</summary>
    private async ValueTask<CommandResult> AnsweredOrConflictAsync(
        ComplaintId id, int seen, CommandId command, CommandMark mark, CancellationToken cancellationToken, SeenComplaint? other = null)
    {
        var current = await _services.Store.LoadAsync(Tenant, id, command, cancellationToken).ConfigureAwait(false);
        if (current.Earlier is { } earlier)
            return Answered(earlier, mark);
        // Where this complaint is as it was seen, it was the other one that changed.
        return other is not null && current.Complaint?.Version == seen
            ? await AnsweredOrConflictAsync(other.Id, other.Version, command, mark, cancellationToken).ConfigureAwait(false)
            : throw new ConflictException(id, seen, current.Complaint?.Version ?? 0);
    }

    private CommandResult Answered(CommandRow earlier, CommandMark mark) => !mark.IsOf(earlier)
        ? CommandResult.Refused(new ComplaintError("command.id_reused", ("value", earlier.Id)))
        : CommandMark.IsAuthentic(earlier, mark.Rows)
            && StoredAnswer.Read<CommandAnswer>(earlier.Answer, DeskJson.Default.CommandAnswer) is { } answer
            ? new CommandResult { Answer = answer, Repeated = true, IsPending = _services.IsInside }
            : CommandResult.Refused(StoredAnswer.Unreadable(earlier.Id));

    /// <summary>
    /// When a command is decided. One that judges what is past goes by the deadline clock; any other by its host's, which may be ahead of
    /// that: what it finds past by less than that a sweep
    /// tells later.
    /// </summary>
    private async ValueTask<Moment> MomentAsync(ComplaintCommand command, CancellationToken cancellationToken)
    {
        var now = command.JudgesWhatIsPast ? await DueByAsync(cancellationToken).ConfigureAwait(false) : Now();
        return new(now, command.JudgesWhatIsPast || _services.HasOneClock ? now : now - IDeadlineClock.LargestSkew);
    }

    private async ValueTask<Instant> DueByAsync(CancellationToken cancellationToken) =>
        Microseconds.Truncate(await _services.Deadlines.NowAsync(cancellationToken).ConfigureAwait(false));

    internal Instant Now() => Microseconds.Truncate(_services.Clock.GetCurrentInstant());

    private readonly record struct Moment(Instant Now, Instant DueBy);

    private readonly record struct Decided(Complaint State, ComplaintError? Refusal, Decision? Decision = null, ComplaintCommit? Commit = null);
}
