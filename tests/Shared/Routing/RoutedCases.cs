using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Shared;

/// <summary>S038: new cases are dealt out among four skilled people, by programs that share a database and nothing else.</summary>
internal static class RoutedCases
{
    /// <summary>The row that deals out by load.</summary>
    public const string BySkill = """{ "team": "first", "skill": "fridge" }""";

    /// <summary>A row under which nothing is dealt out, for controls.</summary>
    public const string ToAmy = """{ "team": "first", "owner": "amy" }""";

    /// <summary>How many are registered at once.</summary>
    public const int AtOnce = 8;

    private static readonly string[] Skilled = ["amy", "ben", "cai", "dan"];

    /// <summary>One program registers them, one after the other.</summary>
    /// <param name="store">Chooses the store and its key.</param>
    /// <param name="cases">How many.</param>
    /// <param name="row">The routing.</param>
    public static async Task<RoutedLoads> OneAfterTheOtherAsync(Action<ComplaintsBuilder> store, int cases, string row = BySkill)
    {
        await using var program = Program(store, row);
        var desk = await DeskAsync(program);
        for (var number = 0; number < cases; number++)
            await RegisterAsync(desk, number);
        return await LoadsAsync(desk);
    }

    /// <summary>Two programs register eight at once, four each, and again when all eight are there.</summary>
    /// <param name="store">Chooses the store and its key.</param>
    /// <param name="rounds">How many times eight.</param>
    /// <param name="row">The routing.</param>
    public static async Task<RoutedLoads> EightAtOnceAsync(Action<ComplaintsBuilder> store, int rounds, string row = BySkill)
    {
        await using var one = Program(store, row);
        await using var other = Program(store, row);
        var desks = new[] { await DeskAsync(one), await DeskAsync(other) };
        for (var round = 0; round < rounds; round++)
        {
            var first = round * AtOnce;
            await Task.WhenAll(Enumerable.Range(first, AtOnce).Select(number =>
                Task.Run(() => RegisterAsync(desks[number % desks.Length], number))));
        }
        return await LoadsAsync(desks[0]);
    }

    private static async Task RegisterAsync(ComplaintDesk desk, int number) =>
        (await desk.RegisterAsync(Drafts.English(number))).Refusal.ShouldBeNull();

    private static async Task<RoutedLoads> LoadsAsync(ComplaintDesk desk)
    {
        var loads = new List<int>();
        foreach (var person in Skilled)
            loads.Add(await OfAsync(person));
        return new(loads, await OfAsync("eve"));

        async Task<int> OfAsync(string person) => (int)(await desk.CountAsync(new() { Owner = person })).Count;
    }

    private static async Task<ComplaintDesk> DeskAsync(ServiceProvider program)
    {
        var desk = program.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);
        await desk.PrepareAsync();
        return desk;
    }

    private static ServiceProvider Program(Action<ComplaintsBuilder> store, string row)
    {
        var skilled = Skilled.Select(id => $$"""{ "id": "{{id}}", "teams": ["first"], "skills": ["fridge"] }""");
        var services = new ServiceCollection();
        var builder = services.AddComplaints();
        store(builder);
        builder
            .AddDefinition("staff", "default",
                $$"""{ "people": [ {{string.Join(", ", skilled)}}, { "id": "eve", "teams": ["first"], "skills": ["oven"] } ] }""")
            .AddDefinition("routing", "default", $$"""{ "rows": [ {{row}} ] }""");
        return services.BuildServiceProvider();
    }
}

/// <summary>How many cases each of the four has.</summary>
/// <param name="OfSkilled">The four.</param>
/// <param name="OfOther">The fifth, who has another skill.</param>
internal sealed record RoutedLoads(IReadOnlyList<int> OfSkilled, int OfOther)
{
    public int Total => OfSkilled.Sum() + OfOther;

    public int Spread => OfSkilled.Max() - OfSkilled.Min();

    public override string ToString() => $"{string.Join(", ", OfSkilled)}, and {OfOther} of whoever has another skill";
}
