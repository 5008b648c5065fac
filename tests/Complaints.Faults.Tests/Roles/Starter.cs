using System.Security.Cryptography;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Hosting;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Complaints.Faults.Tests.Roles;

/// <summary>
/// Starts a whole host on each file that it is told, registers one complaint there and says which, or what went wrong. One process for
/// many starts: the first second of a process, which is another each time, would keep starts apart that shall come at once.
/// </summary>
internal static class Starter
{
    public static async Task<int> RunAsync()
    {
        Said.Line("ready");
        while (Console.In.ReadLine() is { } told)
            Said.Line($"{told} {await StartAsync(told)}");
        return 3;
    }

    /// <param name="told"><c>start FILE</c>, or <c>rename FILE</c> with the fault of the control.</param>
    private static async Task<string> StartAsync(string told)
    {
        var file = told[(told.IndexOf(' ') + 1)..];
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var complaints = builder.Services.AddComplaints().UseSqlite(file).AddStartupCheck();
        if (told.StartsWith("rename ", StringComparison.Ordinal))
            complaints.Services.Replace(ServiceDescriptor.Singleton<IKeyProtector>(new Renamed(file + ".key")));
        try
        {
            using var host = builder.Build();
            await host.StartAsync();
            var desk = host.Services.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);
            var filed = await desk.RegisterAsync(Drafts.English(Random.Shared.Next(100_000)));
            await host.StopAsync();
            return filed.Value.Complaint.ToString();
        }
        catch (Exception e)
        {
            return $"failed {e.Message.ReplaceLineEndings(" ")}";
        }
    }
}

/// <summary>The fault that R34's control plants: whoever finds no key makes one and renames it into its place, so that of several the last
/// one stays.</summary>
internal sealed class Renamed(string path) : IKeyProtector
{
    private FileKeyProtector? _keys;

    public ValueTask<byte[]> WrapAsync(KeyOwner owner, ReadOnlyMemory<byte> key, CancellationToken cancellationToken) =>
        Keys().WrapAsync(owner, key, cancellationToken);

    public ValueTask<byte[]> UnwrapAsync(KeyOwner owner, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        Keys().UnwrapAsync(owner, wrapped, cancellationToken);

    private FileKeyProtector Keys()
    {
        if (_keys is not null)
            return _keys;
        if (File.Exists(path))
            return _keys = new(path);
        var (master, draft) = (RandomNumberGenerator.GetBytes(32), $"{path}.{Guid.NewGuid():N}.new");
        File.WriteAllText(draft, Convert.ToBase64String(master));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // As long as a disk takes that is slower than this one.
        Thread.Sleep(20);
        File.Move(draft, path, overwrite: true);
        return _keys = new(master);
    }
}
