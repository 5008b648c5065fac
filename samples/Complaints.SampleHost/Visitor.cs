using System.Globalization;
using Complaints.Core;
using Complaints.Core.Definitions;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Complaints.SampleHost;

/// <summary>Who looks, and in which language: a demo switcher, kept in cookies. There is no sign-in.</summary>
internal sealed class Visitor(IHttpContextAccessor accessor)
{
    public static readonly IReadOnlyList<(Actor Actor, string En, string Zh)> Cast =
    [
        (new Actor("amy", Role.Agent) { Teams = ["after-sales"] }, "Amy, agent", "小艾（座席）"),
        (new Actor("ben", Role.Agent) { Teams = ["after-sales", "logistics"] }, "Ben, agent", "小本（座席）"),
        (new Actor("sun", Role.Supervisor) { Teams = ["after-sales"] }, "Sun, supervisor", "孙主管（主管）"),
        (new Actor("mei", Role.Manager), "Mei, manager", "梅经理（经理）"),
        // Quality alone sees no complaints, and could not say which ones an improvement is about.
        (new Actor("qin", Role.Quality, Role.Agent), "Qin, quality", "秦工（品管）"),
        (new Actor("tao", Role.Department) { Teams = ["technical-support"] }, "Tao, technical support", "陶工（技术支持）"),
        (new Actor("dong", Role.Director), "Dong, director", "董总监（总监）"),
        (new Actor("adam", Role.Administrator), "Adam, administrator", "管理员"),
        (new Actor("lu", Role.Department) { Teams = ["logistics"] }, "Lu, logistics", "陆师傅（物流）"),
    ];

    public Actor Actor => Cast.FirstOrDefault(member => member.Actor.Id == Cookie("actor")).Actor ?? Cast[0].Actor;

    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(accessor.HttpContext?.Request.Cookies["lang"] is "en" ? "en" : "zh-CN");

    public bool Chinese => Culture.TwoLetterISOLanguageName == "zh";

    /// <summary>A word of the pages in the visitor's language.</summary>
    public string this[string word] => SampleHost.Words.Of(word, Chinese);

    /// <summary>How the library's own values are told to the visitor.</summary>
    public Wording Words(Rulebook rules) => new(Culture, DateTimeZoneProviders.Tzdb[rules.Settings.Zone], NameOf);

    /// <summary>The same with the names that the staff directory knows, for who is not in the demo's cast.</summary>
    public Wording Words(Rulebook rules, IReadOnlyDictionary<string, string> names) => Words(rules) with
    {
        NameOf = id => Cast.Any(member => member.Actor.Id == id) ? NameOf(id) : names.GetValueOrDefault(id, NameOf(id)),
    };

    /// <summary>What a member of the staff is called.</summary>
    public string NameOf(string id) => Cast.FirstOrDefault(member => member.Actor.Id == id) is { Actor: not null } found ? Chinese ? found.Zh : found.En : id == Core.Actor.System.Id ? this["system"] : id;

    /// <summary>Sent by a form of our own pages, whose token shows that nobody else's page sent it.</summary>
    public static IResult SwitchAsync(HttpContext context, [FromForm] string? actor, [FromForm] string? lang, [FromForm] string? back)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365) };
        if (Cast.Any(member => member.Actor.Id == actor))
            context.Response.Cookies.Append("actor", actor!, options);
        if (lang is "en" or "zh")
            context.Response.Cookies.Append("lang", lang, options);
        return Results.LocalRedirect(IsLocal(back) ? back! : "/");
    }

    /// <summary>A path of this host, in characters that a header can carry.</summary>
    private static bool IsLocal(string? path) => path is ['/'] or ['/', not '/' and not '\\', ..] && path.All(c => c is > ' ' and <= '~');

    private string? Cookie(string name) => accessor.HttpContext?.Request.Cookies[name];
}
