using System.Diagnostics;
using System.Globalization;

namespace Complaints.Benchmarks;

/// <summary>One way to do the same work.</summary>
/// <param name="Name">What is printed.</param>
/// <param name="RunAsync">Does a slice of the given number of operations.</param>
/// <param name="PrepareAsync">What must be ready before a slice and is not measured.</param>
internal sealed record Arm(string Name, Func<int, Task> RunAsync, Func<int, Task>? PrepareAsync = null)
{
    /// <summary>Processor time of an operation in microseconds, a slice each: what stays comparable while others use the machine.</summary>
    public List<double> Processor { get; } = [];
}

/// <summary>
/// Runs the arms in turn, each round in another order, and compares within a round only: absolute rates of a shared machine move by a factor of three, ratios of
/// neighbours by a few percent.
/// </summary>
internal static class Rounds
{
    /// <summary>Runs and prints; every arm's speed as a multiple of the first arm's, as the median and quartiles of the rounds.</summary>
    public static async Task<IReadOnlyList<double>> CompareAsync(IReadOnlyList<Arm> arms, int operations, int rounds = 9, int warmUps = 1)
    {
        // Until the code is compiled for good (SPEED 7): an arm with more code of its own would else be measured while that is still going on. As often for each, so that all do the same work.
        for (var warm = 0; warm < warmUps; warm++)
        {
            foreach (var arm in arms)
                await SliceAsync(arm, operations);
            await Task.Delay(200);
        }
        foreach (var arm in arms)
            arm.Processor.Clear();
        var seconds = new double[arms.Count, rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < arms.Count; turn++)
            {
                var index = (turn + round) % arms.Count;
                seconds[index, round] = await SliceAsync(arms[index], operations);
            }
        }
        var medians = new List<double>();
        for (var index = 0; index < arms.Count; index++)
        {
            var ratios = Enumerable.Range(0, rounds).Select(round => seconds[0, round] / seconds[index, round]).Order().ToArray();
            var rate = operations / Enumerable.Range(0, rounds).Select(round => seconds[index, round]).Order().ElementAt(rounds / 2);
            medians.Add(ratios[rounds / 2]);
            Print($"{arms[index].Name,-52} {ratios[rounds / 2],6:F2} x  ({ratios[rounds / 4]:F2}-{ratios[rounds * 3 / 4]:F2})  {rate,9:N0} a second  {arms[index].Processor.Order().ElementAt(rounds / 2),6:N0} us of processor");
        }
        return medians;
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static async Task<double> SliceAsync(Arm arm, int operations)
    {
        if (arm.PrepareAsync is { } prepare)
            await prepare(operations);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await arm.RunAsync(operations);
        var elapsed = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        arm.Processor.Add((process.TotalProcessorTime - processor).TotalMicroseconds / operations);
        return elapsed.TotalSeconds;
    }
}
