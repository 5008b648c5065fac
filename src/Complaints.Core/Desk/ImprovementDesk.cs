using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// The desk of improvements: the same tenant and actor, store, histories, keys and sweeps as the desk of complaints that it comes from
/// (<see cref="ComplaintDesk.Improvements"/>). Whoever may send any command about improvements sees those of the tenant,
/// and so do administrators.
/// </summary>
public sealed class ImprovementDesk
{
    private readonly DeskServices _services;
    private readonly ComplaintDesk _desk;
    private readonly ImprovementOffice _office;

    internal ImprovementDesk(ComplaintDesk desk, DeskServices services) =>
        (_desk, _services, _office) = (desk, services, new(desk, services));

    /// <summary>Opens an improvement.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was answered: repeat with the same command id.</exception>
    public Task<ImprovementResult> OpenAsync(OpenImprovement command, CommandOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return ExecuteAsync(null, command, options, cancellationToken);
    }

    /// <summary>Carries a command out on an existing improvement.</summary>
    /// <exception cref="ConflictException">It has changed since the caller saw it, or it changed three times while this was
    /// decided.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was answered: repeat with the same command id.</exception>
    public Task<ImprovementResult> ExecuteAsync(
        ImprovementId id, ImprovementCommand command, CommandOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command is OpenImprovement
            ? throw new ArgumentException("An improvement that is there is not opened again: use OpenAsync for a new one.", nameof(command))
            : ExecuteAsync(id.Value, command, options, cancellationToken);
    }

    /// <summary>Whether the actor sees improvements at all, so that a page leads nobody to what is not there for
    /// them.</summary>
    public async ValueTask<bool> MaySeeAsync(CancellationToken cancellationToken = default) =>
        _office.MaySee(await _services.Definitions.RulesAsync(_desk.Tenant, cancellationToken).ConfigureAwait(false));

    /// <summary>A page, the newest first; empty for an actor who sees nothing.</summary>
    /// <exception cref="ArgumentException">A page of none or of more than 500.</exception>
    public async ValueTask<ImprovementPage> ListAsync(ImprovementQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var stored = query.ToStored();
        stored.ThrowIfUnusable();
        if (!await MaySeeAsync(cancellationToken).ConfigureAwait(false))
            return new([], null);
        // One more than was asked for says whether there is a next page.
        var found = await _services.Aggregates.ListAsync(_desk.Tenant, stored with { Take = Math.Min(stored.Take + 1, 500) },
            cancellationToken)
            .ConfigureAwait(false);
        var items = found.Take(query.Take).Select(ImprovementSummary.Of).ToImmutableArray();
        foreach (var damaged in items.Where(item => !item.Unreadable.IsEmpty))
        {
            _services.Damage.Met(
                _desk.Tenant, damaged.Number, new ComplaintError("row.unreadable", ("value", damaged.Number),
                    ("part", damaged.Unreadable)));
        }
        return new(items, found.Length >= query.Take && (found.Length > query.Take || query.Take == 500) ? items[^1].Id : null);
    }

    /// <summary>The improvement with a number; <c>null</c> if the actor sees none.</summary>
    public async ValueTask<ImprovementId?> FindAsync(string number, CancellationToken cancellationToken = default) =>
        (await ListAsync(new ImprovementQuery { Number = number, Take = 1 }, cancellationToken).ConfigureAwait(false)).Items is [var found]
            ? found.Id : null;

    /// <summary>An improvement as it stands, with its history; <c>null</c> if there is none of that id, or the actor may not see
    /// it.</summary>
    public async Task<ImprovementView?> ViewAsync(ImprovementId id, CancellationToken cancellationToken = default)
    {
        if (await _office.SeenAsync(id.Value, cancellationToken).ConfigureAwait(false) is not var (state, _, rules))
            return null;
        var history = await _services.Reader.HistoryAsync(_desk.Tenant, new ComplaintId(id.Value), cancellationToken).ConfigureAwait(false);
        var context = new ImprovementContext { Now = Now(), Actor = _desk.Actor, Rules = rules };
        var (events, unreadable) = ReadableHistory.Of(
            history, entry => RecordedImprovementEvent.Of(EventCodec.Read(entry.Body.Span, ImprovementRooms.Current.Catalogue)));
        if (unreadable > 0)
            _services.Damage.Met(_desk.Tenant, state.Number,
                new ComplaintError("event.unreadable", ("value", state.Number)));
        return new(state, events, events.All(entry => entry.Event is not null)
            ? ImprovementRooms.Current.Decider.PermittedCommands(state, context) : [])
        {
            Unreadable = unreadable,
        };
    }

    /// <summary>Reveals the words of an improvement to the actor.</summary>
    public ValueTask<ClearWords> RevealAsync(ImprovementView view, Purpose purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        return _desk.RevealAsync([view.Improvement.Subject], purpose, _office.MaySee, cancellationToken);
    }

    /// <summary>Reveals the titles of a page to the actor.</summary>
    public ValueTask<ClearWords> RevealAsync(ImprovementPage page, Purpose purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _desk.RevealAsync([.. page.Items.Select(item => new SubjectId(item.Id.Value))], purpose, _office.MaySee, cancellationToken);
    }

    /// <summary>When an improvement must be looked at by its state; the second is false when this program cannot say.</summary>
    /// <summary>Reads a command from an object with its fields (<see cref="ImprovementCommandInfo.Read"/>), in which complaints may be
    /// named by number as well as by id.</summary>
    /// <returns>The command, or what is wrong: <c>complaint.not_found</c> for a number that there is not.</returns>
    public async ValueTask<(ImprovementCommand? Command, ComplaintError? Error)> ReadAsync(
        ImprovementCommandInfo command, string json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (resolved, error) = await CaseNames.ResolvedAsync(_desk, command, json, cancellationToken).ConfigureAwait(false);
        return error is null ? command.Read(resolved) : (null, error);
    }

    internal async ValueTask<ExpectedWork> ExpectedAsync(ChainHead head, CancellationToken cancellationToken)
    {
        var (schema, bytes, _, summary) = head.Row!;
        try
        {
            var (state, newer) = await _office.StateAsync(
                new(head.Of, head.Version, schema, bytes, head.Head, summary!.Subject), cancellationToken).ConfigureAwait(false);
            if (state is null || newer is not null)
                return default;
            var rules = await _services.Definitions.RulesAsync(_desk.Tenant, cancellationToken).ConfigureAwait(false);
            return new(IsKnown: true, !summary.Unreadable.IsEmpty, WorkProjection.Of(state, rules), [], []);
        }
        catch (UnreadableException)
        {
            return new(IsKnown: false, IsUnreadable: true, [], [], []);
        }
    }

    internal async ValueTask<(Instant? LookAt, bool IsKnown)> ExpectedLookAsync(StoredAggregate stored, CancellationToken cancellationToken)
    {
        try
        {
            var (state, newer) = await _office.StateAsync(stored, cancellationToken).ConfigureAwait(false);
            if (state is null || newer is not null)
                return (null, false);
            return (ImprovementOffice.LookAt(state, await _services.Definitions.RulesAsync(_desk.Tenant, cancellationToken).ConfigureAwait(
                false)), true);
        }
        catch (UnreadableException)
        {
            // A damaged history is told as such, and named by 'complaints verify'.
            return (null, false);
        }
    }

    internal ValueTask<LoadedAggregate> LoadedAsync(Guid id, CancellationToken cancellationToken) =>
        _services.Aggregates.LoadAsync(_desk.Tenant, new(AggregateId.Improvement, id), default, cancellationToken);

    internal ValueTask LookAgainAsync(AggregateLook look, CancellationToken cancellationToken) =>
        _services.Aggregates.LookAgainAsync(_desk.Tenant, look, cancellationToken);

    internal Task SweepAsync(Instant dueBy, int batch, SweepTally tally, CancellationToken cancellationToken) =>
        _office.SweepAsync(dueBy, batch, tally, cancellationToken);

    private async Task<ImprovementResult> ExecuteAsync(Guid? id, ImprovementCommand command, CommandOptions? options,
        CancellationToken cancellationToken)
    {
        var result = await _office.ExecuteAsync(id, command, options ?? CommandOptions.None, command.JudgesWhatIsPast, cancellationToken)
            .ConfigureAwait(false);
        var answer = result.Refusal is null 
            ? StoredAnswer.Read<ImprovementAnswer>(result.Answer, DeskJson.Default.ImprovementAnswer) : null;
        return new ImprovementResult
        {
            Answer = answer,
            Refusal = result.Refusal ?? (answer is null ? StoredAnswer.Unreadable(options?.CommandId ?? default) : null),
                Improvement = result.State, Repeated = result.Repeated, IsPending = result.IsPending,
        };
    }

    internal Instant Now() => Microseconds.Truncate(_services.Clock.GetCurrentInstant());
}
