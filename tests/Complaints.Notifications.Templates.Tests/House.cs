using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Complaints.Notifications.Templates.Tests;

/// <summary>A host in memory whose messages are addressed by hand.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public House(Action<ComplaintsBuilder>? more = null)
    {
        var services = new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddSingleton<IClock>(Clock);
        var builder = services.AddComplaints().UseInMemory().AddMessageTemplates();
        more?.Invoke(builder);
        _provider = services.BuildServiceProvider();
    }

    public FakeClock Clock { get; } = new();

    public ComplaintDesk Desk => _provider.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);

    public NoticeComposer Composer => _provider.GetRequiredService<NoticeComposer>();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public ValueTask<Rulebook> RulesAsync() =>
        Get<DefinitionLibrary>().RulesAsync(TenantId.Default, TestContext.Current.CancellationToken);

    public async Task<ComplaintId> FileAsync(IntakeDraft draft) => (await Desk.RegisterAsync(draft)).Value.Complaint;

    public async Task DoAsync(ComplaintId id, params ComplaintCommand[] commands)
    {
        foreach (var command in commands)
        {
            Clock.Advance(Duration.FromMinutes(1));
            var result = await Desk.ExecuteAsync(id, command);
            result.IsSuccess.ShouldBeTrue(result.Refusal?.Message);
        }
    }

    /// <summary>The newest message of an event, addressed.</summary>
    public async Task<ClaimedMessage> MessageAsync(string name, string template, Addressee? to = null)
    {
        var claim = await Get<IOutboxStore>().ClaimAsync(
            TenantId.Default, new OutboxQuery(Guid.NewGuid().ToString("N"), 1_000, Duration.FromMilliseconds(1)), default);
        Clock.Advance(Duration.FromSeconds(1));
        return claim.Messages.Last(message => message.Topic.StartsWith($"complaints.{name}.")) with
        {
            To = to ?? new Addressee(Audience.Customer), Template = template,
        };
    }

    public async Task<ComposedNotice> ComposeAsync(ClaimedMessage message, string? language = null) =>
        (await Composer.ComposeAsync(message, language)).ShouldBeOfType<NoticeOutcome.Composed>().Notice;

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
