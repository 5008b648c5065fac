using System.Net;
using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Sla;
using Complaints.Faults.Tests.Processes;
using NodaTime;

namespace Complaints.Faults.Tests;

/// <summary>Two sample hosts on one PostgreSQL database, as their users meet them: pages, forms, answers that never arrive, and each of the two is killed under load.</summary>
public sealed partial class TwoHostsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R01_of_two_sample_hosts_either_is_killed_under_load_and_the_other_does_all_its_work()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        _ = await ground.Desk.LookupAsync("the key file is made");
        await using var first = Start(ground);
        await using var second = Start(ground);
        await Task.WhenAll(first.Ready, second.Ready);
        var visitors = new Visitors(AddressOf(first), AddressOf(second));
        await visitors.MeetAsync(0, 1);
        await first.KillAsync();
        await visitors.MeetAsync(1);
        await using var again = Start(ground);
        await again.Ready;
        visitors.Hosts[0] = AddressOf(again);
        var killedFirst = visitors.Filed.Where(filed => filed.Host == 0).ToList();
        await visitors.MeetAsync(0, 1);
        await second.KillAsync();
        await visitors.MeetAsync(0);
        await visitors.GoAsync();

        // Promises of complaints that the dead ones took in run out now.
        var orphans = killedFirst.Take(5).Concat(visitors.Filed.Where(filed => filed.Host == 1).Take(5)).Select(filed => new ComplaintId(filed.Complaint)).ToList();
        var due = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(5);
        foreach (var orphan in orphans)
            (await ground.Desk.ExecuteAsync(orphan, new AgreeDeadline(due))).IsSuccess.ShouldBeTrue();
        await Until.HoldsAsync(async () => (await ground.StepsAsync()).Keys.Select(step => step.Complaint).Distinct().Count() == orphans.Count, "the one that is left fires the clocks of the dead ones' complaints");
        // What reaches customers may have to wait for the hours in which they may be disturbed, whenever this runs.
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null and (attempt > 0 or due_at <= extract(epoch from now()) * 1000000)") == 0, "and sends its messages, at the latest when the lease of a minute is over", 90);

        var (lost, doubled) = await visitors.ProveAsync(ground);
        output.WriteLine($"R01: two sample hosts, each killed once, {visitors.Filed.Count} complaints filed through both: {visitors.Unanswered} forms without an answer and {visitors.ThrownAway} whose answer was thrown away were sent again, {visitors.Repeated} of them had been carried out, {lost} lost, {doubled} doubled, {orphans.Count} complaints of the dead ones looked after");
        (lost, doubled).ShouldBe((0, 0));
        visitors.Unanswered.ShouldBeGreaterThan(1, "they were killed under load");
        visitors.ThrownAway.ShouldBeGreaterThan(0);
        visitors.Repeated.ShouldBeGreaterThanOrEqualTo(visitors.ThrownAway);
        (await ground.StepsAsync()).Values.ShouldAllBe(times => times == 1);
        (await new HttpClient().GetAsync($"{visitors.Hosts[0]}/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task R01_control_visitors_who_send_again_under_a_new_command_id_double_their_complaints()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        _ = await ground.Desk.LookupAsync("the key file is made");
        await using var first = Start(ground);
        await using var second = Start(ground);
        await Task.WhenAll(first.Ready, second.Ready);
        var visitors = new Visitors(AddressOf(first), AddressOf(second), again: _ => Guid.NewGuid());
        await visitors.MeetAsync(0, 1);
        await visitors.GoAsync();

        var (lost, doubled) = await visitors.ProveAsync(ground);
        output.WriteLine($"R01: control with new command ids, {visitors.ThrownAway} forms sent again, {visitors.Repeated} repeated, {lost} lost, {doubled} doubled");
        (lost, doubled, visitors.Repeated).ShouldBe((0, visitors.ThrownAway, 0));
        doubled.ShouldBeGreaterThan(0);
    }

    private static Child Start(Ground ground) => Child.Start(
        Repository.At("samples", "Complaints.SampleHost", "bin", "Release", "net10.0", "Complaints.SampleHost.dll"),
        [new("Database", ground.Database), new("COMPLAINTS_KEY", ground.KeyFile), new("Demo__Complaints", "0"), new("Sweep__Seconds", "1")],
        line => Address().IsMatch(line), "--urls", "http://127.0.0.1:0");

    private static string AddressOf(Child host) => host.Lines.Select(line => Address().Match(line)).First(match => match.Success).Groups["address"].Value;

    [GeneratedRegex(@"Open (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Address();
}
