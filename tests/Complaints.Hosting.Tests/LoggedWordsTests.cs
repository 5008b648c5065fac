using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Testing;
using Microsoft.Extensions.Logging;

namespace Complaints.Hosting.Tests;

/// <summary>What people write reaches no log, not at the finest level, and not when a channel fails (R17).</summary>
public sealed class LoggedWordsTests : IDisposable
{
    private const string Canary = "KANARIENVOGEL-金丝雀";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-hosting-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task R17_No_word_of_a_draft_or_a_command_is_logged_at_trace_before_and_after_erasure()
    {
        using var heard = new Heard();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(heard));
        Sink broken = new("broken", answer: (_, _) => throw new InvalidOperationException("The receiver is down."));
        await using var node = new Node(
            loggers, Path.Combine(_folder.FullName, "complaints.db"), null, options => options.MaxAttempts = 2, broken);
        await node.StartAsync();
        var filed = await node.Desk.RegisterAsync(Drafts.Chinese() with
        {
            Title = Canary,
            Complainant = new Complainant(Canary, Canary, [new ContactPoint(ContactPoint.Phone, "13800138000")], Canary),
            Statement = new Statement(Canary, Canary, Canary, Canary),
            Item = new Item("product", Canary, Canary),
            ExternalRef = new ExternalRef("forum", Canary),
        });
        var id = filed.Value.Complaint;
        await node.Desk.ExecuteAsync(id, new AddNote(Canary));
        (await node.Desk.ExecuteAsync(id, new Reopen("other", Canary))).Refusal.ShouldNotBeNull("refusals are told, too");
        await node.Desk.ExecuteAsync(id, new PlaceOnHold("parts", Note: Canary));
        (await node.Desk.RegisterAsync(Drafts.Chinese() with { Title = Canary, Channel = Canary })).Refusal.ShouldNotBeNull();
        await Until.HoldsAsync(() => Task.FromResult(broken.Attempts.Count >= 2), "the channel has failed");
        var person = filed.Complaint!.Receipt.Person;
        (await node.Get<PersonKeys>().DestroyAsync(TenantId.Default, person, default)).ShouldBeTrue();
        await node.Desk.ExecuteAsync(id, new AddNote(Canary));
        await node.StopAsync();

        heard.Lines.ShouldNotBeEmpty("the control: something was logged");
        heard.Lines.Where(line => line.Contains("KANARIENVOGEL", StringComparison.OrdinalIgnoreCase) || line.Contains("13800138000"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Control_a_logged_word_is_heard_and_a_logged_command_or_draft_tells_none()
    {
        using var heard = new Heard();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(heard));
        var logger = loggers.CreateLogger("host");
#pragma warning disable CA1848, CA2254 // what a host may do in a hurry
        logger.LogTrace("{Draft} {Command} {Who}", Drafts.Chinese() with { Title = Canary }, new AddNote(Canary), new Complainant(Canary));
        heard.Lines.ShouldHaveSingleItem().ShouldNotContain(Canary);
        logger.LogTrace("{Title}", Canary);
#pragma warning restore CA1848, CA2254
        heard.Lines.Last().ShouldContain(Canary);
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue($"scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
