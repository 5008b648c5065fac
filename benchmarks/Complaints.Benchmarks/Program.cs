using System.Globalization;
using Complaints.Benchmarks;
using Complaints.Benchmarks.Commands;
using Complaints.Benchmarks.Decisions;
using Complaints.Benchmarks.Import;
using Complaints.Benchmarks.Notifications;
using Complaints.Benchmarks.PostgreSql;
using Complaints.Benchmarks.Sqlite;
using Complaints.Benchmarks.Sweeps;
using Complaints.Benchmarks.Time;
using Complaints.Benchmarks.Work;

// Ratios and exact counts, never absolute rates. What needs a processor alone runs in BenchmarkDotNet beside a baseline; arms that wait for
// a disk or a server run in turn in one process, and are compared within a round (SPEED 7).
switch (args.FirstOrDefault())
{
    case "decision":
        Bench.Run<DecisionBenchmark>(DecisionBenchmark.Goals);
        Bench.Run<TransitionBenchmark>(TransitionBenchmark.Goals);
        Bench.Run<PermissionBenchmark>(PermissionBenchmark.Goals);
        return 0;
    case "casework":
        Bench.Run<CaseWorkBenchmark>(CaseWorkBenchmark.Goals);
        return 0;
    case "routing":
        Bench.Run<RoutingBenchmark>(RoutingBenchmark.Goals);
        return 0;
    case "queue":
        Bench.Run<QueueScoreBenchmark>(QueueScoreBenchmark.Goals);
        return 0;
    case "template":
        Bench.Run<TemplateBenchmark>(TemplateBenchmark.Goals);
        return 0;
    case "sqlite":
        await SqliteBenchmark.RunAsync();
        return 0;
    case "registration":
        await RegistrationBenchmark.RunAsync();
        return 0;
    case "list":
        await ListBenchmark.RunAsync();
        return 0;
    case "case":
        await LongCaseBenchmark.RunAsync();
        return 0;
    case "time":
        Bench.Run<CalendarBenchmark>(CalendarBenchmark.Goals);
        Bench.Run<IndexBenchmark>(IndexBenchmark.Goals);
        IndexBenchmark.PrintKept();
        Bench.Run<ProjectionBenchmark>(ProjectionBenchmark.Goals);
        return 0;
    case "projection":
        Bench.Run<ProjectionBenchmark>(ProjectionBenchmark.Goals);
        return 0;
    case "import":
        return await ImportBenchmark.RunAsync(once: args is [_, "once"]);
    case "verify":
        return await VerifyBenchmark.RunAsync(once: args is [_, "once"]);
    case "postgresql":
        await CommandBenchmark.RunAsync();
        return 0;
    case "bulk":
        await Complaints.Benchmarks.Sqlite.BulkBenchmark.RunAsync();
        await Complaints.Benchmarks.PostgreSql.BulkBenchmark.RunAsync();
        return 0;
    case "sweep":
        await SweepBenchmark.RunAsync(Size(10_000_000));
        return 0;
    case "drain":
        await DrainBenchmark.RunAsync(Size(1_000_000));
        return 0;
    case "work":
        await WorkBenchmark.RunAsync(Size(1_000_000));
        return 0;
    case "tray":
        await TrayBenchmark.RunAsync(Size(1_000_000));
        return 0;
    case "try":
        var tried = Bench.Try<DecisionBenchmark>() + Bench.Try<TransitionBenchmark>() + Bench.Try<PermissionBenchmark>()
            + Bench.Try<CalendarBenchmark>() + Bench.Try<IndexBenchmark>() + Bench.Try<ProjectionBenchmark>()
            + Bench.Try<CaseWorkBenchmark>()
            + Bench.Try<RoutingBenchmark>() + Bench.Try<QueueScoreBenchmark>() + Bench.Try<TemplateBenchmark>();
        var played = await Workload.TryAsync();
        Console.WriteLine($"{tried} benchmarks ran once, {played} commands of the workloads were carried out");
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project benchmarks/Complaints.Benchmarks -- decision | casework | routing | queue | template | sqlite | registration | list | case | time | projection | import | verify | postgresql | bulk | sweep [TIMERS] | drain [MESSAGES] | work [PIECES] | tray [PIECES] | try");
        return 2;
}

int Size(int usual) => args is [_, var size] ? int.Parse(size, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : usual;
