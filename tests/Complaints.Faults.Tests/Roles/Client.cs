using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Complaints.Faults.Tests.Roles;

/// <summary>
/// A side that commands: registers a complaint and adds a note, again and again, and says what it was promised. The n-th command has an id that follows from n, so that another
/// process repeats it: <c>--From</c> says where to begin, <c>--FreshIds</c> plants the fault of ids that do not repeat.
/// </summary>
internal sealed class Client(ComplaintDesk services, IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    private readonly ComplaintDesk _desk = services.For(DeskHarness.Agent);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (from, to, seed, lanes) = (configuration.GetValue("From", 0), configuration.GetValue("To", int.MaxValue), configuration.GetValue("Seed", 1), configuration.GetValue("Lanes", 1));
        try
        {
            await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(() => CommandAsync(from, to, seed + lane, stoppingToken), stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        Said.Line("done");
        lifetime.StopApplication();
    }

    private async Task CommandAsync(int from, int to, int seed, CancellationToken stoppingToken)
    {
        for (var n = from; n < to && !stoppingToken.IsCancellationRequested; n++)
        {
            var filed = await RepeatedAsync(seed, n, "file", options => _desk.RegisterAsync(Drafts.English(seed * 1_000_000 + n), options, stoppingToken), stoppingToken);
            await RepeatedAsync(seed, n, "note", options => _desk.ExecuteAsync(filed.Complaint, new AddNote($"Note {n}"), options, stoppingToken), stoppingToken);
        }
    }

    /// <summary>Sends a command until it is answered, as a client is told to: the same again, with the same id.</summary>
    private async Task<CommandAnswer> RepeatedAsync(int seed, int n, string what, Func<CommandOptions, Task<CommandResult>> send, CancellationToken stoppingToken)
    {
        var options = new CommandOptions { CommandId = new(configuration.GetValue<bool>("FreshIds") ? Guid.NewGuid() : IdOf(seed, n, what)) };
        while (true)
        {
            try
            {
                Said.Line($"trying {what} {seed} {n}");
                var result = await send(options);
                if (result.Refusal is { } refusal)
                    throw new InvalidOperationException($"{what} {n} was refused: {refusal}");
                Said.Line($"answered {what} {seed} {n} {result.Value.Complaint} {result.Value.Version}");
                return result.Value;
            }
            catch (StoreException e)
            {
                Said.Line($"failed {what} {seed} {n} {(e is ClockSkewException skew ? skew.Error.Code : e.GetType().Name)} {e.Message.ReplaceLineEndings(" ")}");
                await Task.Delay(100, stoppingToken);
            }
        }
    }

    private static Guid IdOf(int seed, int n, string what) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{seed} {n} {what}")).AsSpan(0, 16));
}
