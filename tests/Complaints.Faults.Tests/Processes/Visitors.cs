using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace Complaints.Faults.Tests.Processes;

/// <summary>Four people who file complaints until they are told to go, at two hosts in turn. Every fourth form's answer never reaches them.</summary>
internal sealed partial class Visitors
{
    private readonly Func<Guid, Guid> _again;
    private readonly ConcurrentQueue<(Guid Complaint, int Host)> _filed = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task[] _all;
    private int _unanswered;
    private int _thrownAway;
    private int _repeated;

    /// <param name="first">The address of a host.</param>
    /// <param name="second">The address of the other.</param>
    /// <param name="again">Under which command id a form is sent again; under its own if nothing is given.</param>
    public Visitors(string first, string second, Func<Guid, Guid>? again = null)
    {
        (Hosts, _again) = ([first, second], again ?? (command => command));
        _all = [.. Enumerable.Range(0, 4).Select(visitor => Task.Run(() => VisitAsync(visitor)))];
    }

    /// <summary>Where they are now; a host that was started again has another address.</summary>
    public string[] Hosts { get; }

    /// <summary>What was answered in the end, and by whom.</summary>
    public IReadOnlyCollection<(Guid Complaint, int Host)> Filed => _filed;

    public int Unanswered => _unanswered;

    public int ThrownAway => _thrownAway;

    public int Repeated => _repeated;

    /// <summary>Waits until each of these hosts has answered ten more forms.</summary>
    public async Task MeetAsync(params int[] hosts)
    {
        var before = _filed.Count;
        await Until.HoldsAsync(
            () => _all.Any(visitor => visitor.IsFaulted) || hosts.All(host => _filed.Skip(before).Count(filed => filed.Host == host) >= 10), $"hosts {string.Join(" and ", hosts)} answer");
        if (_all.FirstOrDefault(visitor => visitor.IsFaulted) is { } failed)
            await failed;
    }

    public async Task GoAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_all);
    }

    /// <summary>Answers whose complaint is not there, and complaints without an answer.</summary>
    public async Task<(int Lost, int Doubled)> ProveAsync(Ground ground) =>
        (await ground.LostAsync(_filed.Select(filed => new Answer("file", 0, 0, filed.Complaint, 1))), (int)await ground.CountAsync("select count(*) from complaints.complaint") - _filed.Count);

    private async Task VisitAsync(int visitor)
    {
        for (var n = 0; !_over.IsCancellationRequested; n++)
        {
            var (command, host, title) = (Guid.NewGuid(), (visitor + n) % 2, $"{visitor}-{n}");
            if (n % 4 == 3 && await FileAsync(Hosts[host], command, title) is not null)
            {
                Interlocked.Increment(ref _thrownAway);
                (command, host) = (_again(command), 1 - host);
            }
            (Guid Complaint, bool IsRepeated)? answer;
            while ((answer = await FileAsync(Hosts[host], command, title)) is null)
            {
                Interlocked.Increment(ref _unanswered);
                (command, host) = (_again(command), 1 - host);
            }
            _filed.Enqueue((answer.Value.Complaint, host));
            if (answer.Value.IsRepeated)
                Interlocked.Increment(ref _repeated);
        }
    }

    /// <summary>Fills the form in as a browser would.</summary>
    /// <returns>What the host answered, or nothing if it is gone.</returns>
    private static async Task<(Guid Complaint, bool IsRepeated)?> FileAsync(string host, Guid command, string title)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(host), Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            // The form of the page itself, behind those that every page has.
            var page = await browser.GetStringAsync("/complaints/new");
            var form = Hidden().Matches(page[page.IndexOf("<main", StringComparison.Ordinal)..])
                .ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
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

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"/complaints/(?<id>[0-9a-f-]{36})\?done=(?<how>done|repeated)")]
    private static partial Regex Done();
}
