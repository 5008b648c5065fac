using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Sla;
using Complaints.Faults.Tests.Processes;
using NodaTime;
using Xunit.Abstractions;

namespace Complaints.Faults.Tests;

/// <summary>Two sample hosts on one PostgreSQL database, as their users meet them: pages, forms, and one of the two is killed under load.</summary>
public sealed partial class TwoHostsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R01_of_two_sample_hosts_one_is_killed_under_load_and_the_other_does_all_its_work()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        _ = await ground.Desk.LookupAsync("the key file is made");
        await using var first = Start(ground);
        await using var second = Start(ground);
        await Task.WhenAll(first.Ready, second.Ready);
        var hosts = new[] { AddressOf(first), AddressOf(second) };
        var filed = new ConcurrentBag<(Guid Complaint, int Host)>();
        var repeated = 0;
        var unanswered = 0;
        using var over = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 4).Select(visitor => Task.Run(async () =>
        {
            for (var n = 0; !over.IsCancellationRequested; n++)
            {
                // A visitor who gets no answer sends the same form to the other host.
                var (command, host) = (Guid.NewGuid(), (visitor + n) % 2);
                var answer = await FileAsync(hosts[host], command, $"{visitor}-{n}");
                while (answer is null)
                {
                    Interlocked.Increment(ref unanswered);
                    host = 1;
                    answer = await FileAsync(hosts[host], command, $"{visitor}-{n}");
                }
                filed.Add((answer.Value.Complaint, host));
                if (answer.Value.IsRepeated)
                    Interlocked.Increment(ref repeated);
            }
        })).ToArray();
        await Until.HoldsAsync(() => filed.Count(complaint => complaint.Host == 0) > 20 || visitors.Any(visitor => visitor.IsFaulted), "both are answering");
        if (visitors.FirstOrDefault(visitor => visitor.IsFaulted) is { } failed)
            await failed;
        await first.KillAsync();
        var atKill = filed.Count;
        await Until.HoldsAsync(() => filed.Count > atKill + 20, "the other goes on");
        await over.CancelAsync();
        await Task.WhenAll(visitors);

        // Promises of complaints that the dead one took in run out now.
        var orphans = filed.Where(complaint => complaint.Host == 0).Select(complaint => new ComplaintId(complaint.Complaint)).ToList();
        var due = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(5);
        var desk = ground.Desk;
        foreach (var orphan in orphans.Take(10))
            (await desk.ExecuteAsync(orphan, new AgreeDeadline(due))).IsSuccess.ShouldBeTrue();
        await Until.HoldsAsync(async () => (await ground.StepsAsync()).Keys.Select(step => step.Complaint).Distinct().Count() == Math.Min(10, orphans.Count), "the other fires the clocks of the dead one's complaints");
        // What reaches customers may have to wait for the hours in which they may be disturbed, whenever this runs.
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null and (attempt > 0 or due_at <= extract(epoch from now()) * 1000000)") == 0, "and sends its messages, at the latest when the lease of a minute is over", 90);

        var lost = await ground.LostAsync(filed.Select(complaint => new Answer("file", 0, 0, complaint.Complaint, 1)));
        var there = await ground.CountAsync("select count(*) from complaints.complaint");
        output.WriteLine($"R01: two sample hosts, {filed.Count} complaints filed through both, one killed: {unanswered} forms sent again, {repeated} of them had been carried out, {lost} lost, {there - filed.Count} doubled, {orphans.Count} complaints of the dead one looked after");
        (lost, there).ShouldBe((0, filed.Count));
        unanswered.ShouldBeGreaterThan(0, "it was killed under load");
        (await ground.StepsAsync()).Values.ShouldAllBe(times => times == 1);
        (await new HttpClient().GetAsync($"{hosts[1]}/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Child Start(Ground ground) => Child.Start(
        Repository.At("samples", "Complaints.SampleHost", "bin", "Release", "net10.0", "Complaints.SampleHost.dll"),
        [new("Database", ground.Database), new("KeyFile", ground.KeyFile), new("Demo__Complaints", "0"), new("Sweep__Seconds", "1")],
        line => Address().IsMatch(line), "--urls", "http://127.0.0.1:0");

    private static string AddressOf(Child host) => host.Lines.Select(line => Address().Match(line)).First(match => match.Success).Groups["address"].Value;

    /// <summary>Fills the form in as a browser would.</summary>
    /// <returns>What the host answered, or nothing if it is gone.</returns>
    private static async Task<(Guid Complaint, bool IsRepeated)?> FileAsync(string host, Guid command, string title)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(host), Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            var form = Hidden().Matches(await browser.GetStringAsync("/complaints/new")).ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
            (form["Command"], form["Title"], form["Channel"], form["Kind"]) = (command.ToString(), $"Parcel {title}", "phone", "complaint");
            (form["Narrative"], form["CustomerName"], form["Category"]) = ("It is late.", "Ann Smith", "delivery/late");
            using var answer = await browser.PostAsync("/complaints/new", new FormUrlEncodedContent(form));
            if (Done().Match(answer.Headers.Location?.OriginalString ?? "") is { Success: true } done)
                return (Guid.Parse(done.Groups["id"].Value), done.Groups["how"].Value == "repeated");
            throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"Open (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Address();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"/complaints/(?<id>[0-9a-f-]{36})\?done=(?<how>done|repeated)")]
    private static partial Regex Done();
}
