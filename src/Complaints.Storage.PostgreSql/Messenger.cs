using System.Data.Common;
using Complaints.Storage.Relational;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>
/// Carries the hint that messages were written to the other hosts, by LISTEN and NOTIFY. Not in the transaction that wrote them: notifying transactions commit one after the other in the
/// whole server, each with its flush to the disk. Instead each host notifies by itself, at most ten times a second. What fails here is made good by whoever polls.
/// </summary>
internal sealed class Messenger(NpgsqlDataSource source, string schema, Bell bell) : IAsyncDisposable
{
    private const string Listen = "listen complaints";
    private const string Notify = "select pg_catalog.set_config('synchronous_commit', 'off', true), pg_catalog.pg_notify('complaints', $1)";
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BeforeReconnect = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _listening;
    private Task? _sending;
    private bool _isWanted;
    private int _isDisposed;

    /// <summary>Listens from now on.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
                _listening ??= Task.Run(ListenAsync);
        }
    }

    /// <summary>Tells the others, soon and once for many.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (!_stop.IsCancellationRequested && _sending is not { IsCompleted: false })
                _sending = Task.Run(SendAsync);
        }
    }

    /// <summary>Safe to call twice, as a container does that knows the store under several names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_gate)
            running = [.. new[] { _listening, _sending }.OfType<Task>()];
        await Task.WhenAll(running).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        while (IsWanted())
        {
            try
            {
                var command = source.CreateCommand(Notify);
                await using var _ = command.ConfigureAwait(false);
                command.Parameters.Add(Parameter.Of(schema));
                await command.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
                await Task.Delay(Rest, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is DbException or OperationCanceledException or ObjectDisposedException)
            {
                // A hint that does not arrive: the others find the messages in their next round.
                return;
            }
        }
    }

    private bool IsWanted()
    {
        lock (_gate)
        {
            var was = _isWanted;
            _isWanted = false;
            if (!was)
                _sending = null;
            return was;
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var connection = await source.OpenConnectionAsync(_stop.Token).ConfigureAwait(false);
                await using var _ = connection.ConfigureAwait(false);
                connection.Notification += (_, notification) =>
                {
                    if (notification.Payload == schema)
                        bell.Ring();
                };
                while (true)
                {
                    // Again now and then: it does nothing twice, and shows whether the connection still lives.
                    await ExecuteAsync(connection, Listen).ConfigureAwait(false);
                    await connection.WaitAsync(Probe, _stop.Token).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is DbException or OperationCanceledException or ObjectDisposedException)
            {
                // Until it listens again, polling does.
                await Task.WhenAny(Task.Delay(BeforeReconnect, _stop.Token)).ConfigureAwait(false);
            }
        }
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string text)
    {
        var command = new NpgsqlCommand(text, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
    }
}
