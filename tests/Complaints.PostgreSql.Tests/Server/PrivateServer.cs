using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>
/// A PostgreSQL of this test run alone: its own folder, its own port on the loopback address. It goes down with the run, also when the run is killed: a keeper waits at the end of
/// a pipe. The postmaster is never killed, only told to stop.
/// </summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private readonly string _folder;
    private Process? _keeper;

    private PrivateServer(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    /// <summary>The folder in which it lies, with its log.</summary>
    public string Folder => _folder;

    public string ConnectionString(string database = "postgres", string user = "postgres") =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username={user};Maximum Pool Size=40;Timeout=10;Command Timeout=30";

    /// <summary>Makes one and starts it.</summary>
    /// <param name="settings">Lines for its postgresql.conf.</param>
    public static async Task<PrivateServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["postgres", folder]);
        var server = new PrivateServer(folder, FreePort());
        await PgAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await File.AppendAllLinesAsync(Path.Combine(server.Data, "postgresql.conf"),
        [
            "listen_addresses = '127.0.0.1'", $"port = {server.Port}", "unix_socket_directories = ''", "max_connections = 150", "shared_buffers = 128MB",
            "log_checkpoints = off", "shared_preload_libraries = ''", .. settings,
        ]);
        server._keeper = server.Keep();
        await server.StartAgainAsync();
        return server;
    }

    public Task StartAgainAsync() => PgAsync("pg_ctl", "-D", Data, "-w", "-t", "30", "-l", Path.Combine(_folder, "log"), "start");

    /// <summary>Stops it: <c>immediate</c> is a crash, from which it recovers when it is started again.</summary>
    public Task StopAsync(string mode) => PgAsync("pg_ctl", "-D", Data, "-w", "-t", "30", "-m", mode, "stop");

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> ScalarAsync<T>(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not { } keeper)
            return;
        _keeper = null;
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }

    /// <summary>The same without a task, for the end of the process.</summary>
    public void End()
    {
        _keeper?.StandardInput.Close();
        _keeper?.WaitForExit(10_000);
    }

    private string Data => Path.Combine(_folder, "data");

    private Process Keep()
    {
        var stop = string.Join(' ', AsPostgres("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop").Select(part => $"'{part}'"));
        var start = new ProcessStartInfo("sh", ["-c", $"trap '' INT TERM; cat >/dev/null; {stop} >/dev/null 2>&1; rm -rf '{_folder}'"]) { RedirectStandardInput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }

    private static async Task PgAsync(string program, params string[] arguments)
    {
        var command = AsPostgres(program, arguments);
        await RunAsync(command[0], command[1..]);
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string[] AsPostgres(string program, params string[] arguments)
    {
        var path = Path.Combine(PostgreSqlBinaries.Folder, program);
        return Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        // Its output goes to a file, because a pipe would stay open as long as the server that inherits it.
        var log = Path.GetTempFileName();
        var text = string.Join(' ', arguments.Prepend(program).Select(part => $"'{part}'"));
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"cd /; {text} >'{log}' 2>&1 </dev/null"]) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
