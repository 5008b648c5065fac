using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>A PgBouncer before a server, which gives every transaction any of few connections. It goes down with the run.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-bouncer-");
    private readonly int _port = FreePort();
    private Process? _keeper;

    public static async Task<PgBouncer> StartAsync(PrivateServer server)
    {
        var bouncer = new PgBouncer();
        var settings = Path.Combine(bouncer._folder.FullName, "pgbouncer.ini");
        await File.WriteAllLinesAsync(settings,
        [
            "[databases]", $"* = host=127.0.0.1 port={server.Port} user=postgres",
            "[pgbouncer]", "listen_addr = 127.0.0.1", $"listen_port = {bouncer._port}", "unix_socket_dir =", "auth_type = any",
            "pool_mode = transaction", "default_pool_size = 4", "max_client_conn = 200",
            // From 1.21 on it keeps prepared statements itself unless it is told not to.
            .. await VersionAsync() >= new Version(1, 21) ? ["max_prepared_statements = 0"] : Array.Empty<string>(),
        ]);
        var user = Environment.IsPrivilegedProcess ? "-u postgres" : "";
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"pgbouncer -q {user} '{settings}' & p=$!; read -r _; kill $p");
        start.Environment["PATH"] += ":/usr/sbin";
        if (!OperatingSystem.IsWindows())
            bouncer._folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        bouncer._keeper = Process.Start(start)!;
        await bouncer.AnswersAsync();
        return bouncer;
    }

    public string ConnectionString(string database = "postgres") =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username=postgres;Maximum Pool Size=40;Timeout=10";

    public async ValueTask DisposeAsync()
    {
        _keeper!.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task<Version> VersionAsync()
    {
        try
        {
            var start = new ProcessStartInfo("pgbouncer", "--version") { RedirectStandardOutput = true };
            start.Environment["PATH"] += ":/usr/sbin";
            start.FileName = File.Exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : "pgbouncer";
            using var process = Process.Start(start)!;
            var line = await process.StandardOutput.ReadLineAsync();
            await process.WaitForExitAsync();
            return Version.Parse(line!.Split(' ')[1]);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException(
                "PgBouncer is needed: install the package 'pgbouncer'; 'bash tests/run.sh' does so on Debian.", e);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
