using System.Diagnostics;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>A file system of a few megabytes, in memory. Mounting one needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-disk-").FullName;
        await RunAsync($"mount -t tmpfs -o size={megabytes}m tmpfs '{folder}' && chown postgres '{folder}' && chmod 700 '{folder}'");
        return new SmallDisk(folder);
    }

    /// <summary>Leaves no room for another page.</summary>
    public async Task FillAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                await stream.WriteAsync(new byte[4_096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync($"umount -l '{Folder}' && rmdir '{Folder}'");
    }

    private static async Task RunAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"A small disk could not be made: {said} Run the tests as root where mounting is allowed.");
    }
}
