using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Sla;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>The laws of limits, with all their options, and of pauses.</summary>
[ManyCases(Arbitrary = [typeof(Questions)])]
public sealed class LimitProperties
{
    private static readonly LimitUnit[] Units = Enum.GetValues<LimitUnit>();

    private static TimeLimit Limit(int seed, bool previous = true)
    {
        var random = new Random(seed);
        var unit = Units[random.Next(Units.Length)];
        var limit = new TimeLimit(1 + random.Next(unit == LimitUnit.Months ? 2 : unit == LimitUnit.Weeks ? 4 : 12), unit);
        return !limit.CountsDates ? limit : limit with
        {
            End = (DayEnd)random.Next(3),
            CountsReceiptDay = random.Next(2) == 0,
            LateReceipt = (LateReceipt)random.Next(2),
            FreeLastDay = (FreeLastDay)random.Next(previous ? 3 : 2),
        };
    }

    private static ImmutableArray<Pause> Pauses(Instant start, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(5)).Select(_ => start + Duration.FromMinutes(random.Next(-600, 20 * 1440))).Select(from => new Pause(from, from + Duration.FromMinutes(random.Next(3 * 1440))))];
    }

    [Property]
    public void T7_The_text_of_a_limit_reads_back_as_the_same_limit(Question question)
    {
        var limit = Limit(question.One);
        TimeLimit.TryParse(limit.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(limit);
    }

    [Property]
    public void T7_T11_A_limit_in_dates_equals_a_list_of_dates_with_those_struck_out_that_do_not_count(Question question) =>
        Same(question, pauses => pauses);

    [Fact]
    public void T11_A_pause_rule_that_forgets_the_last_pause_is_caught() =>
        Should.Throw<Exception>(() => Prop
            .ForAll(Questions.All, question => Same(question, pauses => pauses.IsEmpty ? pauses : pauses[..^1]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000)));

    private static void Same(Question question, Func<ImmutableArray<Pause>, ImmutableArray<Pause>> broken)
    {
        var (planned, at, one, two, _) = question;
        var (limit, pauses) = (Limit(one), Pauses(at, two));
        if (limit.CountsDates)
            limit.DueFrom(at, planned.Calendar, broken(pauses)).ShouldBe(new NaiveLimit(planned.Plan, limit).DueFrom(at, Since(at, pauses)), $"{limit} from {at}");
    }

    /// <summary>A clock cannot wait before it starts: what lies before says nothing about the day of receipt, even where that closed before the receipt.</summary>
    private static ImmutableArray<Pause> Since(Instant start, ImmutableArray<Pause> pauses) =>
        [.. pauses.Where(pause => pause.To > start).Select(pause => pause.From < start ? pause with { From = start } : pause)];

    [Property(Arbitrary = [typeof(OrderlyQuestions)])]
    public void T7_A_holiday_never_makes_a_deadline_earlier(Question question)
    {
        var (planned, at, one, two, _) = question;
        var holiday = at.InZone(planned.Plan.Zone).Date.PlusDays(two % 20 - 1);
        var with = (planned.Plan with { Dates = [.. planned.Plan.Dates.Where(rule => rule.Date != holiday), new(holiday, [])] }).Builder().Build();
        var limit = Limit(one, previous: false);
        limit.DueFrom(at, with, []).ShouldBeGreaterThanOrEqualTo(limit.DueFrom(at, planned.Calendar, []), $"{limit} from {at}, {holiday}");
    }

    [Property(Arbitrary = [typeof(OrderlyQuestions)])]
    public void T7_A_make_up_day_never_makes_a_deadline_later(Question question)
    {
        var (planned, at, one, two, three) = question;
        var date = at.InZone(planned.Plan.Zone).Date.PlusDays(two % 20 - 1);
        if (planned.Plan.WindowsOn(date).Count > 0 || planned.Plan.Dates.Exists(rule => rule.Date == date))
            return;
        var with = (planned.Plan with { Dates = [.. planned.Plan.Dates, new(date, [], (IsoDayOfWeek)(1 + three % 7))] }).Builder().Build();
        var limit = Limit(one, previous: false);
        limit.DueFrom(at, with, []).ShouldBeLessThanOrEqualTo(limit.DueFrom(at, planned.Calendar, []), $"{limit} from {at}, {date}");
    }

    [Property(Arbitrary = [typeof(OrderlyQuestions)])]
    public void T10_T11_The_order_the_cut_and_the_overlap_of_pauses_do_not_matter(Question question)
    {
        var (planned, at, one, two, three) = question;
        var (limit, pauses) = (Limit(one), Pauses(at, two));
        var due = limit.DueFrom(at, planned.Calendar, pauses);
        var random = new Random(three);
        var cut = pauses.SelectMany(pause => Cut(pause, random)).OrderBy(_ => random.Next()).ToImmutableArray();
        limit.DueFrom(at, planned.Calendar, cut).ShouldBe(due, $"{limit} from {at}");
        due.ShouldBeGreaterThanOrEqualTo(limit.DueFrom(at, planned.Calendar, []), "a pause never makes a deadline earlier");
    }

    [Property]
    public void T10_T18_What_is_counted_until_due_is_the_limit_and_shares_come_in_order(Question question)
    {
        var (planned, at, one, two, three) = question;
        var (limit, pauses) = (Limit(one), Pauses(at, two));
        var due = limit.DueFrom(at, planned.Calendar, pauses);
        if (!limit.CountsDates)
            limit.Counted(at, due, planned.Calendar, pauses).ShouldBe(limit.Unit is LimitUnit.Minutes or LimitUnit.WorkingMinutes ? Duration.FromMinutes(limit.Amount) : Duration.FromHours(limit.Amount));
        if (limit.Counted(at, due, planned.Calendar, pauses) == Duration.Zero)
            return;
        var percent = 1 + three % 99;
        var share = limit.At(percent, at, due, planned.Calendar, pauses);
        share.ShouldBeInRange(at, limit.At(percent + 1, at, due, planned.Calendar, pauses));
        limit.At(100, at, due, planned.Calendar, pauses).ShouldBeLessThanOrEqualTo(due);
    }

    private static IEnumerable<Pause> Cut(Pause pause, Random random)
    {
        var length = (int)(pause.To!.Value - pause.From).TotalMinutes;
        var middle = pause.From + Duration.FromMinutes(length == 0 ? 0 : random.Next(length + 1));
        yield return new(middle, pause.To);
        yield return new(pause.From, middle + (length == 0 ? Duration.Zero : Duration.Min(pause.To.Value - middle, Duration.FromMinutes(random.Next(30)))));
    }
}
