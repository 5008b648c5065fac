using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Says of work whether it waits in vain. What the directory does not know is no finding. One walk; asks the directory for each
/// person, team and role once.</summary>
internal sealed class StuckWatch(
    AssignmentOffice office, TenantId tenant, Rulebook rules, Func<string, ImmutableArray<string>> rolesOf, Instant now)
{
    private static readonly Duration Grace = Duration.FromHours(1);

    private readonly LocalDate _today = now.InZone(DateTimeZoneProviders.Tzdb[rules.Settings.Zone]).Date;
    private readonly Dictionary<string, StaffCard?> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<StaffCard>?> _teams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<StaffCard>> _holders = new(StringComparer.Ordinal);
    private bool? _knowsRoles;

    /// <summary>Why it waits in vain; empty where somebody can do it and will be told.</summary>
    public async ValueTask<ImmutableArray<string>> CausesOfAsync(WorkRow row, CancellationToken cancellationToken)
    {
        var causes = ImmutableArray.CreateBuilder<string>();
        if (row.Duty is { } duty && duty != WorkDuties.Administer)
            Add(await OfDutyAsync(row, duty, cancellationToken).ConfigureAwait(false));
        else if (row.Person is { } person)
            Add(await OfPersonAsync(row, person, cancellationToken).ConfigureAwait(false));
        else if (row.Team is { } team)
            Add(await OfTeamAsync(team, cancellationToken).ConfigureAwait(false));
        Add(InTime(row));
        return causes.DrainToImmutable();

        void Add(string? cause)
        {
            if (cause is not null)
                causes.Add(cause);
        }
    }

    /// <summary>What time alone says.</summary>
    private string? InTime(WorkRow row) => row.Work switch
    {
        "hold" when row.Due is null => StuckCause.HoldWithoutReview,
        "consent" when row.Since + Duration.FromDays(rules.Settings.SilenceDays) < now => StuckCause.ConsentUnanswered,
        "decide-extension" when row.Due < now => StuckCause.ExtensionUndecided,
        "review-request" when (row.Due ?? row.Since + Duration.FromDays(rules.Settings.SilenceDays)) < now => StuckCause.ReviewUndecided,
        "finish-merge" when row.Since + Grace < now => StuckCause.MergeUnfinished,
        _ => null,
    };

    private async ValueTask<string?> OfDutyAsync(WorkRow row, string duty, CancellationToken cancellationToken)
    {
        if (!await KnowsRolesAsync(cancellationToken).ConfigureAwait(false))
            return null;
        var may = new List<StaffCard>();
        foreach (var role in rolesOf(duty))
            may.AddRange((await HoldersAsync(role, cancellationToken).ConfigureAwait(false)).Where(card => !card.HasLeftBy(_today)));
        if (may.Count == 0)
            return StuckCause.NobodyMay;
        var able = row.Amount == 0 ? may
            : may.FindAll(card => rules.Settings.AuthorityOf(new Actor(card.Id, card.Roles)) >= row.Amount);
        return able.Count == 0 ? StuckCause.NoAuthority
            : able.TrueForAll(card => row.NotFor.Contains(card.Id)) ? StuckCause.OnlyTheInvolved
            : null;
    }

    private async ValueTask<string?> OfPersonAsync(WorkRow row, string person, CancellationToken cancellationToken)
    {
        if (await CardAsync(person, cancellationToken).ConfigureAwait(false) is not { } card)
            return null;
        if (card.HasLeftBy(_today))
            return StuckCause.OwnerLeft;
        if (row.Due is not { } due)
            return null;
        var day = due.InZone(DateTimeZoneProviders.Tzdb[rules.Settings.Zone]).Date;
        if (!card.Absences.Any(absence => absence.From <= _today && _today <= absence.Until && day <= absence.Until))
            return null;
        var (here, _) = await Deputies.FirstHereAsync(who => CardAsync(who, cancellationToken), person, _today).ConfigureAwait(false);
        return here is null ? StuckCause.OwnerAway : null;
    }

    private async ValueTask<string?> OfTeamAsync(string team, CancellationToken cancellationToken)
    {
        if (!_teams.TryGetValue(team, out var members))
        {
            members = await office.MembersAsync(tenant, team, cancellationToken).ConfigureAwait(false);
            // What a department has, its teams have.
            foreach (var below in rules.Organisation.Teams.Where(below => below.Department == team && below.Code != team))
            {
                var more = await office.MembersAsync(tenant, below.Code, cancellationToken).ConfigureAwait(false);
                members = members is null || more is null ? null : [.. members, .. more];
            }
            _teams.Add(team, members);
        }
        return members is not null && members.All(card => card.HasLeftBy(_today)) ? StuckCause.TeamEmpty : null;
    }

    private async ValueTask<StaffCard?> CardAsync(string person, CancellationToken cancellationToken)
    {
        if (!_people.TryGetValue(person, out var card))
        {
            card = (await office.CardsAsync(tenant, [person], cancellationToken).ConfigureAwait(false)).FirstOrDefault();
            _people.Add(person, card);
        }
        return card;
    }

    private async ValueTask<IReadOnlyList<StaffCard>> HoldersAsync(string role, CancellationToken cancellationToken)
    {
        if (!_holders.TryGetValue(role, out var holders))
            _holders.Add(role, holders = await office.HoldersAsync(tenant, role, cancellationToken).ConfigureAwait(false));
        return holders;
    }

    /// <summary>A directory that names nobody in any role knows nothing of roles.</summary>
    private async ValueTask<bool> KnowsRolesAsync(CancellationToken cancellationToken)
    {
        if (_knowsRoles is { } known)
            return known;
        foreach (var role in RoleWords.All.Select(item => item.Code).Concat(rules.Settings.Roles.Keys))
        {
            if ((await HoldersAsync(role, cancellationToken).ConfigureAwait(false)).Count > 0)
                return (_knowsRoles = true).Value;
        }
        return (_knowsRoles = false).Value;
    }
}
