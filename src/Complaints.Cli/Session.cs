using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Cli;

/// <summary>One run on one database: what every command shares.</summary>
internal sealed class Session : IAsyncDisposable
{
    public static readonly Option<string> Db = new("--db")
    {
        Description = "The database: a file, or a connection string of SQLite or PostgreSQL. Default: the variable COMPLAINTS_DB.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("COMPLAINTS_DB") ?? "",
    };

    public static readonly Option<string> TenantName = new("--tenant") { Description = "The tenant.", DefaultValueFactory = _ => TenantId.Default.Value };

    public static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON." };

    /// <summary>Of the commands that show cases.</summary>
    public static readonly Option<string?> Department = new("--department")
    {
        Description = "As somebody of this department: only the cases in which it takes part.",
    };

    public static readonly Option<string> Language = new("--lang")
    {
        Description = "zh or en. Default: the system's language.",
        DefaultValueFactory = _ => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh" : "en",
    };

    private readonly ServiceProvider _services;

    private Session(ServiceProvider services, Database database, TenantId tenant, bool json, CultureInfo culture, string? department)
    {
        (_services, Database, Tenant, AsJson, Culture) = (services, database, tenant, json, culture);
        if (department is not null)
            Actor = new Actor("cli", Role.Department) { Teams = [department] };
    }

    public Database Database { get; }

    public TenantId Tenant { get; }

    public bool AsJson { get; }

    public CultureInfo Culture { get; }

    public Actor Actor { get; } = new("cli", Role.Administrator);

    public ComplaintDesk Desk => Get<ComplaintDesk>().For(Actor, Tenant);

    public TimerReconciliation Reconciliation => new(Desk, Get<ITimerStore>(), Get<IChainStore>());

    public WorkReconciliation WorkReconciliation =>
        new(Desk, Get<IWorkStore>(), Get<ILinkStore>(), Get<IChainStore>(), Get<ITakingPartStore>());

    /// <summary>Brings the schema up to date, and makes the file if there is none.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) =>
        Database.File is null ? Get<PostgreSqlStore>().MigrateAsync(cancellationToken) : Get<SqliteStore>().MigrateAsync(cancellationToken);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ValueTask<Rulebook> RulesAsync(CancellationToken cancellationToken) => Get<DefinitionLibrary>().RulesAsync(Tenant, cancellationToken);

    /// <summary>The tenant's zone, in which instants are told.</summary>
    public async ValueTask<DateTimeZone> ZoneAsync(CancellationToken cancellationToken) =>
        DateTimeZoneProviders.Tzdb[(await RulesAsync(cancellationToken)).Settings.Zone];

    /// <summary>Every version of every definition that is published; a new tenant's built-ins are published by asking for its rules.</summary>
    public async ValueTask<IEnumerable<Definition>> PublishedAsync(CancellationToken cancellationToken)
    {
        await RulesAsync(cancellationToken);
        return await Get<IDefinitionStore>().ListAsync(Tenant, cancellationToken);
    }

    /// <summary>A command that works on a database, with its exit code; expected failures become one sentence.</summary>
    public static Command Command(
        string name, string description, Func<Session, ParseResult, CancellationToken, Task<int>> run, bool creates = false,
        bool showsCases = false)
    {
        var command = new Command(name, description) { Db, Database.Key, TenantName, Json, Language };
        if (showsCases)
            command.Add(Department);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await using var session = Open(parsed, creates);
                return session.WithDamageTold(await run(session, parsed, cancellationToken));
            }
            catch (Exception e)
            {
                return await FailAsync(e, CultureOf(parsed));
            }
        });
        return command;
    }

    /// <summary>The same for a command that works without a database too: then there is no session. One is opened when it was named, or when the variable names a file that is there.</summary>
    public static Command CommandOnAnything(string name, string description, Func<Session?, ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { Db, Database.Key, TenantName, Json, Language };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var db = parsed.GetValue(Db);
                var named = parsed.GetResult(Db) is { Implicit: false };
                await using var session = named || !string.IsNullOrWhiteSpace(db) && new Database(db, parsed).Exists ? Open(parsed, creates: false) : null;
                return await run(session, parsed, cancellationToken);
            }
            catch (Exception e)
            {
                return await FailAsync(e, CultureOf(parsed));
            }
        });
        return command;
    }

    /// <summary>The language that the words of a command line ask for, before they are parsed; <c>null</c> where they ask for
    /// none.</summary>
    public static CultureInfo? CultureIn(string[] words) =>
        Array.IndexOf(words, Language.Name) is >= 0 and var at && at + 1 < words.Length ? Named(words[at + 1]) : null;

    /// <summary>The language that was asked for.</summary>
    public static CultureInfo CultureOf(ParseResult parsed) => Named(parsed.GetValue(Language));

    private static CultureInfo Named(string? language) => CultureInfo.GetCultureInfo(language is "zh" or "zh-CN" ? "zh-CN" : "en");

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    /// <summary>One of two sentences, by the language that was asked for.</summary>
    public string Say(string en, string zh) => new Label(en, zh).In(Culture);

    /// <summary>Says a refusal and gives the exit code for it.</summary>
    public int Refuse(ComplaintError refusal)
    {
        Console.Error.WriteLine($"{refusal.Code}: {refusal.In(Culture)}");
        return ExitCode.Refused;
    }

    /// <summary>Names what was met and could not be read, whatever the command was: it was stepped over, and nobody shall take what is left
    /// for everything.</summary>
    private int WithDamageTold(int code)
    {
        var damage = Get<DamageRecord>().Known;
        foreach (var met in damage)
            Console.Error.WriteLine($"{met.Error.Code}: {met.Error.In(Culture)}");
        return code == ExitCode.Done && !damage.IsEmpty ? ExitCode.Refused : code;
    }

    private static async Task<int> FailAsync(Exception e, CultureInfo culture)
    {
        var (text, code) = Sentence(e, culture);
        await Console.Error.WriteLineAsync(text);
        return code;
    }

    private static Session Open(ParseResult parsed, bool creates)
    {
        var db = parsed.GetValue(Db);
        if (string.IsNullOrWhiteSpace(db))
            throw new UsageException(
                "No database was named: add --db FILE, or set COMPLAINTS_DB.", "未指定数据库：请加 --db FILE，或设置 COMPLAINTS_DB。");
        var database = new Database(db, parsed);
        if (!creates && !database.Exists)
        {
            throw new UsageException(
                $"There is no database '{database.File}': check the path, or make one with 'complaints init --db {database.File}'.",
                $"数据库“{database.File}”不存在：请检查路径，或用 'complaints init --db {database.File}' 创建。");
        }
        var services = new ServiceCollection();
        database.Choose(services.AddComplaints());
        return new Session(
            services.BuildServiceProvider(), database, TenantId.Parse(parsed.GetValue(TenantName)!), parsed.GetValue(Json),
            CultureOf(parsed), DepartmentIn(parsed));
    }

    private static string? DepartmentIn(ParseResult parsed)
    {
        if (parsed.GetResult(Department) is null)
            return null;
        return parsed.GetValue(Department) is { } named && Text.Check(Department.Name, named, Text.Id) is null
            ? named
            : throw new UsageException("--department names no department: give its code.", "--department 未指定部门：请填写部门代码。");
    }

    private static (string Text, int Code) Sentence(Exception e, CultureInfo culture) => e switch
    {
        UsageException usage => (usage.In(culture), ExitCode.Usage),
        // Without the name of the parameter, which means nothing on a command line.
        ArgumentException { ParamName: { } name } => (e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal), ExitCode.Usage),
        ArgumentException => (e.Message, ExitCode.Usage),
        MasterKeyException wrong => ($"{wrong.Error.Code}: {wrong.Error.In(culture)}", ExitCode.StoreFailed),
        UnreadableException damaged => ($"{damaged.Error.Code}: {damaged.Error.In(culture)}", ExitCode.StoreFailed),
        StoreException => (e.Message, ExitCode.StoreFailed),
        InvalidDataException or CryptographicException => (e.Message, ExitCode.StoreFailed),
        FileNotFoundException { FileName: { } file } =>
            (new Label($"There is no file '{file}': check the path.", $"文件“{file}”不存在：请检查路径。").In(culture), ExitCode.Usage),
        IOException or UnauthorizedAccessException => (e.Message, ExitCode.Usage),
        OperationCanceledException => (new Label(
            "Stopped. Run the same command again to complete it.", "已停止。再次运行同一命令即可完成。").In(culture), ExitCode.Refused),
        _ => (new Label(
            $"{e.GetType().Name}: {e.Message} That was not expected: run 'complaints verify', and report it if nothing is found there.",
            $"{e.GetType().Name}: {e.Message} 这在意料之外：请运行 'complaints verify'；若无发现，请报告此问题。").In(culture),
            ExitCode.StoreFailed),
    };
}
