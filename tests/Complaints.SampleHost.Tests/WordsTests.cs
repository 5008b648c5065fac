using System.Text.RegularExpressions;
using Complaints.Core.Classification;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Lifecycle;
using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Every page of the demo in both languages, as a person reads it: words, and no code, id, enum or instant of a machine.</summary>
public sealed partial class WordsTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const int CasesOfAState = 2;

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task People_see_words_on_every_page(string language)
    {
        // Two side by side, because a browser waits for its host most of the time; more would keep the other tests' pages waiting.
        foreach (var actors in (string[][])[["amy", "sun"], ["adam", "qin"]])
        {
            var read = await Task.WhenAll(actors.Select(actor => ReadAsync(language, actor)));
            read.ShouldAllBe(pages => pages.Read > 30);
            read.SelectMany(pages => pages.Found).Distinct().ShouldBeEmpty();
        }
    }

    [Fact]
    public void Control_codes_ids_enums_and_instants_are_found()
    {
        Machine("状态 AwaitingConsent", "zh").ShouldBe(["AwaitingConsent"]);
        Machine("渠道 web-form，原因 parts", "zh").ShouldBe(["web-form", "parts"], ignoreOrder: true);
        Machine("by web-form at 2026-09-01T10:00:00Z", "en").ShouldBe(["web-form", "2026-09-01T10:00"], ignoreOrder: true);
        Machine("0198f0a0-0000-7000-8000-000000000001", "en").ShouldBe(["0198f0a0-0000-7000-8000-000000000001"]);
        Machine("Exchange by phone until 2026-09-01 10:00", "en").ShouldBeEmpty();
        Machine("通过电话换货，2026-09-01 10:00 前", "zh").ShouldBeEmpty();
    }

    /// <summary>Reads every page as somebody sees it.</summary>
    private async Task<(int Read, List<string> Found)> ReadAsync(string language, string actor)
    {
        var page = await host.VisitAsync();
        Cookie[] cookies = [new() { Name = "lang", Value = language }, new() { Name = "actor", Value = actor }];
        foreach (var cookie in cookies)
            cookie.Url = host.Address;
        await page.Context.AddCookiesAsync(cookies);
        var (read, found) = (0, new List<string>());
        foreach (var path in await PathsAsync(page))
        {
            await page.GotoAsync(path);
            // What is folded away is read too, once it is opened. A title is in the words of whoever wrote it.
            var text = await page.EvaluateAsync<string>(
                """
                () => {
                    document.querySelectorAll('details').forEach(folded => folded.open = true);
                    document.querySelectorAll('td.title').forEach(title => title.remove());
                    return document.body.innerText;
                }
                """);
            found.AddRange(Machine(text, language).Select(what => $"{path} ({actor}): {what}"));
            read++;
        }
        return (read, found);
    }

    /// <summary>The lists, the forms for a new one, some complaints of every state, and the improvements.</summary>
    private static async Task<IReadOnlyList<string>> PathsAsync(IPage page)
    {
        var paths = new List<string> { "/", "/?State=all", "/?Order=Points", "/complaints/new" };
        foreach (var state in States.All)
        {
            await page.GotoAsync($"/?State={state}");
            paths.Add($"/?State={state}");
            var links = await page.Locator("#queue tbody a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
            paths.AddRange(links.Take(CasesOfAState));
        }
        await page.GotoAsync("/improvements?Status=all");
        paths.AddRange(["/improvements", "/improvements?Status=all"]);
        var improvements = page.Locator("#list tbody a");
        paths.AddRange(await improvements.EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"));
        return paths;
    }

    /// <summary>What a machine would say. In English a code that is a plain word reads like one, so that only the joined ones count.</summary>
    private static IEnumerable<string> Machine(string text, string language) =>
        Tokens().Matches(text).Select(match => match.Value)
            .Where(token => Codes.Contains(token) && (language == "zh" || token.Contains('-') || token.Skip(1).Any(char.IsUpper)))
            .Concat(Guids().Matches(text).Select(match => match.Value))
            .Concat(Instants().Matches(text).Select(match => match.Value))
            .Distinct();

    private static IEnumerable<CommandInfo> Commands => [.. CommandCatalogue.All, .. CommandCatalogue.Improvements];

    private static readonly HashSet<string> Codes =
    [
        .. Commands.Select(command => command.Name.Value),
        .. Commands.SelectMany(command => command.Fields).SelectMany(field => field.ChoicesIn(Rulebook.BuiltIn)).Select(
            choice => choice.Code),
        .. States.All.Select(state => state.ToString()),
        .. Enum.GetNames<ImprovementStatus>(),
        .. Core.Sla.Objective.All,
        .. Rulebook.BuiltIn.HoldReasons.Items.Select(reason => reason.Code),
        .. Rulebook.BuiltIn.Priorities.Value.Priority.Items.Select(priority => priority.Code),
        .. Rulebook.BuiltIn.CalendarIds,
        "call-centre", "urgent", "system",
    ];

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")]
    private static partial Regex Tokens();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Guids();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")]
    private static partial Regex Instants();
}
