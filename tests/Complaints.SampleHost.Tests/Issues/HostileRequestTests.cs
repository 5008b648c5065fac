using System.Net;
using System.Text.RegularExpressions;

namespace Complaints.SampleHost.Tests.Issues;

/// <summary>Requests that no page of ours makes (R19, R21): answered, not obeyed, and never with a 5xx.</summary>
public sealed class HostileRequestTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(host.Address) };

    [Theory]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/\n/elsewhere.example")]
    [InlineData("/投诉")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    public async Task R19_The_way_back_stays_here(string back)
    {
        var token = Regex.Match(await _client.GetStringAsync("/"),
            "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"").Groups["token"].Value;
        using var answer = await _client.PostAsync("/visitor", new FormUrlEncodedContent(
            [new("lang", "en"), new("back", back), new("__RequestVerificationToken", token)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Theory]
    [InlineData("/visitor?lang=en&back=/")]
    [InlineData("/find?Find=021")]
    public async Task R40_What_a_foreign_page_sends_is_a_bad_request(string path)
    {
        await _client.GetStringAsync("/");
        using var answer = await _client.PostAsync(path, new FormUrlEncodedContent([new("lang", "en"), new("Find", "13800138000")]));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("99")]
    public async Task A_form_that_does_not_say_which_version_it_showed_changes_nothing(string version)
    {
        var (path, form) = await FormAsync();
        using var answer = await _client.PostAsync(path, Posted(form, ("_handler", "hand-over"), ("_version", version), ("owner", "ben"),
            ("reason", "other"), ("remark", "unseen")));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetStringAsync(path)).ShouldNotContain("unseen");
    }

    [Fact]
    public async Task A_code_that_nobody_defined_is_refused()
    {
        var (path, form) = await FormAsync();
        using var answer = await _client.PostAsync(path, Posted(form, ("_handler", "record-interaction"), ("channel", "phone"), ("direction", "7"), ("summary", "undirected")));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetStringAsync(path)).ShouldNotContain("undirected");
    }

    private static FormUrlEncodedContent Posted(Dictionary<string, string> form, params (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values)
            form[name] = value;
        return new FormUrlEncodedContent(form);
    }

    /// <summary>An open complaint, with what its forms carry unseen.</summary>
    private async Task<(string Path, Dictionary<string, string> Form)> FormAsync()
    {
        var queue = await _client.GetStringAsync("/");
        var path = Regex.Match(queue, "/complaints/[0-9a-f-]{36}").Value;
        var page = await _client.GetStringAsync(path);
        return (path, new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value,
            ["_version"] = Regex.Match(page, "name=\"_version\" value=\"([0-9]+)\"").Groups[1].Value,
        });
    }
}
