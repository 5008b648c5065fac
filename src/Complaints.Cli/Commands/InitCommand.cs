using System.CommandLine;
using Complaints.Core;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints init</c>: makes a database and its key, or writes the script that would.</summary>
internal static class InitCommand
{
    private static readonly Option<bool> Script = new("--script") { Description = "PostgreSQL: write the script that makes the schema, and change nothing." };

    public static Command Create()
    {
        var command = Session.Command("init", "Make a database, or bring one up to date.", RunAsync, creates: true);
        command.Add(Script);
        command.Add(Database.Role);
        command.Add(Database.Partitions);
        command.Add(Database.RowLevelSecurity);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var database = session.Database;
        if (parsed.GetValue(Script))
        {
            Console.Write(database.Script ?? throw new UsageException("A SQLite file needs no script: run 'complaints init' without --script."));
            return ExitCode.Done;
        }
        var (existed, isFile) = (database.Exists, database.File is not null);
        // Asked for first: a schema without its key would be half of the work.
        var key = (FileKeyProtector)session.Get<IKeyProtector>();
        await session.MigrateAsync(cancellationToken);
        await session.Desk.PrepareAsync(cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(new { database = database.Name, created = isFile ? !existed : (bool?)null, key = key.Path, keyCreated = key.WasCreated });
            return ExitCode.Done;
        }
        Console.WriteLine($"{(!isFile ? "Ready" : existed ? "Up to date" : "Made")}: {database.Name}");
        if (parsed.GetValue(Database.Role) is { } role)
            Console.WriteLine($"The role {role} may read and write its rows, and may change no table.");
        Console.WriteLine(key.WasCreated
            ? $"The master key of personal data lies in {key.Path}. Back it up apart from the database: without it, personal data cannot be read."
            : $"The master key of personal data is {key.Path}.");
        if (!isFile)
            Console.WriteLine("Every program on this database needs that same file: give it as --key FILE, or in COMPLAINTS_KEY.");
        return ExitCode.Done;
    }
}
