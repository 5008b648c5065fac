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

    protected override string Prefix => "I";

    protected override async ValueTask<Decided<Improvement>> DecideAsync(
        Improvement? state, NewAggregate? made, ImprovementCommand command, CommandMoment moment, Rulebook rules,
            CancellationToken cancellationToken)
    {
        var context = new ImprovementContext
        {
            Now = moment.Now, DueBy = moment.DueBy, Actor = Actor, Rules = rules, OccurredAt = moment.OccurredAt,
                BackdateReason = moment.BackdateReason,
            Ticket = made is { } fresh ? new(Tenant, new(fresh.Id), fresh.Number) : null,
            Known = await KnownAsync(command.RefersTo, cancellationToken).ConfigureAwait(false),
            Complainants = command.NeedsNames && state is not null ? await ComplainantsAsync(state, cancellationToken)
                .ConfigureAwait(false) : [],
        };
        return ImprovementRooms.Current.Decider.Decide(state, command, context);
    }

    protected override AggregateSummary SummaryOf(Improvement state, Rulebook rules) => AggregateSummary.Of(state, LookAt(state, rules));

    protected override SubjectId SubjectOf(Improvement state) => state.Subject;

    protected override ReadOnlyMemory<byte> AnswerOf(Improvement state, ImmutableArray<Subject> made) =>
        JsonSerializer.SerializeToUtf8Bytes(
        new ImprovementAnswer(state.Id, state.Number, state.Version, state.Status) { Made = made }, DeskJson.Default.ImprovementAnswer);

    protected override ImmutableArray<OutboxMessage> Route(Improvement state, ImmutableArray<Event<Improvement>> events, Instant at) =>
        OutboxRouting.Route(state, events, at);

    protected override bool IsKnown(Improvement state, Rulebook rules) => rules.HasImprovementKind(state.Kind);

    protected override ComplaintError NotFound(Guid id) => new("improvement.not_found", ("value", id));

    protected override async Task TryCompleteAsync(Improvement state, CancellationToken cancellationToken)
    {
        try
        {
            await CompleteAsync(state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConflictException or StoreException)
        {
            // The improvement says that it must be looked at: the next sweep comes back to it, and tells if it fails again.
        }
    }

    /// <summary>Tells the complaints what the improvement says of them, and notes which know it by now.</summary>
    /// <returns>What stood in the way of one of them, or <c>null</c>.</returns>
    public async Task<ComplaintError?> CompleteAsync(Improvement state, CancellationToken cancellationToken)
    {
        var system = desk.For(Actor.System);
        var settled = ImmutableArray.CreateBuilder<int>();
        ComplaintError? hindrance = null;
        foreach (var link in state.Links.Where(link => !link.IsSettled))
        {
            var follow = new FollowImprovement(state.Id, state.Number, link.Number, link.Stands);
            var told = await system.ExecuteAsync(link.Complaint, follow, Sent($"link/{link.Number}", link.Complaint.Value, "there"),
                cancellationToken)
                .ConfigureAwait(false);
            if (told.IsSuccess || told.Refusal!.Code == FollowImprovement.Known.Code)
                settled.Add(link.Number);
            else
                hindrance ??= told.Refusal;
        }
        if (settled.Count == 0)
            return hindrance;
        var confirmed = await system.Improvements.ExecuteAsync(
            state.Id, new ConfirmLinks(settled.ToImmutable()), Sent($"links/{string.Join(',', settled)}", state.Id.Value, "here"),
                cancellationToken)
            .ConfigureAwait(false);
        return confirmed.Refusal is { } refusal && refusal.Code != ConfirmLinks.Settled.Code ? refusal : hindrance;

        CommandOptions Sent(string name, Guid target, string half) => new(
            ) { CommandId = DerivedId.OfFollowOn(Tenant, state.Id.Value, name, target, half) };
    }

    /// <summary>Looks at every improvement at which something is due, each by itself: one that fails holds up no other.</summary>
    public async Task SweepAsync(Instant dueBy, int batch, SweepTally tally, CancellationToken cancellationToken)
    {
        var seen = new HashSet<(Guid, int)>();
        while (true)
        {
            var due = await Store.DueAsync(Tenant, AggregateId.Improvement, dueBy, batch, cancellationToken).ConfigureAwait(false);
            // Those that nothing could be done about stand in front until the next round.
            var left = due.Where(summary => seen.Add((summary.Id.Value, summary.Version))).ToList();
            foreach (var summary in left)
                await SweepOneAsync(summary, dueBy, tally, cancellationToken).ConfigureAwait(false);
            if (left.Count == 0 || due.Length < batch)
                return;
        }
    }

    /// <summary>When an improvement must be looked at; <c>null</c> for never.</summary>
    public static Instant? LookAt(Improvement state, Rulebook rules) =>
        ActionClock.NextLook(state, rules) is { } next ? Microseconds.RoundUp(next) : null;

    private async Task SweepOneAsync(AggregateSummary summary, Instant dueBy, SweepTally tally, CancellationToken cancellationToken)
    {
        var timer = new TimerRow(FollowOn.Timer, summary.Id.Noun, summary.LookAt ?? dueBy);
        try
        {
            var loaded = await Store.LoadAsync(Tenant, summary.Id, default, cancellationToken).ConfigureAwait(false);
            var (state, newer) = await StateAsync(loaded.Aggregate, cancellationToken).ConfigureAwait(false);
            if (state is null || newer is not null)
            {
                tally.Refuse(summary.Id, timer, newer ?? NotFound(summary.Id.Value));
                return;
            }
            if (state.Links.Any(link => !link.IsSettled))
            {
                if (await CompleteAsync(state, cancellationToken).ConfigureAwait(false) is { } hindrance)
                    tally.Refuse(summary.Id, timer, hindrance);
                else
                    tally.Changed++;
            }
            else
            {
                await FireAsync(state, timer, dueBy, tally, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ConflictException e)
        {
            tally.Refuse(summary.Id, timer, e.Error, e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException or ClockSkewException))
        {
            tally.Refuse(summary.Id, timer, new("sweep.failed", ("value", e.GetType().Name)), e);
        }
    }

    private async Task FireAsync(Improvement state, TimerRow timer, Instant dueBy, SweepTally tally, CancellationToken cancellationToken)
    {
        var id = DerivedId.OfTimer(Tenant, AggregateId.Of(state.Id), timer);
        var fired = await desk.For(Actor.System).Improvements
            .ExecuteAsync(state.Id, new FireActionClocks(), new CommandOptions { CommandId = id }, cancellationToken).ConfigureAwait(false);
        tally.Changed += fired is { IsSuccess: true, Repeated: false } ? 1 : 0;
        if (fired.Refusal is null)
            return;
        // A calendar that changed has moved the step: the row is put right, or it would come up in every round.
        var rules = await Services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var next = LookAt(state, rules);
        if (fired.Refusal.Code is "actions.nothing_due" or "lifecycle.not_permitted" && !(next <= dueBy))
            await Store.LookAgainAsync(Tenant, new(AggregateId.Of(state.Id), state.Version, next), cancellationToken).ConfigureAwait(false);
        else
            tally.Refuse(AggregateId.Of(state.Id), timer, fired.Refusal);
    }

    private async ValueTask<ImmutableDictionary<ComplaintId,
        string>> KnownAsync(ImmutableArray<ComplaintId> complaints, CancellationToken cancellationToken)
    {
        var known = ImmutableDictionary.CreateBuilder<ComplaintId, string>();
        foreach (var complaint in complaints.Distinct())
        {
            if (await desk.PeekAsync(complaint, cancellationToken).ConfigureAwait(false) is { } found)
                known.Add(complaint, found.Number);
        }
        return known.ToImmutable();
    }

    /// <summary>Who complained, as far as anybody may know it still.</summary>
    private async ValueTask<ImmutableArray<Complainant>> ComplainantsAsync(Improvement state, CancellationToken cancellationToken)
    {
        var sealedOnes = new List<(SubjectId Person, Personal<Complainant> Complainant)>();
        foreach (var link in state.Complaints)
        {
            if (await desk.PeekAsync(link.Complaint, cancellationToken).ConfigureAwait(
                false) is { Receipt: { Complainant: { } complainant } receipt })
                sealedOnes.Add((receipt.Person, complainant));
        }
        var keys = await Services.Keys.FindAllAsync(Tenant, sealedOnes.Select(one => one.Person).Distinct(), cancellationToken)
            .ConfigureAwait(false);
        return [.. sealedOnes.Select(one => one.Complainant.TryReveal(keys.GetValueOrDefault(one.Person), out var clear) ? clear
            : null).OfType<Complainant>()];
    }
}
