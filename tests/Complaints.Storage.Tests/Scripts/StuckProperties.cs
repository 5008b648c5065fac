using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>
/// X54: of random cases exactly those are named as stuck that a reading of the whole case says are: none too many, none too few. Ten
/// thousand of them with COMPLAINTS_FULL=1.
/// </summary>
public sealed class StuckProperties(ITestOutputHelper output)
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 10_000 : 400;

    [Fact]
    public async Task X54_Random_cases_are_stuck_exactly_where_a_reading_of_the_whole_case_says_so()
    {
        var (seen, first) = (0, Random.Shared.Next(1_000_000));
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = first; seen < Cases; seed++)
        {
            var random = new Random(seed);
            var (harness, ids, _) = await new Script(seed).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
            var staff = StaffOf(random, harness.Clock);
            await harness.Definitions.PublishAsync(TenantId.Default, "staff", "default",
                AssignmentDefinitions.Staff.Write(staff), DeskHarness.Administrator, default);
            harness.Clock.Advance(Duration.FromSeconds(31) + Duration.FromDays(random.Next(20)));
            var expected = new List<string>();
            foreach (var id in ids)
                expected.AddRange(await ExpectedAsync(harness, id, staff));
            var named = new List<string>();
            await foreach (var stuck in harness.Desk.StuckAsync())
            {
                named.Add($"{stuck.Number} {stuck.Cause}");
                tally[stuck.Cause] = tally.GetValueOrDefault(stuck.Cause) + 1;
            }
            named.ShouldBe(expected, ignoreOrder: true, $"seed {seed}");
            seen += ids.Count;
        }
        output.WriteLine($"{seen} cases from seed {first}: {string.Join(", ", tally.Select(entry => $"{entry.Key} {entry.Value}"))}");
        tally.Count.ShouldBeGreaterThan(3, "a property of what never happens proves nothing");
    }

    /// <summary>Those who play in the scripts, and those whom the examples name; some are away, some have left.</summary>
    private static StaffList StaffOf(Random random, FakeClock clock)
    {
        var today = clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;
        return new(
        [
            new("amy", Roles: [Role.Agent], Teams: ["technical"]), new("sun", Roles: [Role.Supervisor]),
            new("dong", Roles: [Role.Director]), new("adam", Roles: [Role.Administrator]),
            Somebody("ben"), Somebody("cai"),
        ]);

        StaffCard Somebody(string id) => new(id, Roles: [Role.Agent], Teams: random.Next(2) == 0 ? ["technical"] : [],
            Deputy: random.Next(2) == 0 ? "amy" : null,
            Absences: random.Next(2) == 0 ? [new(today.PlusDays(-random.Next(10)), today.PlusDays(random.Next(30)))] : [],
            LeftOn: random.Next(4) == 0 ? today.PlusDays(random.Next(-5, 5)) : null);
    }

    /// <summary>The same, read from the whole case without any work.</summary>
    private static async Task<IEnumerable<string>> ExpectedAsync(DeskHarness harness, ComplaintId id, StaffList staff)
    {
        var view = (await harness.Desk.ViewAsync(id))!;
        var rules = await harness.Definitions.RulesAsync(TenantId.Default, default);
        var (complaint, now) = (view.Complaint, harness.Clock.GetCurrentInstant());
        var zone = DateTimeZoneProviders.Tzdb[rules.Settings.Zone];
        var today = now.InZone(zone).Date;
        var causes = new SortedSet<string>(StringComparer.Ordinal);
        var open = !States.Ends.Contains(complaint.State);
        foreach (var request in complaint.Settlement.Approvals.Where(request => request.Status == ApprovalStatus.Pending))
        {
            var proposal = complaint.Settlement.Proposals.Single(one => one.Number == request.Proposal);
            var able = staff.People.Where(person => person.Roles.Any(role => role is Role.Supervisor or Role.Manager or Role.Director)
                && !person.HasLeftBy(today)
                && rules.Settings.AuthorityOf(new Actor(person.Id, person.Roles)) >= proposal.EstimatedCost).ToList();
            string?[] involved = [request.RequestedBy, request.RequestedFor, proposal.ProposedBy, proposal.ProposedFor];
            if (able.Count == 0)
                causes.Add(StuckCause.NoAuthority);
            else if (able.All(person => involved.Contains(person.Id)))
                causes.Add(StuckCause.OnlyTheInvolved);
        }
        if (complaint.Progress.Holds.Any(hold => hold.ReviewOn is null && rules.HoldReasons.Find(hold.Reason)!.Ceiling is null))
            causes.Add(StuckCause.HoldWithoutReview);
        if (complaint.Progress.Review is { } review
            && (view.Clocks.Where(clock => clock is { IsRunning: true, Objective: Objective.Acknowledgement }).Min(clock => clock.Due)
                ?? view.Clocks.Where(clock => clock.IsRunning).Min(clock => clock.Due) ?? review.At + Duration.FromDays(7)) < now)
            causes.Add(StuckCause.ReviewUndecided);
        var presented = view.History.Where(entry => entry.Event is ProposalPresented or ApprovalGranted).ToList();
        if (open && complaint.Settlement.Proposals.Any(proposal => proposal.Status == ProposalStatus.Presented)
            && presented.Max(entry => entry.Moment.RecordedAt) + Duration.FromDays(7) < now)
            causes.Add(StuckCause.ConsentUnanswered);
        if (States.InHand.Contains(complaint.State)
            && complaint.Convened.Concat(complaint.Tasks
                    .Where(task => task.Status is DepartmentTaskStatus.Sent or DepartmentTaskStatus.Signed).Select(task => task.Department))
                .Any(department => !staff.People.Any(person => person.Teams.Contains(department))))
            causes.Add(StuckCause.TeamEmpty);
        foreach (var (person, due) in PersonalWork(view, open))
        {
            var card = staff.People.FirstOrDefault(one => one.Id == person);
            if (card is null)
                continue;
            if (card.HasLeftBy(today))
                causes.Add(StuckCause.OwnerLeft);
            else if (due is { } at && card.Deputy is null && card.Absences.Any(absence =>
                absence.From <= today && today <= absence.Until && at.InZone(zone).Date <= absence.Until))
                causes.Add(StuckCause.OwnerAway);
        }
        return causes.Select(cause => $"{complaint.Number} {cause}");
    }

    /// <summary>What somebody has by name, by when.</summary>
    private static IEnumerable<(string Person, Instant? Due)> PersonalWork(ComplaintView view, bool open)
    {
        var complaint = view.Complaint;
        if (open)
        {
            foreach (var promise in complaint.Clocks.Commitments.Where(promise => promise is { KeptAt: null, WithdrawnAt: null }))
                yield return (promise.Owner, promise.Due);
        }
        if (States.InHand.Contains(complaint.State))
        {
            foreach (var step in complaint.Inquiry.Steps.Where(step => step is { Result: null, Owner: not null }))
                yield return (step.Owner!, step.Due);
        }
        if (complaint.Responsibility.Owner is not { } owner)
            yield break;
        foreach (var task in complaint.Tasks.Where(task => task.Status == DepartmentTaskStatus.Answered))
        {
            yield return (owner, view.Clocks.Where(clock => clock is { IsRunning: true, Objective: Objective.Verification }
                && clock.Subject == $"task/{task.Number}").Min(clock => clock.Due));
        }
        if (open && !complaint.Receipt.MissingFields.IsEmpty)
            yield return (owner, null);
        if (complaint.Contact.Followed.Any(mark => mark.IsOpen(complaint))
            && (States.InHand.Contains(complaint.State) || complaint.State == ComplaintState.Resolved))
            yield return (owner, null);
        if (complaint.Talk.UnansweredSince is not null && complaint.State != ComplaintState.Merged)
            yield return (owner, DueOf(Objective.NextResponse) ?? DueOf(Objective.FirstResponse));
        if (complaint.Receipt.CallbackPending && open)
            yield return (owner, DueOf(Objective.Callback));
        if (complaint.State is ComplaintState.Resolved or ComplaintState.NotEstablished && complaint.Settlement.NotifiedAt is null)
            yield return (owner, DueOf(Objective.ResultNotification));
        if (complaint.State is ComplaintState.Resolved or ComplaintState.Closed
            && complaint is { Progress.ArchivedAt: null, FollowUp: { ReachedAt: null, WaivedAt: null } })
            yield return (owner, DueOf(Objective.FollowUpVisit));
        foreach (var hold in complaint.Progress.Holds)
        {
            var zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
            var review = hold.ReviewOn is { } day ? zone.AtStartOfDay(day).ToInstant() : (Instant?)null;
            var limit = view.Clocks.Where(clock => clock.IsRunning && clock.Subject == $"hold/{hold.Reason}").Min(clock => clock.Due);
            yield return (owner, review is null || limit < review ? limit : review);
        }
        if (complaint.Settlement.Proposals.Any(proposal => proposal.Status == ProposalStatus.Presented) && open)
            yield return (owner, null);
        if (complaint.State is ComplaintState.Registered or ComplaintState.Investigating or ComplaintState.Proposing
                or ComplaintState.Executing
            && !complaint.Receipt.CallbackPending && complaint.Talk.UnansweredSince is null)
            yield return (owner, view.Clocks.Where(clock => clock.IsRunning).Min(clock => clock.Due));
        if (complaint.State is ComplaintState.Resolved or ComplaintState.NotEstablished && complaint.Settlement.NotifiedAt is not null
            && complaint.Talk.UnansweredSince is null && complaint.Progress.Review is null)
            yield return (owner, null);

        Instant? DueOf(string objective) =>
            view.Clocks.Where(clock => clock.IsRunning && clock.Objective == objective && clock.Subject is null).Min(clock => clock.Due);
    }
}
