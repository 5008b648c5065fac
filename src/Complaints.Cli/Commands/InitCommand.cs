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
            Console.Write(database.Script ?? throw new UsageException(
                "A SQLite file needs no script: run 'complaints init' without --script.",
                "SQLite 文件不需要脚本：请运行不带 --script 的 'complaints init'。"));
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
        var state = !isFile ? session.Say("Ready", "就绪") : existed ? session.Say("Up to date", "已是最新") : session.Say("Made", "已创建");
        Console.WriteLine($"{state}: {database.Name}");
        if (parsed.GetValue(Database.Role) is { } role)
        {
            Console.WriteLine(session.Say(
                $"The role {role} may read and write its rows, and may change no table.", $"角色 {role} 可读写自己的行，不能更改任何表。"));
        }
        Console.WriteLine(key.WasCreated
            ? session.Say(
                $"The master key of personal data lies in {key.Path}. "
                    + "Back it up apart from the database: without it, personal data cannot be read.",
                $"个人数据的主密钥在 {key.Path}。请与数据库分开备份：没有它就无法读取个人数据。")
            : session.Say($"The master key of personal data is {key.Path}.", $"个人数据的主密钥是 {key.Path}。"));
        if (!isFile)
        {
            Console.WriteLine(session.Say(
                "Every program on this database needs that same file: give it as --key FILE, or in COMPLAINTS_KEY.",
                "此数据库上的每个程序都需要同一文件：请以 --key FILE 或 COMPLAINTS_KEY 指定。"));
        }
        return ExitCode.Done;
    }
}
