using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Complaints.Hosting.Tests;

/// <summary>What <c>Complaints.Testing</c> promises: a whole host in memory, and channels that keep what they were sent.</summary>
public sealed class InMemoryHostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-memory-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private static ServiceProvider Host(Action<ComplaintsBuilder> choose, IClock? clock = null)
    {
        var services = new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        if (clock is not null)
            services.AddSingleton(clock);
        choose(services.AddComplaints());
        return services.BuildServiceProvider();
    }

    private static ComplaintDesk DeskOf(IServiceProvider provider) => provider.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);

    private static async Task<string?> NameOfAsync(IServiceProvider provider, ComplaintId id)
    {
        var desk = DeskOf(provider);
        var view = (await desk.ViewAsync(id)).ShouldNotBeNull();
        return (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Complainant)?.Name;
    }

    [Fact]
    public async Task A_host_in_memory_sends_its_messages_without_waiting_for_the_next_round()
    {
        var all = new CaptureChannel();
        var resolved = new CaptureChannel("resolved") { Topics = ["complaints.resolved.v1"] };
        await using var provider = Host(complaints => complaints.UseInMemory()
            .AddCaptureChannel(all).AddCaptureChannel(all).AddCaptureChannel(resolved)
            .AddBackgroundWork(options => options.DispatchEvery = TimeSpan.FromHours(1)), new FakeClock());
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(default);
        var id = (await DeskOf(provider).RegisterAsync(Drafts.Inquiry())).Value.Complaint;
        (await all.WaitAsync(1, Patience)).ShouldHaveSingleItem().Topic.ShouldBe("complaints.registered.v1");
        (await DeskOf(provider).ExecuteAsync(id, new Resolve("solved", ConfirmedInCall: true))).IsSuccess.ShouldBeTrue();

        var told = (await resolved.WaitAsync(1, Patience)).ShouldHaveSingleItem();
        (told.Complaint, told["state"], told["nothing"]).ShouldBe((id, "Resolved", null));
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StopAsync(default);
    }

    [Fact]
    public async Task A_host_in_memory_lives_by_the_clock_that_it_is_given()
    {
        var clock = new FakeClock();
        await using var provider = Host(complaints => complaints.UseInMemory(), clock);
        await DeskOf(provider).RegisterAsync(Drafts.English());
        var outbox = provider.GetRequiredService<IOutboxStore>();
        (await outbox.AgesAsync(TenantId.Default, now: null, default)).OldestDueMessage.ShouldBe(Duration.Zero);

        clock.Advance(Duration.FromHours(2));
        (await outbox.AgesAsync(TenantId.Default, now: null, default)).OldestDueMessage.ShouldBe(Duration.FromHours(2));
    }

    [Fact]
    public async Task Two_hosts_share_a_store_and_read_each_others_personal_data()
    {
        var store = new InMemoryComplaintStore();
        await using var first = Host(complaints => complaints.UseInMemory(store));
        await using var second = Host(complaints => complaints.UseInMemory(store).UseInMemory(store));
        var id = (await DeskOf(first).RegisterAsync(Drafts.English())).Value.Complaint;
        (await NameOfAsync(second, id)).ShouldBe("Ann Smith");
    }

    [Fact]
    public async Task A_host_that_goes_on_with_a_database_keeps_its_master_key_beside_it()
    {
        var file = Path.Combine(_folder.FullName, "complaints.db");
        ComplaintId id;
        await using (var first = Host(complaints => complaints.UseInMemory().UseSqlite(file)))
            id = (await DeskOf(first).RegisterAsync(Drafts.English())).Value.Complaint;
        File.Exists(file + ".key").ShouldBeTrue();
        await using var second = Host(complaints => complaints.UseSqlite(file));
        (await NameOfAsync(second, id)).ShouldBe("Ann Smith");
    }

    [Fact]
    public async Task A_protector_that_is_chosen_after_the_store_in_memory_counts()
    {
        var key = Path.Combine(_folder.FullName, "chosen.key");
        await using var provider = Host(complaints => complaints.UseInMemory().UseKeyFile(key));
        await DeskOf(provider).RegisterAsync(Drafts.English());
        File.Exists(key).ShouldBeTrue();
    }

    [Fact]
    public async Task The_harness_delivers_what_a_channel_takes_and_tries_again_what_it_could_not()
    {
        var harness = new DeskHarness();
        var isDown = true;
        var channel = new CaptureChannel
        {
            Topics = ["complaints.registered.v1"],
            Answer = _ => isDown ? new DeliveryResult.Retry("down") : DeliveryResult.Delivered,
        };
        var id = await harness.FileAsync(Drafts.Inquiry());
        await harness.DoAsync(id, [new Resolve("solved", ConfirmedInCall: true)]);

        (await harness.DeliverAsync(channel)).ShouldBe(1);
        (await harness.DeliverAsync(channel)).ShouldBe(0, "it waits for a minute");
        (channel.Messages.Length, channel.Attempts.Length).ShouldBe((0, 1));
        isDown = false;
        harness.Clock.Advance(Duration.FromMinutes(1));
        (await harness.DeliverAsync(channel)).ShouldBe(1);
        channel.Messages.ShouldHaveSingleItem().Message.Attempt.ShouldBe(2);
        channel.Attempts.Select(attempt => attempt.Message.Id).Distinct().Count().ShouldBe(1);
        channel.Clear();
        channel.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_harness_gives_up_what_a_channel_refuses_for_good()
    {
        var harness = new DeskHarness();
        await harness.FileAsync();
        await harness.DeliverAsync(new CaptureChannel { Answer = _ => new DeliveryResult.DeadLetter("no such address") });
        (await harness.Ports.Outbox.DeadAsync(TenantId.Default, 10, default)).ShouldHaveSingleItem().Reason.ShouldBe("no such address");
    }
}
