using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Complaints.Faults.Tests.Processes;

/// <summary>A process of a test, known by its id. Disposed, it is gone.</summary>
internal sealed partial class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private Child(ProcessStartInfo start, Func<string, bool> isReady)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, isReady), ReadAsync(_process.StandardError, isReady));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it has printed up to now.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Completes when it says that it has started.</summary>
    public Task Ready => _ready.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>A process in one of the roles of this assembly.</summary>
    public static Child Start(string role, Ground ground, params string[] arguments) => Start([], role, ground, arguments);

    /// <summary>A process in a role that is told its database later.</summary>
    public static Child Start(string role) => Start(typeof(Child).Assembly.Location, [], line => line == "ready", "--Role", role);

    /// <param name="environment">Variables of its own.</param>
    /// <param name="role">worker or client.</param>
    /// <param name="ground">The database that it works on.</param>
    /// <param name="arguments">More of its configuration.</param>
    public static Child Start(IEnumerable<KeyValuePair<string, string>> environment, string role, Ground ground, params string[] arguments) =>
        Start(typeof(Child).Assembly.Location, environment, line => line == "ready", ["--Role", role, "--Database", ground.Database, "--KeyFile", ground.KeyFile, .. arguments]);

    /// <summary>Any .NET program.</summary>
    public static Child Start(string assembly, IEnumerable<KeyValuePair<string, string>> environment, Func<string, bool> isReady, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(assembly)! };
        // It starts often and lives briefly.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(start, isReady);
    }

    public void Signal(Signal signal)
    {
        if (!_process.HasExited && Kill(_process.Id, (int)signal) != 0)
            throw new InvalidOperationException($"Signal {signal} could not be sent: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public Task TellAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Asks something that it answers on a line which begins with the question.</summary>
    public async Task<string> AskAsync(string question)
    {
        var before = Answers().Count;
        await TellAsync(question);
        await Until.HoldsAsync(() => Answers().Count > before || HasExited, $"an answer to '{question}'");
        return Answers()[^1];

        List<string> Answers() => [.. _lines.Where(line => line.StartsWith(question + " ", StringComparison.Ordinal))];
    }

    /// <summary>Ends it at once, as a loss of power would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndedAsync();
    }

    /// <summary>Waits until it is gone and everything that it printed is read.</summary>
    public async Task EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, Func<string, bool> isReady)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            if (isReady(line))
                _ready.TrySetResult();
        }
        _ready.TrySetException(new InvalidOperationException($"The process ended before it was ready: {string.Join(" | ", _lines.TakeLast(10))}"));
        _ = _ready.Task.Exception;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}

/// <summary>Signals by their numbers on Linux.</summary>
internal enum Signal
{
    Term = 15,
    Continue = 18,
    Stop = 19,
}
