using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>What the desk knows of improvements besides what all small aggregates share.</summary>
internal sealed class ImprovementOffice(ComplaintDesk desk, DeskServices services)
    : AggregateOffice<Improvement, ImprovementCommand>(services, desk.Tenant, desk.Actor)
{
    protected override Catalogue<Improvement> Catalogue => ImprovementRooms.Current.Catalogue;

    protected override Decider<Improvement> Decider => ImprovementRooms.Current.Decider;

    protected override StateBytes<Improvement> States => StateCodec.Improvements;

    protected override string Prefix => Improvement.NumberPrefix;

    protected override async ValueTask<Decided<Improvement>> DecideAsync(
        Improvement? state, NewAggregate? made, ImprovementCommand command, CommandMoment moment, Rulebook rules,
            CancellationToken cancellationToken)
    {
        var context = new ImprovementContext
        {
            Now = moment.Now, DueBy = moment.DueBy, Actor = Actor, Rules = rules, OccurredAt = moment.OccurredAt,
                BackdateReason = moment.BackdateReason,
            Ticket = made is { } fresh ? new(Tenant, new(fresh.Id), fresh.Number) : null,
        };
        // What is refused by itself asks the store for nothing.
        if (Decider.Refused(state, command, context) is { } refusal)
            return new(state, null, default, refusal);
        context = context with
        {
            Known = await KnownAsync(command.RefersTo, cancellationToken).ConfigureAwait(false),
            People = command.NeedsNames && state is not null ? await PeopleAsync(state, cancellationToken)
                .ConfigureAwait(false) : [],
        };
        return ImprovementRooms.Current.Decider.Decide(state, command, context);
    }

    protected override AggregateSummary SummaryOf(Improvement state, Rulebook rules) => AggregateSummary.Of(state, LookAt(state, rules));

    protected override ImmutableArray<WorkRow> WorkOf(Improvement state, Rulebook rules) => WorkProjection.Of(state, rules);

    protected override SubjectId SubjectOf(Improvement state) => state.Subject;

    protected override ReadOnlyMemory<byte> AnswerOf(Improvement state, ImmutableArray<Subject> made, bool wordsLeftOut) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ImprovementAnswer(state.Id, state.Number, state.Version, state.Status) { Made = made, WordsLeftOut = wordsLeftOut },
            DeskJson.Default.ImprovementAnswer);

    protected override DefinitionRef? MissingIn(Rulebook rules, Improvement state) =>
        rules.HasImprovementKind(state.Kind) ? null : state.Kind;

    protected override ComplaintError NotFound(Guid id) => new("improvement.not_found", ("value", id));

    protected override async Task<Improvement> TryCompleteAsync(Improvement state, CancellationToken cancellationToken)
    {
        try
        {
            return (await CompleteAsync(state, cancellationToken).ConfigureAwait(false)).State;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The command is done and is answered as done. The improvement says that it must be looked at: the next sweep comes back to
            // it, and tells if it fails again.
            return state;
        }
    }

    /// <summary>Tells the complaints what the improvement says of them, and notes which know it by now. One that cannot be told holds up no
    /// other.</summary>
    /// <returns>The state after it, and what stood in the way of the first that could not be told.</returns>
    private async Task<(Improvement State, ComplaintError? Hindrance, Exception? Cause)> CompleteAsync(
        Improvement state, CancellationToken cancellationToken)
    {
        var system = desk.For(Actor.System);
        var settled = ImmutableArray.CreateBuilder<int>();
        (ComplaintError? Error, Exception? Cause) hindrance = default;
        foreach (var link in state.Links.Where(link => !link.IsSettled))
        {
            var follow = new FollowImprovement(state.Id, state.Number, link.Number, link.Stands);
            try
            {
                var told = await system
                    .ExecuteAsync(link.Complaint, follow, Sent($"link/{link.Number}", link.Complaint.Value, "there"), cancellationToken)
                    .ConfigureAwait(false);
                if (told.IsSuccess || told.Refusal!.Code == FollowImprovement.Known.Code)
                    settled.Add(link.Number);
                else
                    hindrance.Error ??= told.Refusal;
            }
            catch (Exception e) when (ConcernsOne(e))
            {
                if (hindrance.Error is null)
                    hindrance = (Failed(e), e);
            }
        }
        if (settled.Count == 0)
            return (state, hindrance.Error, hindrance.Cause);
        var confirmed = await system.Improvements.ExecuteAsync(
            state.Id, new ConfirmLinks(settled.ToImmutable()), Sent($"links/{string.Join(',', settled)}", state.Id.Value, "here"),
            cancellationToken).ConfigureAwait(false);
        if (confirmed.Refusal is { } refusal && refusal.Code != ConfirmLinks.Settled.Code)
            hindrance.Error ??= refusal;
        return (confirmed.Improvement ?? state, hindrance.Error, hindrance.Cause);

        CommandOptions Sent(string name, Guid target, string half) =>
            new() { CommandId = DerivedId.OfFollowOn(Tenant, state.Id.Value, name, target, half) };
    }

    /// <summary>Looks at every improvement at which something is due, each by itself and each once a round: one that fails holds up no
    /// other.</summary>
    public async Task SweepAsync(Instant dueBy, int batch, SweepTally tally, CancellationToken cancellationToken)
    {
        AggregateLook? last = null;
        while (true)
        {
            var due = await Store.DueAsync(Tenant, new(AggregateId.Improvement, dueBy, batch, last), cancellationToken).ConfigureAwait(
                false);
            foreach (var look in due)
                await SweepOneAsync(look, dueBy, tally, cancellationToken).ConfigureAwait(false);
            if (due.Length < batch)
                return;
            last = due[^1];
        }
    }

    /// <summary>When an improvement must be looked at; <c>null</c> for never.</summary>
    public static Instant? LookAt(Improvement state, Rulebook rules) =>
        ActionClock.NextLook(state, rules) is { } next ? Microseconds.RoundUp(next) : null;

    private async Task SweepOneAsync(AggregateLook look, Instant dueBy, SweepTally tally, CancellationToken cancellationToken)
    {
        var timer = new TimerRow(FollowOn.Timer, look.Id.Noun, look.At ?? dueBy);
        try
        {
            var loaded = await Store.LoadAsync(Tenant, look.Id, default, cancellationToken).ConfigureAwait(false);
            var (state, newer) = await StateAsync(loaded.Aggregate, cancellationToken).ConfigureAwait(false);
            if (state is null || newer is not null)
            {
                tally.Refuse(look.Id, timer, newer ?? NotFound(look.Id.Value));
                return;
            }
            // Whatever hinders a link, the clocks of the actions go on.
            if (state.Links.Any(link => !link.IsSettled))
            {
                var (after, hindrance, cause) = await CompleteAsync(state, cancellationToken).ConfigureAwait(false);
                if (hindrance is not null)
                    tally.Refuse(look.Id, timer, hindrance, cause);
                tally.Changed += after.Version > state.Version ? 1 : 0;
                state = after;
            }
            await FireAsync(state, timer, dueBy, tally, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ConcernsOne(e))
        {
            tally.Refuse(look.Id, timer, Failed(e), e);
        }
    }

    /// <summary>Does what is due on the clocks of the actions; where nothing is, the row is put right, or it would come up in every
    /// round.</summary>
    private async Task FireAsync(Improvement state, TimerRow timer, Instant dueBy, SweepTally tally, CancellationToken cancellationToken)
    {
        var rules = await Services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        if (ActionClock.IsAnyDue(state, rules, dueBy))
        {
            var id = DerivedId.OfLook(Tenant, AggregateId.Of(state.Id), state.Version, timer.Due);
            var fired = await desk.For(Actor.System).Improvements
                .ExecuteAsync(state.Id, new FireActionClocks(), new CommandOptions { CommandId = id }, cancellationToken).ConfigureAwait(
                    false);
            if (fired.Refusal is { Code: not "actions.nothing_due" } refusal)
                tally.Refuse(AggregateId.Of(state.Id), timer, refusal);
            tally.Changed += fired is { IsSuccess: true, Repeated: false } ? 1 : 0;
        }
        // A calendar that changed has moved the step. What has moved on meanwhile has brought its own look along.
        else if (LookAt(state, rules) is var next && next != timer.Due && !(next <= dueBy))
        {
            await Store.LookAgainAsync(Tenant, new(AggregateId.Of(state.Id), state.Version, next), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>False for what would happen to the next one too.</summary>
    private static bool ConcernsOne(Exception e) => e is not (
        OperationCanceledException or StoreUnavailableException or ClockSkewException);

    private static ComplaintError Failed(Exception e) =>
        e is ConflictException conflict ? conflict.Error : new("sweep.failed", ("value", e.GetType().Name));

    private async ValueTask<ImmutableDictionary<ComplaintId, string>> KnownAsync(
        ImmutableArray<ComplaintId> complaints, CancellationToken cancellationToken)
    {
        var known = ImmutableDictionary.CreateBuilder<ComplaintId, string>();
        foreach (var complaint in complaints.Distinct())
        {
            if (await desk.PeekAsync(complaint, cancellationToken).ConfigureAwait(false) is { } found)
                known.Add(complaint, found.Number);
        }
        return known.ToImmutable();
    }

    /// <summary>Who complained or takes part, as far as anybody may know it still.</summary>
    private async ValueTask<ImmutableArray<Complainant>> PeopleAsync(Improvement state, CancellationToken cancellationToken)
    {
        var complaints = new List<Complaint>();
        foreach (var link in state.Complaints)
        {
            if (await desk.PeekAsync(link.Complaint, cancellationToken).ConfigureAwait(false) is { } complaint)
                complaints.Add(complaint);
        }
        var persons = complaints.SelectMany(complaint => complaint.Persons).Distinct();
        var words = new ClearWords((await Services.Keys.FindAllAsync(Tenant, persons, cancellationToken).ConfigureAwait(false)).Values);
        return
        [
            .. complaints.Select(complaint => words.Of(complaint.Receipt.Complainant)).OfType<Complainant>(),
            .. complaints.SelectMany(complaint => complaint.Participants)
                .Select(participant => words.Of(participant.Card)?.AsComplainant).OfType<Complainant>(),
        ];
    }
}
