using Complaints.Core.Calendars;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>The laws of business time (TIME.md, properties that must hold), to the nanosecond, around every clock change.</summary>
[ManyCases(Arbitrary = [typeof(Questions)])]
public sealed class CalendarProperties
{
    /// <summary>The question to the nanosecond.</summary>
    private static (BusinessCalendar Calendar, Instant At, Duration One, Duration Two) Exact(Question question) => (
        question.Planned.Calendar,
        question.At + Duration.FromNanoseconds(question.One % NodaConstants.NanosecondsPerMinute),
        Duration.FromNanoseconds(question.Two * 1_000_000L % (30 * NodaConstants.NanosecondsPerDay) + question.Three % 1_000),
        Duration.FromNanoseconds(question.Three * 1_000_000L % (30 * NodaConstants.NanosecondsPerDay) + question.Two % 1_000));

    [Property]
    public void T3_Between_is_additive_and_turns_its_sign_with_its_ends(Question question)
    {
        var (calendar, at, one, two) = Exact(question);
        (calendar.Between(at, at + one) + calendar.Between(at + one, at + two)).ShouldBe(calendar.Between(at, at + two));
        calendar.Between(at + one, at).ShouldBe(-calendar.Between(at, at + one));
    }

    [Property]
    public void T3_Between_inverts_add_and_subtract(Question question)
    {
        var (calendar, at, one, _) = Exact(question);
        calendar.Between(at, calendar.Add(at, one)).ShouldBe(one);
        calendar.Between(calendar.Subtract(at, one), at).ShouldBe(one);
        calendar.Add(at, Duration.Zero).ShouldBe(at);
    }

    [Property]
    public void T3_Add_is_monotone_in_time_and_in_duration(Question question)
    {
        var (calendar, at, one, two) = Exact(question);
        var (less, more) = one < two ? (one, two) : (two, one);
        calendar.Add(at, less).ShouldBeLessThanOrEqualTo(calendar.Add(at, more));
        calendar.Add(at, one).ShouldBeLessThanOrEqualTo(calendar.Add(at + two, one));
        calendar.Subtract(at, more).ShouldBeLessThanOrEqualTo(calendar.Subtract(at, less));
    }

    [Property]
    public void T3_Adding_twice_is_adding_the_sum(Question question)
    {
        var (calendar, at, one, two) = Exact(question);
        calendar.Add(calendar.Add(at, one), two).ShouldBe(calendar.Add(at, one + two));
        calendar.Subtract(calendar.Subtract(at, one), two).ShouldBe(calendar.Subtract(at, one + two));
    }

    [Property]
    public void T3_A_result_lies_in_a_window_or_at_its_end_and_later_than_the_start(Question question)
    {
        var (calendar, at, one, _) = Exact(question);
        var step = one + Duration.Epsilon;
        var end = calendar.Add(at, step);
        end.ShouldBeGreaterThan(at);
        calendar.IsOpen(end - Duration.Epsilon).ShouldBeTrue();
        calendar.IsOpen(calendar.Subtract(at, step)).ShouldBeTrue();
    }

    [Property]
    public void T3_Openings_and_closings_are_where_the_calendar_turns(Question question)
    {
        var (calendar, at, _, _) = Exact(question);
        var rolled = calendar.RollForward(at);
        calendar.IsOpen(rolled).ShouldBeTrue();
        calendar.Between(at, rolled).ShouldBe(Duration.Zero);
        rolled.ShouldBe(calendar.IsOpen(at) ? at : calendar.NextOpen(at));
        calendar.Between(calendar.RollBackward(at), at).ShouldBe(Duration.Zero);
        var before = calendar.IsOpen(at - Duration.Epsilon);
        calendar.RollBackward(at).ShouldBe(before ? at : calendar.PreviousClose(at));
        foreach (var opening in new[] { calendar.NextOpen(at), calendar.PreviousOpen(at) })
            (calendar.IsOpen(opening), calendar.IsOpen(opening - Duration.Epsilon)).ShouldBe((true, false));
        foreach (var closing in new[] { calendar.NextClose(at), calendar.PreviousClose(at) })
            (calendar.IsOpen(closing), calendar.IsOpen(closing - Duration.Epsilon)).ShouldBe((false, true));
    }
}
