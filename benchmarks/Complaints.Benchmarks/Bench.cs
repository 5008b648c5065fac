using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;

namespace Complaints.Benchmarks;

/// <summary>
/// Runs the benchmarks that need nothing but a processor, with BenchmarkDotNet, and prints their tables alone. In this process, because its
/// usual toolchain restores and builds a project of its own, for which one would have to be on line. What waits for disks runs in
/// <see cref="Rounds"/>.
/// </summary>
internal static class Bench
{
    /// <summary>Runs the benchmarks of a class and prints their table; a benchmark that failed is an error.</summary>
    /// <param name="goals">What is wanted of them, printed below.</param>
    public static void Run<T>(string goals) where T : new()
    {
        Warm(new T());
        var summary = BenchmarkRunner.Run<T>(Short);
        MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
        if (summary.HasCriticalValidationErrors || summary.Reports.Length == 0 || summary.Reports.Any(report => !report.Success))
            throw new InvalidOperationException($"{typeof(T).Name} did not run to its end:\n{Log.GetLog()}");
        Console.WriteLine($"Goals: {goals}\n");
    }

    /// <summary>Runs each benchmark of a class once: does it still do what it measures?</summary>
    /// <returns>How many there are.</returns>
    public static int Try<T>() where T : new()
    {
        var benchmarks = new T();
        var methods = MethodsOf(benchmarks);
        foreach (var method in methods)
            method.Invoke(benchmarks, null);
        return methods.Count;
    }

    // Until the code is compiled for good (SPEED 7). The compiler works in the background and gets no processor beside a loop while others
    // use the machine, so that it is left alone between the turns. The benchmarks run in this process and find the code as it is then.
    private static void Warm(object benchmarks)
    {
        var methods = MethodsOf(benchmarks);
        for (var turn = 0; turn < 6; turn++)
        {
            foreach (var method in methods)
            {
                for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalMilliseconds < 40;)
                    method.Invoke(benchmarks, null);
            }
            Thread.Sleep(250);
        }
    }

    /// <summary>The benchmarks of an object that was set up.</summary>
    private static List<MethodInfo> MethodsOf(object benchmarks)
    {
        var members = benchmarks.GetType().GetMembers();
        foreach (var property in members.OfType<PropertyInfo>())
            property.SetValue(benchmarks, property.GetCustomAttribute<ParamsAttribute>()?.Values[0]);
        foreach (var setup in members.OfType<MethodInfo>().Where(method => method.IsDefined(typeof(GlobalSetupAttribute))))
            setup.Invoke(benchmarks, null);
        return [.. members.OfType<MethodInfo>().Where(method => method.IsDefined(typeof(BenchmarkAttribute)))];
    }

    private static readonly AccumulationLogger Log = new();

    private static IConfig Short => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(8)
            .WithIterationCount(15)
            .WithIterationTime(TimeInterval.FromMilliseconds(60))
            .WithId("short"))
        .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Metrics)
        .AddColumn(StatisticColumn.Median, StatisticColumn.Q1, StatisticColumn.Q3, BaselineRatioColumn.RatioMean)
        .AddLogger(Log)
        .AddValidator(JitOptimizationsValidator.FailOnError)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "complaints-benchmarks"))
        .WithOptions(ConfigOptions.DisableLogFile);
}
