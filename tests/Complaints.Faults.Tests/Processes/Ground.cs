using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Sla;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using NodaTime;
using Npgsql;

namespace Complaints.Faults.Tests.Processes;

/// <summary>A database of one test, and the key file that every process on it shares.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private static readonly Lazy<Task<PrivateServer>> Shared = new(async () =>
    {
        // Processes are killed here and never the server: it need not wait for its disk.
        var server = await PrivateServer.StartAsync("fsync = off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        return server;
    });

    private static int _databases;
    private readonly DirectoryInfo _folder;
    private IAsyncDisposable _closing;
    private NpgsqlDataSource? _asked;

    private Ground(DirectoryInfo folder, string database, RelationalStore store, IAsyncDisposable closing) => (_folder, Database, Store, _closing) = (folder, database, store, closing);

    /// <summary>As a process is given it.</summary>
    public string Database { get; }

    public RelationalStore Store { get; private set; }

    public string Folder => _folder.FullName;

    public string KeyFile => Path.Combine(Folder, "complaints.key");

    /// <summary>A new database of a server, of this run's own one if none is given.</summary>
    public static async Task<Ground> OnPostgreSqlAsync(PrivateServer? server = null)
    {
        server ??= await Shared.Value;
        var name = $"fault_{Interlocked.Increment(ref _databases)}";
        await server.ExecuteAsync($"create database {name}");
        var database = server.ConnectionString(name) + ";Maximum Pool Size=20";
        var store = new PostgreSqlStore(database);
        await store.MigrateAsync(default);
        return new(NewFolder(), database, store, store);
    }

    /// <summary>A new file.</summary>
    public static Ground OnSqlite()
    {
        var folder = NewFolder();
        var file = Path.Combine(folder.FullName, "complaints.db");
        var store = new SqliteStore(file);
        return new(folder, file, store, store);
    }

    /// <summary>A desk of this process whose clock stands at an instant.</summary>
    public ComplaintDesk DeskAt(Instant now) => DeskWith(new FileKeyProtector(KeyFile), now);

    /// <summary>A desk with the keys of another file than the one that the processes share.</summary>
    public ComplaintDesk DeskWith(FileKeyProtector protector, Instant? now = null)
    {
        var clock = new FakeClock(now ?? SystemClock.Instance.GetCurrentInstant());
        var keys = new PersonKeys(Store, protector, clock);
        return new ComplaintDesk(new DeskServices(Store, Store, keys, new DefinitionLibrary(Store, clock, []), clock, new UuidV7Generator(), timers: Store)).For(DeskHarness.Agent);
    }

    /// <summary>A desk of this process on the machine's clock.</summary>
    public ComplaintDesk Desk => DeskAt(SystemClock.Instance.GetCurrentInstant());

    /// <summary>Complaints that were registered a month ago, so that all their clocks have run out.</summary>
    public async Task<IReadOnlyList<ComplaintId>> FileOverdueAsync(int count)
    {
        var desk = DeskAt(SystemClock.Instance.GetCurrentInstant() - Duration.FromDays(30));
        // The first alone, so that numbers, keys and definitions are there for all.
        var ids = new System.Collections.Concurrent.ConcurrentBag<ComplaintId> { (await desk.RegisterAsync(Drafts.English(0))).Value.Complaint };
        await Parallel.ForAsync(1, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, token) => ids.Add((await desk.RegisterAsync(Drafts.English(i), cancellationToken: token)).Value.Complaint));
        return [.. ids];
    }

    /// <summary>Messages without a complaint, which a dispatcher does not mind.</summary>
    /// <param name="count">How many.</param>
    /// <param name="channel">The channel that they were given to; empty for messages that are to be divided.</param>
    public Task AddMessagesAsync(int count, string channel = "") => ExecuteAsync(
        $"""
        insert into complaints.outbox (tenant, id, complaint, topic, payload, created_at, due_at, channel)
        select 'default', gen_random_uuid(), gen_random_uuid(), 'complaints.registered.v1', '\x7b7d', at, at, '{channel}'
        from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint - {count} + n as at from generate_series(1, {count}) n) s
        """);

    /// <summary>What the sweeps did: each step of each clock, with how often it took effect.</summary>
    public async Task<IReadOnlyDictionary<(ComplaintId Complaint, string Step), int>> StepsAsync()
    {
        var steps = new Dictionary<(ComplaintId, string), int>();
        await foreach (var (of, stored) in Store.EventsAsync(TenantId.Default, default))
        {
            var step = EventCodec.Read(stored.Body.Span).Event switch
            {
                ClockBreached breached => $"{breached.Clock} breached",
                ClockWarned warned => $"{warned.Clock} {warned.Step}",
                AnswerPressed pressed => $"{pressed.Clock} {pressed.Step}",
                ComplaintEscalated escalated => $"{escalated.Clock} {escalated.Step}",
                _ => null,
            };
            if (step is not null)
                steps[(new(of), step)] = steps.GetValueOrDefault((new(of), step)) + 1;
        }
        return steps;
    }

    /// <summary>Answers whose complaint the database does not have, or not in that version.</summary>
    public async Task<int> LostAsync(IEnumerable<Answer> answers)
    {
        var versions = new Dictionary<Guid, int>();
        await foreach (var head in Store.HeadsAsync(TenantId.Default, default))
            versions[head.Of.Value] = head.Version;
        return answers.Count(answer => versions.GetValueOrDefault(answer.Complaint) < answer.Version);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Asked.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Asked.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The values of one column.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(string sql)
    {
        await using var command = Asked.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await row.ReadAsync())
            ids.Add(row.GetGuid(0));
        return ids;
    }

    /// <summary>A store with new connections, after its server went down.</summary>
    public async Task ReopenAsync()
    {
        await _closing.DisposeAsync();
        var store = new PostgreSqlStore(Database);
        (Store, _closing) = (store, store);
    }

    /// <summary>Closes this process's own store.</summary>
    public ValueTask CloseAsync() => _closing.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _closing.DisposeAsync();
        if (_asked is not null)
            await _asked.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>For what a test asks, up to fifty times a second: a session for each question costs more than the answer.</summary>
    private NpgsqlDataSource Asked => LazyInitializer.EnsureInitialized(ref _asked, () => NpgsqlDataSource.Create(Database));

    private static DirectoryInfo NewFolder() => Directory.CreateTempSubdirectory("complaints-faults-");
}
