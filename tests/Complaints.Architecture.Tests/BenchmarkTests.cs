using System.Diagnostics;

namespace Complaints.Architecture.Tests;

/// <summary>Figures are taken seldom: what they are taken of must not stop to run in the meantime.</summary>
public sealed class BenchmarkTests
{
    [Fact]
    public async Task Every_benchmark_runs()
    {
        var built = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[^2..];
        var program = Repository.At("benchmarks", "Complaints.Benchmarks", "bin", built[0], built[1], "Complaints.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [program, "try"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var wrong = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, wrong);
        (await said).ShouldContain("12 commands of the workloads were carried out");
    }
}
