using Complaints.Core;
using Complaints.Testing;

namespace Complaints.Benchmarks.Commands;

/// <summary>The library.</summary>
internal sealed class DeskArm(StorePorts store, Func<long> roundTrips, Workload work, int callers)
{
    private readonly ComplaintDesk _desk = Workload.Desk(store);
    private long _next;
    private int _slices;
    private long _commands;
    private long _roundTrips;

    public double RoundTripsPerCommand => (double)_roundTrips / _commands;

    public async Task RunAsync(int operations)
    {
        var before = roundTrips();
        await Callers.RunAsync(callers, operations, turn => OneAsync(_next + turn));
        _next += operations;
        // The first slice also reads the definitions and the tenant's key, once for the process.
        if (_slices++ == 0)
            return;
        _roundTrips += roundTrips() - before;
        _commands += operations;
    }

    private async Task OneAsync(long turn)
    {
        var (id, command) = work.Command(turn);
        var result = await _desk.ExecuteAsync(id, command);
        if (!result.IsSuccess)
            throw new InvalidOperationException(result.Refusal!.Message);
    }
}
