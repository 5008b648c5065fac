using Complaints.Benchmarks.Decisions;
using Complaints.Benchmarks.Import;
using Complaints.Benchmarks.Sqlite;
using Complaints.Benchmarks.Time;

// Ratios and exact counts, never absolute rates: all arms of a comparison run in turn in one process (SPEED 7).
switch (args.FirstOrDefault())
{
    case "decision":
        DecisionBenchmark.Run();
        return 0;
    case "sqlite":
        await SqliteBenchmark.RunAsync();
        return 0;
    case "time":
        TimeBenchmark.Run();
        ProjectionBenchmark.Run();
        return 0;
    case "projection":
        ProjectionBenchmark.Run();
        return 0;
    case "import":
        return await ImportBenchmark.RunAsync(once: args is [_, "once"]);
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project benchmarks/Complaints.Benchmarks -- decision | sqlite | time | projection | import");
        return 2;
}
