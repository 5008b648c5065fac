using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>How a call to the store goes.</summary>
/// <param name="Arrives">After how long it takes effect; <c>null</c> when it is lost on the way.</param>
/// <param name="Answers">After how long the caller hears.</param>
/// <param name="Fails">Whether the caller hears of a failure, whatever became of the call.</param>
internal sealed record Crossing(Duration? Arrives, Duration Answers, bool Fails);

/// <summary>Chance that things go wrong; none in fine weather.</summary>
internal sealed class Weather(Scheduler scheduler)
{
    public bool IsFine { get; set; }

    public bool Strikes(double probability) => !IsFine && scheduler.Happens(probability);

    public Crossing NextCall()
    {
        var soon = scheduler.Between(0.001, 0.2);
        var after = soon + scheduler.Between(0.001, 0.2);
        if (!Strikes(0.15))
            return new(soon, soon, false);
        return scheduler.Chance.Next(4) switch
        {
            0 => new(null, soon, true),
            1 => new(soon, after, true),
            // The caller has given up when it takes effect: the statement was still running on the server.
            2 => new(soon + scheduler.Between(0.1, 40), soon, true),
            // Longer than a lease at times.
            _ => new(soon, soon + scheduler.Between(1, 90), false),
        };
    }
}
