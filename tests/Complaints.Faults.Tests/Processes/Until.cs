namespace Complaints.Faults.Tests.Processes;

internal static class Until
{
    /// <summary>Waits until something holds; the bound is generous, because a loaded machine is slow and not wrong.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, int seconds = 60)
    {
        for (var i = 0; i < seconds * 50; i++)
        {
            if (await condition())
                return;
            await Task.Delay(20);
        }
        throw new TimeoutException($"Not within {seconds} s: {what}");
    }

    public static Task HoldsAsync(Func<bool> condition, string what, int seconds = 60) => HoldsAsync(() => Task.FromResult(condition()), what, seconds);
}

/// <summary>How much is done: little in every run, all of it with <c>bash tests/run.sh --full</c>.</summary>
internal static class Size
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1";

    public static int Of(int always, int full) => IsFull ? full : always;
}
