using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <content>
/// What an actor may see. Whoever may send any command about complaints sees those of the tenant; a department sees those in which it takes
/// part; who may do nothing sees nothing. What comes back is sealed: words are revealed for a purpose.
/// </content>
public sealed partial class ComplaintDesk
{
    /// <summary>One page of a queue; empty for an actor who sees nothing.</summary>
    /// <exception cref="ArgumentException">The query is beyond its bounds; see <see cref="ComplaintQuery.ThrowIfUnusable"/>.</exception>
    public async ValueTask<ComplaintPage> ListAsync(ComplaintQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return await ListAsync(query, await ScopeAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many complaints a queue has, counted to at most <see cref="MatchCount.Most"/>.</summary>
    public async ValueTask<MatchCount> CountAsync(ComplaintQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var scope = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        return scope.IsNothing ? default
            : await _services.Reader.CountAsync(Tenant, Within(query, scope), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How much the tenant has of what; zeros for an actor who does not see all of it.</summary>
    public async ValueTask<StoreCounts> TotalsAsync(CancellationToken cancellationToken = default) =>
        (await ScopeAsync(cancellationToken).ConfigureAwait(false)).IsAll
            ? await _services.Reader.CountAsync(Tenant, cancellationToken).ConfigureAwait(false)
            : new StoreCounts(0, 0, 0, 0);

    /// <summary>Every complaint that the actor sees in columns, streamed in the order of receipt, for reports.</summary>
    public async IAsyncEnumerable<ComplaintSummary> ScanAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var scope = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        var all = scope.IsAll ? _services.Reader.ScanAsync(Tenant, cancellationToken) : ScanAsync(scope, cancellationToken);
        await foreach (var complaint in all.ConfigureAwait(false))
        {
            TellDamageOf(complaint);
            yield return complaint;
        }
    }

    private void TellDamageOf(ComplaintSummary complaint)
    {
        if (!complaint.Unreadable.IsEmpty)
            _services.Damage.Met(Tenant, complaint.Name, new ComplaintError("row.unreadable", ("value", complaint.Name),
                ("part", complaint.Unreadable)));
        else
            _services.Damage.IsWhole(Tenant, "row.unreadable", complaint.Name);
    }

    /// <summary>The complaint with a number, or with an id as text; <c>null</c> if the actor sees none. No number has more than 100
    /// characters.</summary>
    public async ValueTask<ComplaintId?> FindAsync(string number, CancellationToken cancellationToken = default)
    {
        if (number is { Length: > Text.Id })
            return null;
        if (!Guid.TryParseExact(number, "D", out var id))
            return await FindAsync(new ComplaintName(Number: number), cancellationToken).ConfigureAwait(false);
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return await IsInScopeAsync(new ComplaintId(id), rules, cancellationToken).ConfigureAwait(false) ? new(id) : null;
    }

    /// <summary>The complaint that a source knows under an id; <c>null</c> if the actor sees none.</summary>
    public async ValueTask<ComplaintId?> FindAsync(ExternalRef known, CancellationToken cancellationToken = default) =>
        await FindAsync(
            new ComplaintName(SourceHash: await SourceHashAsync(known, cancellationToken).ConfigureAwait(false)), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>A complaint as it stands, with its clocks and its history; <c>null</c> if the tenant has none of that id, or the actor may
    /// not see it.</summary>
    public async Task<ComplaintView?> ViewAsync(ComplaintId id, CancellationToken cancellationToken = default)
    {
        if (await SeenAsync(id, cancellationToken).ConfigureAwait(false) is not var (state, unknown, rules))
            return null;
        var history = await _services.Reader.HistoryAsync(Tenant, id, cancellationToken).ConfigureAwait(false);
        var context = new DecisionContext { Now = Now(), Actor = Actor, Rules = rules };
        var clocks = Clocks.Project(state, rules);
        var (events, unreadable) = ReadableHistory.Of(history, entry => EventCodec.Read(entry.Body.Span, _services.Rooms.Catalogue));
        if (unreadable > 0)
            _services.Damage.Met(Tenant, state.Number, new ComplaintError("event.unreadable", ("value", state.Number)));
        var told = Told(state, rules)!;
        return new ComplaintView(
            told,
            clocks,
            Alone(Restricted.Told(events, _services.Rooms, rules, Actor, state), rules),
            unknown is null ? _services.Rooms.Decider.PermittedCommands(Alone(state, rules), context) : [])
        {
            Unreadable = unreadable,
            Liabilities = told.Inquiry.Liabilities,
            MayContactFrom = ContactWindow.Next(
                context.Now, rules.ContactHours, state.Receipt.Contact, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]),
            BeyondHolidayData = [.. HolidayHorizon.Beyond(clocks, rules).Select(clock => clock.Id)],
        };
    }

    /// <summary>Reveals the words of a complaint to the actor.</summary>
    /// <param name="view">The complaint, as this actor saw it.</param>
    /// <param name="purpose">What for. It is written to the host's <see cref="IDisclosureLog"/> first, if there is one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<ClearWords> RevealAsync(ComplaintView view, Purpose purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        // The history may be newer than the state: somebody who joined meanwhile is told as well.
        var joined = view.History.Select(recorded => recorded.Event?.Joins).OfType<SubjectId>();
        return RevealInScopeAsync([.. view.Complaint.Persons.Union(joined)], [view.Complaint.Id], purpose, cancellationToken);
    }

    /// <summary>Reveals the titles of a page to the actor.</summary>
    public ValueTask<ClearWords> RevealAsync(ComplaintPage page, Purpose purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return RevealInScopeAsync(
            [.. page.Items.Select(item => item.Person).Distinct()], [.. page.Items.Select(item => item.Id)], purpose, cancellationToken);
    }

    internal async ValueTask<ClearWords> RevealAsync(
        ImmutableArray<SubjectId> persons, Purpose purpose, Func<Rulebook, bool> maySee, CancellationToken cancellationToken)
    {
        if (Text.Check(nameof(purpose), purpose.Value, Text.Id) is { } bad)
            throw new ArgumentException(bad.Message, nameof(purpose));
        if (persons.IsEmpty || !maySee(await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false)))
            return ClearWords.None;
        if (_services.Disclosures is { } log)
            await log.WriteAsync(new Disclosure(Tenant, Actor, purpose, persons, Now()), cancellationToken).ConfigureAwait(false);
        var keys = await _services.Keys.FindAllAsync(Tenant, persons, cancellationToken).ConfigureAwait(false);
        return new ClearWords(keys.Values, persons.Where(person => !keys.ContainsKey(person)
            && _services.Damage.Has(Tenant, "key.unreadable", person.ToString())));
    }

    private async ValueTask<ComplaintId?> FindAsync(ComplaintName name, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        if (scope.IsNothing || await _services.Reader.FindAsync(Tenant, name, cancellationToken).ConfigureAwait(false) is not { } found)
            return null;
        return await IsInAsync(scope, found, cancellationToken).ConfigureAwait(false) ? found : null;
    }

    /// <summary>A complaint's state, with the rules by which it is read; <c>null</c> where there is none that the actor may see.</summary>
    private async ValueTask<(Complaint State, string? Unknown, Rulebook Rules)?> SeenAsync(
        ComplaintId id, CancellationToken cancellationToken)
    {
        var loaded = await _services.Store.LoadAsync(Tenant, id, default, cancellationToken).ConfigureAwait(false);
        if (loaded.Complaint is not { } stored)
            return null;
        var (state, unknown) = await StateAsync(stored, cancellationToken).ConfigureAwait(false);
        var rules = await _services.Definitions.RulesForAsync(Tenant, state, cancellationToken).ConfigureAwait(false);
        return ScopeIn(rules).Has(state) ? (state, unknown, rules) : null;
    }

    /// <summary>A complaint as it stands, for a decision elsewhere and not for an actor's eyes.</summary>
    internal async ValueTask<Complaint?> PeekAsync(ComplaintId id, CancellationToken cancellationToken)
    {
        var loaded = await _services.Store.LoadAsync(Tenant, id, default, cancellationToken).ConfigureAwait(false);
        return loaded.Complaint is { } stored ? (await StateAsync(stored, cancellationToken).ConfigureAwait(false)).State : null;
    }

    /// <summary>Which members of the staff an event names.</summary>
    private static IEnumerable<string?> NamedIn(ComplaintEvent? happened) => happened switch
    {
        HandedOver handed => [handed.Owner, handed.Route?.InsteadOf],
        ParticipantAdded added => [added.Staff],
        PeopleKeptOut kept => (IEnumerable<string?>)kept.People,
        StepPlanned planned => [planned.Owner],
        LiabilityRecorded liability => [liability.Staff],
        InteractionRecorded passed => [passed.To],
        _ => [],
    };

    /// <summary>What members of the staff are called, by the host's ids: those whom the staff directory knows by a name. Empty where it
    /// fails, or takes longer than two seconds.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(
        IReadOnlyCollection<string> people, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(people);
        var cards = await _services.Assignment.CardsAsync(Tenant, people, cancellationToken).ConfigureAwait(false);
        return cards.Where(card => card.Name is not null).DistinctBy(card => card.Id)
            .ToDictionary(card => card.Id, card => card.Name!, StringComparer.Ordinal);
    }

    /// <summary>The same for everybody whom the page of a case names: who has it, who had it, and who did what.</summary>
    public Task<IReadOnlyDictionary<string, string>> NamesInAsync(ComplaintView view, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var people = view.History.SelectMany(recorded => NamedIn(recorded.Event).Append(recorded.Moment.Actor.Id));
        return NamesAsync([.. people.OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken);
    }
}
