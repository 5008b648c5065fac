using System.Text.Json.Serialization;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>A kind of definition that another package brings along, on a real store and out of a container.</summary>
public sealed class DefinitionKindTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-kinds-").FullName;

    [Fact]
    public async Task Its_built_in_holds_until_somebody_publishes_and_what_is_wrong_is_refused()
    {
        var services = new ServiceCollection();
        services.AddComplaints().AddDefinitionKind(Greeting.Kind).UseSqlite($"Data Source={Path.Combine(_folder, "kinds.db")}");
        await using var provider = services.BuildServiceProvider();
        var library = provider.GetRequiredService<DefinitionLibrary>();

        (await WordsAsync(library)).ShouldBe("Hello");
        var stored = await provider.GetRequiredService<IDefinitionStore>().ListAsync(TenantId.Default, default);
        stored.ShouldContain(definition => definition.Kind == "greetings" && definition.Version == 1);
        (await PublishAsync(library, """{ "words": "" }""")).ShouldNotBeNull().Details.ShouldHaveSingleItem()
            .Code.ShouldBe("text.required");
        (await PublishAsync(library, """{ "wörds": "hi" }""")).ShouldNotBeNull().Code.ShouldBe("definition.invalid");
        (await PublishAsync(library, """{ "words": "您好" }""")).ShouldBeNull();
        (await WordsAsync(library)).ShouldBe("您好");
    }

    [Fact]
    public async Task A_program_without_the_package_goes_on_and_refuses_to_publish_the_kind()
    {
        var source = $"Data Source={Path.Combine(_folder, "older.db")}";
        await using (var newer = Provider(source, complaints => complaints.AddDefinitionKind(Greeting.Kind)))
            (await PublishAsync(newer.GetRequiredService<DefinitionLibrary>(), """{ "words": "您好" }""")).ShouldBeNull();
        await using var older = Provider(source, _ => { });

        (await PublishAsync(older.GetRequiredService<DefinitionLibrary>(), """{ "words": "hi" }""")).ShouldNotBeNull()
            .Code.ShouldBe("definition.kind_unknown");
        var desk = older.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);
        (await desk.RegisterAsync(Drafts.Chinese())).IsSuccess.ShouldBeTrue();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ServiceProvider Provider(string source, Action<ComplaintsBuilder> also)
    {
        var services = new ServiceCollection();
        also(services.AddComplaints().UseSqlite(source));
        return services.BuildServiceProvider();
    }

    private static async Task<string> WordsAsync(DefinitionLibrary library)
    {
        var tenant = TenantId.Default;
        var cancellationToken = CancellationToken.None;
        var rules = await library.RulesAsync(tenant, cancellationToken);
        return rules.Get(Greeting.Kind).Words;
    }

    private static async Task<ComplaintError?> PublishAsync(DefinitionLibrary library, string json) =>
        (await library.PublishAsync(TenantId.Default, "greetings", "default", json, DeskHarness.Administrator, default)).Refusal;
}

public sealed record Greeting(string Words)
{
    public static DefinitionKind<Greeting> Kind { get; } = new("greetings", GreetingJson.Default, """{ "words": "Hello" }""")
    {
        Check = static (greeting, _, _) => Text.Check("words", greeting.Words, 50) is { } wrong ? [wrong] : [],
    };
}

[JsonSerializable(typeof(Greeting))]
internal sealed partial class GreetingJson : JsonSerializerContext;
