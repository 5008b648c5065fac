using System.CommandLine;
using System.Globalization;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Sla;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints doctor</c>: what stands well and what does not.</summary>
internal static class DoctorCommand
{
    private static readonly string[] NetworkFileSystems = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs", "afs"];

    public static Command Create() => Session.Command("doctor", "Look at the database, its key, its definitions, its timers and where it lies.", RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        await session.MigrateAsync(cancellationToken);
        var (name, version) = (session.Database.Name, typeof(DoctorCommand).Assembly.GetName().Version);
        checks.Add(new("schema", true, new(
            $"'{name}' is at the schema of this program ({version}).", $"“{name}”的库结构与本程序（{version}）一致。")));
        checks.Add(await KeyAsync(session, cancellationToken));
        var rules = await session.RulesAsync(cancellationToken);
        var counts = await session.Desk.TotalsAsync(cancellationToken);
        checks.Add(new("content", true, new(
            $"{counts.Complaints} complaints, {counts.Events} events, {counts.Timers} timers, {counts.Outbox} messages to send.",
            $"{counts.Complaints} 件投诉，{counts.Events} 个事件，{counts.Timers} 个计时器，{counts.Outbox} 条待发消息。")));
        checks.Add(new("settings", true, Settings(rules.Settings)));
        checks.Add(await HorizonAsync(session, rules, cancellationToken));
        checks.Add(await TimersAsync(session, cancellationToken));
        checks.Add(await WorkAsync(session, cancellationToken));
        checks.Add(await RowsAsync(session, cancellationToken));
        checks.Add(session.Database.File is { } file ? FileSystem(file) : await ServerAsync(session, cancellationToken));
        checks.Add(await ClockAsync(session, cancellationToken));
        if (session.AsJson)
            Output.WriteJson(checks.Select(check => new { check.Name, check.Ok, Text = check.Text.En }));
        else
            checks.ForEach(check => Console.WriteLine(session.Say(check.Line, check.ChineseLine)));
        return checks.TrueForAll(check => check.Ok) ? ExitCode.Done : ExitCode.Refused;
    }

    private static Label Settings(TenantSettings settings)
    {
        var (zone, languages, currency) = (settings.Zone, string.Join(", ", settings.Languages), settings.Currency);
        return new(
            $"Zone {zone}, languages {languages}, currency {currency}, calendar {settings.Calendar}.",
            $"时区 {zone}，语言 {languages}，货币 {currency}，日历 {settings.Calendar}。");
    }

    private static async Task<Check> KeyAsync(Session session, CancellationToken cancellationToken)
    {
        await session.Desk.PrepareAsync(cancellationToken);
        var path = (session.Get<IKeyProtector>() as FileKeyProtector)?.Path;
        var open = path is not null && File.Exists(path) && !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & FileKeyProtector.ForbiddenModes) != UnixFileMode.None;
        return new("key", !open, open
            ? new($"'{path}' can be read by others: chmod 600 it.", $"“{path}”可被他人读取：请执行 'chmod 600'。")
            : new(
                $"The master key '{path}' fits. Is there a backup apart from the database's?",
                $"主密钥“{path}”相符。是否有与数据库分开的备份？"));
    }

    /// <summary>How far the holidays of the tenant's calendar reach. It is well as long as nothing is due beyond them within 90 days.</summary>
    private static async Task<Check> HorizonAsync(Session session, Rulebook rules, CancellationToken cancellationToken)
    {
        var id = rules.Settings.Calendar;
        if (!rules.HasCalendar(id))
        {
            return new("calendar", false, new(
                $"There is no calendar '{id}': publish one with 'complaints definitions publish calendar {id} FILE'.",
                $"没有日历“{id}”：请用 'complaints definitions publish calendar {id} FILE' 发布。"));
        }
        if (rules.Calendar(id).HolidayData is not { } known)
        {
            return new("calendar", false, new(
                $"The calendar '{id}' knows no holidays: deadlines count every weekday. "
                    + "'complaints definitions preset list' names ready-made ones.",
                $"日历“{id}”没有节假日数据：时限按每个工作日计算。'complaints definitions preset list' 列出现成的日历。"));
        }
        var soon = await HolidayWatch.DueSoonAsync(
            session.Desk, session.Get<ITimerStore>(), rules, session.Get<IClock>().GetCurrentInstant(),
            cancellationToken: cancellationToken);
        return soon == 0
            ? new("calendar", true, new(
                $"The calendar '{id}' knows the holidays of {known.FirstYear} to {known.LastYear}; "
                    + "nothing is due beyond known holidays within 90 days.",
                $"日历“{id}”有 {known.FirstYear} 至 {known.LastYear} 年的节假日；90 天内没有超出已知节假日的到期。"))
            : new("calendar", false, new(
                $"{soon} clocks are due within 90 days in a year whose holidays are not known: "
                    + "publish a version of their calendar with that year.",
                $"有 {soon} 个时限在 90 天内到期，而该年节假日未知：请发布包含该年的日历版本。"));
    }

    /// <summary>Whether the machine's clock may be right, and whether one that wrote here was.</summary>
    private static async Task<Check> ClockAsync(Session session, CancellationToken cancellationToken)
    {
        var now = session.Get<IClock>().GetCurrentInstant();
        return await ClockJump.FindAsync(session.Desk, now, cancellationToken) is { } jumped
            ? new("clock", false, Both(jumped))
            : new("clock", now > Instant.FromUtc(2026, 1, 1, 0, 0), new($"The machine's clock says {now}.", $"本机时钟为 {now}。"));
    }

    private static Label Both(ComplaintError error) => new(
        $"{error.Code}: {error.In(CultureInfo.InvariantCulture)}", $"{error.Code}: {error.In(CultureInfo.GetCultureInfo("zh-CN"))}");

    /// <summary>Whether everything can be read.</summary>
    private static async Task<Check> RowsAsync(Session session, CancellationToken cancellationToken)
    {
        var damaged = 0;
        await foreach (var complaint in session.Desk.ScanAsync(cancellationToken))
            damaged += complaint.Unreadable.IsEmpty ? 0 : 1;
        var others = session.Get<DamageRecord>().Known.Count(met => met.Error.Code != "row.unreadable");
        return damaged + others == 0
            ? new("rows", true, new("Every row and every definition can be read.", "每一行与每个定义都可读取。"))
            : new("rows", false, new(
                $"{damaged} complaints have damaged rows, and {others} other things cannot be read; "
                    + "they are named below. 'complaints verify' looks closer.",
                $"有 {damaged} 件投诉的记录已损坏，另有 {others} 项无法读取，见下文。'complaints verify' 可进一步检查。"));
    }

    /// <summary>Whether the timers are what the states ask for.</summary>
    private static async Task<Check> TimersAsync(Session session, CancellationToken cancellationToken)
    {
        var (drifted, unknown) = (0, 0);
        await foreach (var drift in session.Reconciliation.FindAsync(cancellationToken))
            _ = drift.Kind == TimerDriftKind.Undecidable ? unknown++ : drifted++;
        return (drifted, unknown) switch
        {
            (0, 0) => new("timers", true, new("All timers are what they must be.", "所有计时器均正确。")),
            (_, 0) => new("timers", false, new(
                $"{drifted} timers are not what they must be: 'complaints reconcile' names them, "
                    + "'complaints reconcile --repair' puts them right.",
                $"有 {drifted} 个计时器不正确：'complaints reconcile' 列出它们，'complaints reconcile --repair' 予以修复。")),
            _ => new("timers", false, new(
                $"{drifted} timers are not what they must be, and of {unknown} complaints this program cannot say: "
                    + "'complaints reconcile' names them, 'complaints verify' finds damage.",
                $"有 {drifted} 个计时器不正确，另有 {unknown} 件投诉本程序无法判断："
                    + "'complaints reconcile' 列出它们，'complaints verify' 查找损坏。")),
        };
    }

    /// <summary>Whether work, links and parties are what the states ask for.</summary>
    private static async Task<Check> WorkAsync(Session session, CancellationToken cancellationToken)
    {
        var drifted = 0;
        await foreach (var _ in session.WorkReconciliation.FindAsync(cancellationToken))
            drifted++;
        return drifted == 0
            ? new("work", true, new("All work, all links and all parties are what they must be.", "所有待办、关联与参与方均正确。"))
            : new("work", false, new(
                $"{drifted} pieces of work, links or parties are not what they must be: 'complaints reconcile' names them, "
                    + "'complaints reconcile --repair' puts them right.",
                $"有 {drifted} 项待办、关联或参与方不正确：'complaints reconcile' 列出它们，'complaints reconcile --repair' 予以修复。"));
    }

    /// <summary>What the server says of itself: whether it keeps what it answers, and how far the clocks are apart.</summary>
    private static async Task<Check> ServerAsync(Session session, CancellationToken cancellationToken)
    {
        var server = await session.Get<PostgreSqlStore>().LookAsync(cancellationToken);
        var skew = server.ClockSkew?.TotalSeconds ?? 0;
        var off = skew.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
        var settings = $"PostgreSQL {server.Version}, fsync {OnOff(server.Fsync)}, synchronous_commit {OnOff(server.SynchronousCommit)}";
        var security = OnOff(server.RowLevelSecurity);
        return new("server", server.KeepsAcknowledged && !server.IsDegraded, new(
            $"{settings}, row-level security {security}, this clock {off} s off its own.",
            $"{settings}，行级安全 {security}，本机时钟与其相差 {off} 秒。"));

        static string OnOff(bool isOn) => isOn ? "on" : "off";
    }

    private static Check FileSystem(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new("filesystem", true, new("Make sure that the database does not lie on a network drive.", "请确认数据库不在网络驱动器上。"));
        var full = Path.GetFullPath(path);
        var mount = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Where(parts => parts.Length > 2)
            .Where(parts => parts[1] == "/" || full == parts[1] || full.StartsWith(parts[1] + "/", StringComparison.Ordinal)).MaxBy(parts => parts[1].Length);
        var kind = mount?[2] ?? "unknown";
        return NetworkFileSystems.Contains(kind)
            ? new("filesystem", false, new(
                $"The database lies on {kind}, a network file system, where SQLite's locks are not reliable: move it to a local disk.",
                $"数据库位于网络文件系统 {kind}，SQLite 的锁在其上不可靠：请移到本地磁盘。"))
            : new("filesystem", true, new($"The database lies on {kind}.", $"数据库位于 {kind}。"));
    }

    private sealed record Check(string Name, bool Ok, Label Text)
    {
        public string Line => $"{(Ok ? "ok  " : "LOOK")} {Name,-12} {Text.En}";

        public string ChineseLine => $"{(Ok ? "正常" : "注意")} {Topic}：{Text.Zh}";

        private string Topic => Name switch
        {
            "schema" => "库结构",
            "key" => "密钥",
            "content" => "内容",
            "settings" => "设置",
            "calendar" => "日历",
            "timers" => "计时器",
            "work" => "待办",
            "rows" => "记录",
            "server" => "服务器",
            "filesystem" => "文件系统",
            _ => "时钟",
        };
    }
}
