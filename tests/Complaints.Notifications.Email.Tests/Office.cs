using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Complaints.Notifications.Email.Tests;

/// <summary>A host in memory that sends mail.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public Office(int port, Action<EmailOptions>? configure = null, Action<ComplaintsBuilder>? more = null)
    {
        var services = new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddSingleton<IClock>(Clock);
        var builder = services.AddComplaints().UseInMemory().AddEmail(options =>
        {
            (options.Host, options.Port, options.Security) = ("localhost", port, MailSecurity.None);
            (options.From, options.ReplyTo, options.ReplyKey) = ("service@example.org", "reply@example.org", new byte[32]);
            configure?.Invoke(options);
        });
        more?.Invoke(builder);
        _provider = services.BuildServiceProvider();
    }

    public FakeClock Clock { get; } = new();

    public EmailChannel Channel => (EmailChannel)_provider.GetServices<IMessageChannel>().Single();

    public ComplaintDesk Desk => _provider.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Files a case, and gives the message of its registration to the customer.</summary>
    public async Task<ClaimedMessage> FiledAsync(IntakeDraft? draft = null, string template = "customer-registered", Addressee? to = null)
    {
        var filed = await Desk.RegisterAsync(draft ?? Drafts.English());
        filed.IsSuccess.ShouldBeTrue(filed.Refusal?.Message);
        var claim = await Get<IOutboxStore>().ClaimAsync(
            TenantId.Default, new OutboxQuery(Guid.NewGuid().ToString("N"), 1_000, Duration.FromMinutes(1)), default);
        return claim.Messages.Last(message => message.Topic == "complaints.registered.v1") with
        {
            To = to ?? new Addressee(Audience.Customer), Template = template,
        };
    }

    public ValueTask<DeliveryResult> SendAsync(ClaimedMessage message) =>
        Channel.SendAsync(message, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
