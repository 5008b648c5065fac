using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>Which cases an actor sees. What is out of scope is told in no way: not found, not counted, not named by what is in
/// scope.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>How many cases are asked about at once.</summary>
    private const int AskedAtOnce = 200;

    private Scope ScopeIn(Rulebook rules) => Scope.Of(_services.Rooms, rules, Actor);

    private async ValueTask<Scope> ScopeAsync(CancellationToken cancellationToken) =>
        ScopeIn(await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false));

    /// <summary>A query for what the actor sees of it.</summary>
    private static ComplaintQuery Within(ComplaintQuery query, Scope scope) => scope.Parties is not { } mine ? query
        : query with { Parties = query.Parties is { } asked ? [.. mine.Where(asked.Contains)] : mine };

    private async ValueTask<ComplaintPage> ListAsync(ComplaintQuery query, Scope scope, CancellationToken cancellationToken)
    {
        if (scope.IsNothing)
            return new ComplaintPage([], null);
        var page = await _services.Reader.ListAsync(Tenant, Within(query, scope), cancellationToken).ConfigureAwait(false);
        foreach (var item in page.Items)
            TellDamageOf(item);
        return scope.IsAll ? page : page with { Items = [.. page.Items.Select(CaseAlone.Of)] };
    }

    /// <summary>From place to place: whatever is closed meanwhile takes nobody along.</summary>
    private async IAsyncEnumerable<ComplaintSummary> ScanAsync(Scope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new ComplaintQuery { Order = ComplaintOrder.Oldest, Take = 500 };
        while (true)
        {
            var page = await ListAsync(query, scope, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            if (page.Next is not { } next)
                yield break;
            query = query with { After = next };
        }
    }

    /// <summary>Whether the actor sees a complaint as it was loaded.</summary>
    private async ValueTask<bool> IsInScopeAsync(StoredComplaint stored, Rulebook rules, CancellationToken cancellationToken)
    {
        var scope = ScopeIn(rules);
        return scope.IsAll || !scope.IsNothing
            && (await StateOrRefusalAsync(stored, cancellationToken).ConfigureAwait(false)).State is { } state && scope.Has(state);
    }

    private async ValueTask<bool> IsInScopeAsync(ComplaintId id, Rulebook rules, CancellationToken cancellationToken) =>
        !ScopeIn(rules).IsNothing
        && (await _services.Store.LoadAsync(Tenant, id, default, cancellationToken).ConfigureAwait(false)).Complaint is { } stored
        && await IsInScopeAsync(stored, rules, cancellationToken).ConfigureAwait(false);

    private async ValueTask<bool> IsInAsync(Scope scope, ComplaintId id, CancellationToken cancellationToken) =>
        scope.IsAll || await PeekIfReadableAsync(id, cancellationToken).ConfigureAwait(false) is { } state && scope.Has(state);

    /// <summary>Those of some cases that the actor sees.</summary>
    private async ValueTask<Func<ComplaintId, bool>> SeenOfAsync(
        IReadOnlyCollection<ComplaintId> cases, Scope scope, CancellationToken cancellationToken)
    {
        if (scope.Parties is not { } parties)
            return _ => true;
        var seen = scope.IsNothing ? [] : await _services.Parties.InWhichAsync(Tenant, parties, cases, cancellationToken)
            .ConfigureAwait(false);
        return seen.Contains;
    }

    /// <summary>Work of the cases that the actor sees.</summary>
    private async IAsyncEnumerable<StoredWork> AllWorkAsync(Scope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = _services.Work.AllWorkAsync(Tenant, cancellationToken);
        if (!scope.IsAll)
            all = all.Where(stored => stored.Of.Noun == AggregateId.Complaint);
        await foreach (var some in all.Chunk(AskedAtOnce).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var cases = some.Select(stored => new ComplaintId(stored.Of.Value)).Distinct().ToArray();
            var sees = await SeenOfAsync(cases, scope, cancellationToken).ConfigureAwait(false);
            foreach (var stored in some.Where(stored => sees(new(stored.Of.Value))))
                yield return stored;
        }
    }

    private async ValueTask<ClearWords> RevealInScopeAsync(
        ImmutableArray<SubjectId> persons, ImmutableArray<ComplaintId> of, Purpose purpose, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        HashSet<Guid> seen = [];
        if (!scope.IsAll)
        {
            var own = new HashSet<SubjectId>();
            foreach (var id in of)
            {
                if (!scope.IsNothing && await PeekIfReadableAsync(id, cancellationToken).ConfigureAwait(false) is { } state
                    && scope.Has(state))
                {
                    own.UnionWith(state.Persons);
                    seen.Add(id.Value);
                }
            }
            persons = persons.RemoveAll(person => !own.Contains(person));
        }
        var words = await RevealAsync(persons, purpose, rules => !ScopeIn(rules).IsNothing, cancellationToken).ConfigureAwait(false);
        // The same person may have complained of something else, too.
        return scope.IsAll ? words : words.Within(seen);
    }

    /// <summary>A state as this actor sees it; <c>null</c> for who does not see it.</summary>
    private Complaint? Told(Complaint state, Rulebook rules) => ScopeIn(rules).Has(state) ? Shown(state, rules) : null;

    /// <summary>The same for who saw it a moment ago.</summary>
    private Complaint Shown(Complaint state, Rulebook rules) => Alone(Restricted.Told(state, _services.Rooms, rules, Actor), rules);

    private Complaint Alone(Complaint state, Rulebook rules) => ScopeIn(rules).IsAll ? state : CaseAlone.Of(state);

    /// <summary>Why not, without the number of the case that carries this one on.</summary>
    private ComplaintError SaidAlone(ComplaintError refusal, Complaint state, ComplaintCommand command, DecisionContext context) =>
        state.Progress.MergedInto is null || ScopeIn(context.Rules).IsAll ? refusal
            : _services.Rooms.Decider.Refused(CaseAlone.Of(state), command, context) ?? refusal;

    private ImmutableArray<RecordedEvent> Alone(ImmutableArray<RecordedEvent> history, Rulebook rules) =>
        ScopeIn(rules).IsAll ? history : CaseAlone.Of(history);
}
