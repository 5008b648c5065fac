using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Notifications;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.FollowUp;

/// <summary>Quiet hours and wishes of customers delay sending and never move a deadline.</summary>
public sealed class ContactWindowTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
    private static readonly ContactHours House = Hours("08:00-12:00", "14:00-21:00");

    [Theory]
    [InlineData("2026-09-01 10:00", "2026-09-01 10:00", "inside the hours")]
    [InlineData("2026-09-01 12:00", "2026-09-01 14:00", "the end of a window is outside")]
    [InlineData("2026-09-01 13:00", "2026-09-01 14:00", "the siesta")]
    [InlineData("2026-09-01 21:00", "2026-09-02 08:00", "the night")]
    [InlineData("2026-09-02 03:00", "2026-09-02 08:00", "before the morning")]
    public void T22_S107_The_next_instant_at_which_we_may_call(string at, string next, string why) =>
        ContactWindow.Next(Local(at, Shanghai), House, null, Shanghai).ShouldBe(Local(next, Shanghai), why);

    [Fact]
    public void T22_The_customers_own_clock_counts_not_ours()
    {
        var customer = new ContactPreference("Europe/London");
        var london = DateTimeZoneProviders.Tzdb["Europe/London"];
        // Noon in Shanghai is five in the morning in London.
        ContactWindow.Next(Local("2026-09-01 12:00", Shanghai), House, customer, Shanghai).ShouldBe(Local("2026-09-01 08:00", london));
        ContactWindow.Next(Local("2026-09-01 18:00", Shanghai), House, customer, Shanghai).ShouldBe(Local("2026-09-01 18:00", Shanghai));
    }

    [Theory]
    [InlineData("2026-09-01 10:00", "2026-09-01 18:00", "after work")]
    [InlineData("2026-09-01 20:30", "2026-09-05 18:00", "Tuesdays and Saturdays")]
    public void T22_A_customers_wish_is_met_inside_the_houses_hours(string at, string next, string why)
    {
        var customer = new ContactPreference(Windows: ["18:00-20:00"], Days: [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Saturday]);
        ContactWindow.Next(Local(at, Shanghai), House, customer, Shanghai).ShouldBe(Local(next, Shanghai), why);
    }

    [Fact]
    public void T22_A_wish_that_never_meets_the_houses_hours_cannot_forbid_every_contact() =>
        ContactWindow.Next(Local("2026-09-01 06:00", Shanghai), House, new ContactPreference(Windows: ["02:00-04:00"]), Shanghai).ShouldBe(Local("2026-09-01 08:00", Shanghai));

    [Fact]
    public void T22_Windows_of_the_night_and_of_a_clock_change()
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var night = Hours("20:00-02:00");
        ContactWindow.Next(Local("2026-09-02 01:00", berlin), night, null, berlin).ShouldBe(Local("2026-09-02 01:00", berlin));
        ContactWindow.Next(Local("2026-09-02 02:00", berlin), night, null, berlin).ShouldBe(Local("2026-09-02 20:00", berlin));
        // On 29 March the hour from 02:00 to 03:00 does not exist.
        ContactWindow.Next(Local("2026-03-29 00:30", berlin), Hours("02:30-05:00"), null, berlin).ShouldBe(Local("2026-03-29 03:00", berlin));
        ContactWindow.Next(Local("2026-09-02 01:00", berlin), night, new ContactPreference(Windows: ["23:00-01:30"], Days: [IsoDayOfWeek.Tuesday]), berlin).ShouldBe(Local("2026-09-02 01:00", berlin), "Tuesday's night");
    }

    /// <summary>An instant, and the wish of a customer somewhere.</summary>
    public static class Wishes
    {
        private static readonly string[] Zones =
            ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Kolkata", "UTC"];

        public static Arbitrary<(Instant At, ContactPreference Wish)> All { get; } =
            (from seconds in Gen.Choose(0, 400_000_000)
             from zone in Gen.Elements(Zones)
             from hour in Gen.Choose(0, 22)
             from length in Gen.Choose(1, 10)
             from day in Gen.Choose(0, 7)
             let window = $"{hour:D2}:15-{(hour + length) % 24:D2}:45"
             select (
                 Instant.FromUtc(2011, 6, 1, 0, 0) + Duration.FromSeconds(seconds),
                 new ContactPreference(zone, [window], day == 0 ? [] : [(IsoDayOfWeek)day]))).ToArbitrary();
    }

    [Property(MaxTest = 5_000, Arbitrary = [typeof(Wishes)])]
    public void T22_It_is_never_earlier_and_stays_where_it_is_asked_again((Instant At, ContactPreference Wish) entry)
    {
        var next = ContactWindow.Next(entry.At, House, entry.Wish, Shanghai);
        next.ShouldBeGreaterThanOrEqualTo(entry.At);
        ContactWindow.Next(next, House, entry.Wish, Shanghai).ShouldBe(next);
        if (next != entry.At)
            ContactWindow.Next(entry.At + (next - entry.At) / 2, House, entry.Wish, Shanghai).ShouldBe(next);
    }

    [Fact]
    public void T22_A_message_to_the_customer_waits_and_one_to_the_staff_does_not_and_no_deadline_moves()
    {
        var quiet = new Situation { Now = Local("2026-09-01 21:30", Shanghai) };
        quiet.Do(new Register(Situation.Draft));
        var before = Clocks.Project(quiet.Complaint!, quiet.Rules);
        var decision = quiet.Try(new Acknowledge());
        Route(decision, quiet).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            message => message.Topic.ShouldBe("complaints.acknowledged.v1"),
            message => message.NotBefore.ShouldBe(Local("2026-09-02 08:00", Shanghai)),
            message => message.CreatedAt.ShouldBe(quiet.Now));
        Route(quiet.Try(new Core.Assignment.HandOver("ben", null, "other", "Night.")), quiet).ShouldHaveSingleItem(
            ).NotBefore.ShouldBeNull();
        var loud = Rulebook.From([new Definition(TenantId.Default, FollowUpDefinitions.ContactHours.Name, "default", 2,
            """{"week":{"monday":["00:00-24:00"]},"topics":[]}""", default, "test")]);
        Clocks.Project(quiet.Complaint!, loud).ShouldBe(before);
        Clocks.Project(decision.Complaint, quiet.Rules).Where(clock => clock.IsOpen).Select(clock => clock.Due).ShouldBe(
            [.. before.Where(clock => clock.Objective != Objective.Acknowledgement).Select(clock => clock.Due),
                Local("2026-09-04 18:00", Shanghai)],
            ignoreOrder: true, "and the next progress update is owed");
    }

    [Fact]
    public void T22_By_day_it_is_sent_at_once_and_what_the_customer_said_last_counts()
    {
        var day = new Situation { Now = Local("2026-09-01 10:00", Shanghai) }.Do(new Register(Situation.Draft with { Contact = new ContactPreference(Windows: ["18:00-20:00"]) }));
        Route(day.Try(new Acknowledge()), day).Single().NotBefore.ShouldBe(Local("2026-09-01 18:00", Shanghai));
        day.Do(new RecordInteraction(Direction.Inbound, "phone", Contact: new ContactPreference(Windows: ["09:00-19:00"])));
        Route(day.Try(new Acknowledge()), day).Single().NotBefore.ShouldBeNull();
        day.Complaint!.Receipt.Contact!.Windows.ShouldBe(["09:00-19:00"]);
    }

    [Theory]
    [InlineData("Mars/Olympus", "18:00-20:00", "calendar.zone_unknown")]
    [InlineData(null, "18:00-18", "calendar.window_invalid")]
    [InlineData(null, "evenings", "calendar.window_invalid")]
    public void T22_A_wish_that_cannot_be_read_is_refused(string? zone, string window, string code)
    {
        var wish = new ContactPreference(zone, [window]);
        new Situation().Try(new Register(Situation.Draft with { Contact = wish })).Refusal!.Details.ShouldHaveSingleItem().Code.ShouldBe(code);
        Situation.Registered().Try(new RecordInteraction(Direction.Inbound, "phone", Contact: wish)).Refusal!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"week":{}}""", "calendar.never_open", "week")]
    [InlineData("""{"week":{"someday":["08:00-20:00"]}}""", "definition.missing", "week.someday")]
    [InlineData("""{"week":{"monday":["08:00"]}}""", "calendar.window_invalid", "week.monday[0]")]
    [InlineData("""{"week":{"monday":["08:00-20:00"]},"topics":["complaint.sung"]}""", "definition.missing", "complaint.sung")]
    public void T22_Contact_hours_that_cannot_be_are_refused_when_published(string json, string code, string mentioned)
    {
        var found = DefinitionKinds.Check(FollowUpDefinitions.ContactHours.Name, "default", json, Rulebook.BuiltIn).ShouldNotBeNull()
            .Details.ShouldHaveSingleItem();
        found.Code.ShouldBe(code);
        found.Message.ShouldContain(mentioned);
    }

    private static ImmutableArray<Core.Storage.OutboxMessage> Route(Decision decision, Situation situation) =>
        OutboxRouting.Route(ComplaintRooms.Current.Catalogue, decision, Tests.History.Sealed.Tenant.Rows, situation.Rules);

    private static ContactHours Hours(params string[] windows) =>
        new(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None).ToImmutableSortedDictionary(day => day.ToString(), _ => ImmutableArray.Create(windows), StringComparer.Ordinal));

    private static Instant Local(string text, DateTimeZone zone) =>
        LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm").Parse(text).Value.InZoneStrictly(zone).ToInstant();
}
