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
        checks.Add(new("schema", true, $"'{session.Database.Name}' is at the schema of this program ({typeof(DoctorCommand).Assembly.GetName().Version})."));
        checks.Add(await KeyAsync(session, cancellationToken));
        var rules = await session.RulesAsync(cancellationToken);
        var counts = await session.Desk.TotalsAsync(cancellationToken);
        checks.Add(new("content", true, $"{counts.Complaints} complaints, {counts.Events} events, {counts.Timers} timers, {counts.Outbox} messages to send."));
        checks.Add(new("settings", true, $"Zone {rules.Settings.Zone}, languages {string.Join(", ", rules.Settings.Languages)}, currency {rules.Settings.Currency}, calendar {rules.Settings.Calendar}."));
        checks.Add(await HorizonAsync(session, rules, cancellationToken));
        checks.Add(await TimersAsync(session, cancellationToken));
        checks.Add(await WorkAsync(session, cancellationToken));
        checks.Add(await RowsAsync(session, cancellationToken));
        checks.Add(session.Database.File is { } file ? FileSystem(file) : await ServerAsync(session, cancellationToken));
        checks.Add(await ClockAsync(session, cancellationToken));
        if (session.AsJson)
            Output.WriteJson(checks.Select(check => new { check.Name, check.Ok, check.Text }));
        else
            checks.ForEach(check => Console.WriteLine($"{(check.Ok ? "ok  " : "LOOK")} {check.Name,-12} {check.Text}"));
        return checks.TrueForAll(check => check.Ok) ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<Check> KeyAsync(Session session, CancellationToken cancellationToken)
    {
        await session.Desk.PrepareAsync(cancellationToken);
        var path = (session.Get<IKeyProtector>() as FileKeyProtector)?.Path;
        var open = path is not null && File.Exists(path) && !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & FileKeyProtector.ForbiddenModes) != UnixFileMode.None;
        return new("key", !open, open ? $"'{path}' can be read by others: chmod 600 it." : $"The master key '{path}' fits. Is there a backup apart from the database's?");
    }

    /// <summary>How far the holidays of the tenant's calendar reach. It is well as long as nothing is due beyond them within 90 days.</summary>
    private static async Task<Check> HorizonAsync(Session session, Rulebook rules, CancellationToken cancellationToken)
    {
        var id = rules.Settings.Calendar;
        if (!rules.HasCalendar(id))
            return new("calendar", false, $"There is no calendar '{id}': publish one with 'complaints definitions publish calendar {id} FILE'.");
        if (rules.Calendar(id).HolidayData is not { } known)
            return new("calendar", false, $"The calendar '{id}' knows no holidays: deadlines count every weekday. 'complaints definitions preset list' names ready-made ones.");
        var soon = await HolidayWatch.DueSoonAsync(
            session.Desk, session.Get<ITimerStore>(), rules, session.Get<IClock>().GetCurrentInstant(),
            cancellationToken: cancellationToken);
        return soon == 0
            ? new("calendar", true, $"The calendar '{id}' knows the holidays of {known.FirstYear} to {known.LastYear}; nothing is due beyond known holidays within 90 days.")
            : new("calendar", false, $"{soon} clocks are due within 90 days in a year whose holidays are not known: publish a version of their calendar with that year.");
    }

    /// <summary>Whether the machine's clock may be right, and whether one that wrote here was.</summary>
    private static async Task<Check> ClockAsync(Session session, CancellationToken cancellationToken)
    {
        var now = session.Get<IClock>().GetCurrentInstant();
        return await ClockJump.FindAsync(session.Desk, now, cancellationToken) is { } jumped
            ? new("clock", false, $"{jumped.Code}: {jumped.In(session.Culture)}")
            : new("clock", now > Instant.FromUtc(2026, 1, 1, 0, 0), $"The machine's clock says {now}.");
    }

    /// <summary>Whether everything can be read.</summary>
    private static async Task<Check> RowsAsync(Session session, CancellationToken cancellationToken)
    {
        var damaged = 0;
        await foreach (var complaint in session.Desk.ScanAsync(cancellationToken))
            damaged += complaint.Unreadable.IsEmpty ? 0 : 1;
        var others = session.Get<DamageRecord>().Known.Count(met => met.Error.Code != "row.unreadable");
        return damaged + others == 0
            ? new("rows", true, "Every row and every definition can be read.")
            : new("rows", false, $"{damaged} complaints have damaged rows, and {others} other things cannot be read; "
                + "they are named below. 'complaints verify' looks closer.");
    }

    /// <summary>Whether the timers are what the states ask for.</summary>
    private static async Task<Check> TimersAsync(Session session, CancellationToken cancellationToken)
    {
        var (drifted, unknown) = (0, 0);
        await foreach (var drift in session.Reconciliation.FindAsync(cancellationToken))
            _ = drift.Kind == TimerDriftKind.Undecidable ? unknown++ : drifted++;
        return (drifted, unknown) switch
        {
            (0, 0) => new("timers", true, "All timers are what they must be."),
            (_, 0) => new("timers", false, $"{drifted} timers are not what they must be: 'complaints reconcile' names them, 'complaints reconcile --repair' puts them right."),
            _ => new("timers", false, $"{drifted} timers are not what they must be, and of {unknown} complaints this program cannot say: 'complaints reconcile' names them, 'complaints verify' finds damage."),
        };
    }

    /// <summary>Whether work and links are what the states ask for.</summary>
    private static async Task<Check> WorkAsync(Session session, CancellationToken cancellationToken)
    {
        var drifted = 0;
        await foreach (var _ in session.WorkReconciliation.FindAsync(cancellationToken))
            drifted++;
        return drifted == 0
            ? new("work", true, "All work and all links are what they must be.")
            : new("work", false, $"{drifted} pieces of work or links are not what they must be: 'complaints reconcile' names them, "
                + "'complaints reconcile --repair' puts them right.");
    }

    /// <summary>What the server says of itself: whether it keeps what it answers, and how far the clocks are apart.</summary>
    private static async Task<Check> ServerAsync(Session session, CancellationToken cancellationToken)
    {
        var server = await session.Get<PostgreSqlStore>().LookAsync(cancellationToken);
        var skew = server.ClockSkew?.TotalSeconds ?? 0;
        return new("server", server.KeepsAcknowledged && !server.IsDegraded, string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL {server.Version}, fsync {OnOff(server.Fsync)}, synchronous_commit {OnOff(server.SynchronousCommit)}, row-level security {OnOff(server.RowLevelSecurity)}, this clock {skew:+0.0;-0.0;0.0} s off its own."));

        static string OnOff(bool isOn) => isOn ? "on" : "off";
    }

    private static Check FileSystem(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new("filesystem", true, "Make sure that the database does not lie on a network drive.");
        var full = Path.GetFullPath(path);
        var mount = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Where(parts => parts.Length > 2)
            .Where(parts => parts[1] == "/" || full == parts[1] || full.StartsWith(parts[1] + "/", StringComparison.Ordinal)).MaxBy(parts => parts[1].Length);
        var kind = mount?[2] ?? "unknown";
        return NetworkFileSystems.Contains(kind)
            ? new("filesystem", false, $"The database lies on {kind}, a network file system, where SQLite's locks are not reliable: move it to a local disk.")
            : new("filesystem", true, $"The database lies on {kind}.");
    }

    private sealed record Check(string Name, bool Ok, string Text);
}
