using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Testing;

public sealed class FakeClockTests
{
    [Fact]
    public async Task FakeClock_stands_still_moves_both_ways_and_judges_deadlines_by_the_same_time()
    {
        var clock = new FakeClock();
        clock.GetCurrentInstant().ShouldBe(Instant.FromUtc(2026, 9, 1, 1, 0));
        clock.GetCurrentInstant().ShouldBe(Instant.FromUtc(2026, 9, 1, 1, 0));
        clock.Advance(Duration.FromHours(2));
        clock.Advance(-Duration.FromHours(1));
        (await ((IDeadlineClock)clock).NowAsync(default)).ShouldBe(Instant.FromUtc(2026, 9, 1, 2, 0));
        clock.Set(Instant.FromUtc(2026, 1, 1, 0, 0));
        clock.GetCurrentInstant().ShouldBe(Instant.FromUtc(2026, 1, 1, 0, 0));
    }

    [Fact]
    public void FakeClock_loses_no_step_when_many_threads_move_it()
    {
        var clock = new FakeClock(Instant.FromUtc(2026, 1, 1, 0, 0));
        Parallel.For(0, 200_000, _ => clock.Advance(Duration.Epsilon));
        clock.GetCurrentInstant().ShouldBe(Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromNanoseconds(200_000));
    }
}
