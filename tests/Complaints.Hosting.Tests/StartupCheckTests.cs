using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Complaints.Hosting.Tests;

/// <summary>What the host brings along is looked at before anybody is served.</summary>
public sealed class StartupCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-start-");
    private readonly Service _service = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("policy", "hurry", """{"label":{"en":"Hurry","zh":"急"},"objectives":[{"objective":"resolution","limit":"soon"}]}""", "policy/hurry", "soon")]
    [InlineData("tenant", "default", """{"zonee":"UTC"}""", "tenant/default", "zonee")]
    [InlineData("polisy", "hurry", "{}", "polisy/hurry", "known")]
    public async Task A_definition_that_is_refused_ends_the_start_with_one_sentence_before_anybody_is_served(string kind, string id, string json, string which, string why)
    {
        using var host = Host(complaints => complaints.AddDefinition(kind, id, json, TenantId.Parse("north")));

        var error = await Should.ThrowAsync<ArgumentException>(() => host.StartAsync());
        error.Message.ShouldContain(which);
        error.Message.ShouldContain("north");
        error.Message.ShouldContain(why, Case.Insensitive);
        error.Message.ShouldNotContain("\n");
        _service.HasStarted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_definition_that_is_well_is_in_force_when_the_first_request_comes()
    {
        using var host = Host(complaints => complaints.AddDefinition("repeats", "default", """{"windowDays":14}"""));
        await host.StartAsync();
        _service.HasStarted.ShouldBeTrue();
        (await host.Services.GetRequiredService<Core.Storage.IDefinitionStore>().ListAsync(TenantId.Default, default)).ShouldContain(definition => definition.PublishedBy == "seed");
        await host.StopAsync();
    }

    [Fact]
    public async Task A_master_key_that_is_missing_ends_the_start_and_is_named_by_its_full_path()
    {
        using (var first = Host())
            await first.Services.GetRequiredService<ComplaintDesk>().RegisterAsync(new IntakeDraft { Channel = "phone", Title = "Late", Complainant = new Complainant("Ann") });
        using var host = Host(complaints => complaints.UseKeyFile(Path.Combine(_folder.FullName, "elsewhere", "..", "other.key")));

        (await Should.ThrowAsync<MasterKeyException>(() => host.StartAsync()))
            .Message.ShouldContain($"'{Path.Combine(_folder.FullName, "other.key")}' is missing");
        _service.HasStarted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_does_not_keep_the_host_from_starting()
    {
        using var host = Host(complaints => complaints.UseSqlite(Path.Combine(_folder.FullName, "no-such-folder", "a.db")).AddDefinition("repeats", "default", """{"windowDays":14}"""));
        await host.StartAsync();
        _service.HasStarted.ShouldBeTrue();
        await host.StopAsync();
    }

    [Fact]
    public void Without_a_key_file_or_a_store_that_has_a_place_for_one_a_host_is_told_what_to_call()
    {
        var services = new ServiceCollection();
        services.AddComplaints();
        using var provider = services.BuildServiceProvider();
        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<IKeyProtector>()).Message.ShouldContain("UseKeyFile");
    }

    private IHost Host(Action<ComplaintsBuilder>? configure = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        // As a web server is: registered before, and started with all the others.
        builder.Services.AddSingleton<IHostedService>(_service);
        var complaints = builder.Services.AddComplaints().UseSqlite(Path.Combine(_folder.FullName, "a.db"));
        configure?.Invoke(complaints);
        complaints.AddBackgroundWork();
        return builder.Build();
    }

    private sealed class Service : IHostedService
    {
        public bool HasStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HasStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
