using System.CommandLine;
using Complaints.Core.History;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints init</c>: makes a database and its key.</summary>
internal static class InitCommand
{
    public static Command Create() => Session.Command("init", "Make a database, or bring one up to date.", async (session, _, cancellationToken) =>
    {
        var existed = File.Exists(session.Path);
        await session.Store.MigrateAsync(cancellationToken);
        await session.Get<PersonKeys>().TenantKeyAsync(session.Tenant, cancellationToken);
        var key = session.Get<IKeyProtector>() as FileKeyProtector;
        if (session.AsJson)
        {
            Output.WriteJson(new { database = session.Path, created = !existed, key = key?.Path, keyCreated = key?.WasCreated ?? false });
            return ExitCode.Done;
        }
        Console.WriteLine($"{(existed ? "Up to date" : "Made")}: {session.Path}");
        if (key is { WasCreated: true })
            Console.WriteLine($"The master key of personal data lies in {key.Path}. Back it up apart from the database: without it, personal data cannot be read.");
        return ExitCode.Done;
    }, creates: true);
}
