using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Sla;

/// <summary>TIME.md's table of presets, each number with dates worked out by hand.</summary>
public sealed class PolicyPresetTests
{
    private static readonly BusinessCalendar England = new(CalendarPresets.EnglandAndWales);
    private static readonly BusinessCalendar China = new(CalendarPresets.China);
    private static readonly BusinessCalendar Sydney = new CalendarBuilder("Australia/Sydney").Weekdays("09:00-17:00").Build();
    private static readonly BusinessCalendar Federal = new(CalendarPresets.UnitedStatesFederal);
    private static readonly BusinessCalendar Mumbai = new CalendarBuilder("Asia/Kolkata").Weekdays("10:00-17:00").Build();

    public static TheoryData<string, string, string, string, string> Worked => new()
    {
        // Good Friday 3 and Easter Monday 6 April, bank holidays 4 and 25 May and 31 August.
        { "uk-disp", "summary-resolution", "3 working days", "2026-04-02 10:00", "2026-04-09 17:00" },
        { "uk-disp", "final-reply", "8 weeks", "2026-04-02 10:00", "2026-05-29 00:00" },
        { "uk-disp-payments", "final-reply", "15 working days", "2026-04-02 10:00", "2026-04-27 17:00" },
        { "uk-disp-payments", "final-reply-exceptional", "35 working days", "2026-04-02 10:00", "2026-05-27 17:00" },
        { "eu-psd2", "final-reply", "15 working days", "2026-04-02 10:00", "2026-04-27 17:00" },
        { "eu-psd2", "final-reply-exceptional", "35 working days", "2026-04-02 10:00", "2026-05-27 17:00" },
        { "uk-housing", "acknowledgement", "5 working days", "2026-08-24 10:00", "2026-09-01 17:00" },
        { "uk-housing", "final-reply", "10 working days", "2026-08-26 10:00", "2026-09-10 17:00" },
        { "uk-housing", "final-reply-extended", "20 working days", "2026-08-26 10:00", "2026-09-24 17:00" },
        { "uk-housing.stage-2", "acknowledgement", "5 working days", "2026-08-24 10:00", "2026-09-01 17:00" },
        { "uk-housing.stage-2", "final-reply", "20 working days", "2026-08-26 10:00", "2026-09-24 17:00" },
        { "uk-housing.stage-2", "final-reply-extended", "40 working days", "2026-08-26 10:00", "2026-10-22 17:00" },
        { "us-cfpb", "first-response", "15 days", "2026-09-05 10:00", "2026-09-21 00:00" },
        { "us-cfpb", "final-reply", "60 days", "2026-09-05 10:00", "2026-11-05 00:00" },
        { "cn-telecom", "final-reply", "15 days", "2026-09-05 10:00", "2026-09-21 00:00" },
        // National Day from 1 to 7 October; Saturday 10 October is worked.
        { "cn-telecom.appeal", "acknowledgement", "5 working days", "2026-09-30 10:00", "2026-10-13 18:00" },
        { "cn-telecom.appeal", "final-reply", "30 days", "2026-10-12 10:00", "2026-11-12 00:00" },
        { "cn-hotline-jingan.inquiry", "resolution", "1 working day", "2026-09-30 10:00", "2026-10-08 18:00" },
        { "cn-hotline-jingan.supervised", "resolution", "3 working days", "2026-09-30 10:00", "2026-10-10 18:00" },
        { "cn-hotline-jingan", "resolution", "5 working days", "2026-09-30 10:00", "2026-10-13 18:00" },
        { "cn-hotline-jingan.complex", "resolution", "15 working days", "2026-09-30 10:00", "2026-10-27 18:00" },
        { "cn-market-12315", "acknowledgement", "7 working days", "2026-09-30 10:00", "2026-10-15 18:00" },
        { "cn-market-12315", "mediation", "45 working days", "2026-10-15 10:00", "2026-12-17 18:00" },
        { "cn-bank-insurance", "final-reply", "15 days", "2026-09-05 10:00", "2026-09-21 00:00" },
        { "cn-bank-insurance", "final-reply-complex", "30 days", "2026-09-05 10:00", "2026-10-06 00:00" },
        { "cn-bank-insurance", "final-reply-latest", "60 days", "2026-09-05 10:00", "2026-11-05 00:00" },
        // Clocks go forward in Sydney on 4 October.
        { "au-rg271", "acknowledgement", "24 hours", "2026-10-03 10:00", "2026-10-04 11:00" },
        { "au-rg271", "final-reply", "30 days", "2026-09-05 10:00", "2026-10-06 00:00" },
        { "in-rbi", "final-reply", "30 days", "2026-09-05 10:00", "2026-10-06 00:00" },
    };

    [Theory]
    [MemberData(nameof(Worked))]
    public void X13_T7_Each_limit_of_a_preset_gives_the_date_worked_out_by_hand(string preset, string objective, string limit, string start, string due)
    {
        var read = PolicyPresets.Get(preset).Find(objective).ShouldNotBeNull().TimeLimit;
        read.ToString().ShouldBe(limit);
        var calendar = CalendarOf(preset);
        var end = Local(due, calendar);
        // A limit in days ends with the date's last microsecond.
        read.DueFrom(Local(start, calendar), calendar, []).ShouldBe(due.EndsWith("00:00", StringComparison.Ordinal) && read.CountsDates ? end - Duration.FromTicks(10) : end);
    }

    [Fact]
    public void X13_Every_objective_of_every_preset_has_a_worked_date() =>
        PolicyPresets.Ids.SelectMany(id => PolicyPresets.Get(id).Objectives.Select(objective => (id, objective.Objective))).Order()
            .ShouldBe(Worked.Select(row => (row.Data.Item1, row.Data.Item2)).Order());

    [Fact]
    public void X13_Every_preset_names_source_and_date_and_none_is_planted()
    {
        foreach (var id in PolicyPresets.Ids)
        {
            var source = PolicyPresets.Get(id).Source.ShouldNotBeNull(id);
            source.Texts.ShouldNotBeEmpty(id);
            source.Date.Year.ShouldBeInRange(2010, 2026, id);
        }
        BuiltIns.All.ShouldNotContain(definition => PolicyPresets.Ids.Contains(definition.Id));
        PolicyPresets.Ids.Where(id => !PolicyPresets.Get(id).Source!.Verified).ShouldBe(["au-rg271", "cn-bank-insurance", "cn-market-12315", "in-rbi", "us-cfpb"]);
    }

    [Fact]
    public void X13_A_verified_preset_is_published_as_it_is_and_an_unverified_one_only_when_the_host_says_so()
    {
        foreach (var id in PolicyPresets.Ids)
        {
            var refusal = DefinitionKinds.Check(SlaDefinitions.Policies.Name, id, PolicyPresets.Json(id), Rulebook.BuiltIn);
            if (PolicyPresets.Get(id).Source!.Verified)
                refusal.ShouldBeNull(id);
            else
                refusal.ShouldNotBeNull(id).Details.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                    detail => detail.Code.ShouldBe("policy.unverified"),
                    detail => detail.Message.ShouldContain("source.verified"),
                    detail => detail.Message.ShouldContain("source.accepted"));
            DefinitionKinds.Check(SlaDefinitions.Policies.Name, id, PolicyPresets.Json(id, acceptUnverified: true), Rulebook.BuiltIn)
                .ShouldBeNull(id);
        }
    }

    [Fact]
    public void X13_An_unverified_policy_that_slipped_past_the_check_is_not_selected()
    {
        var json = PolicyPresets.Json("in-rbi");
        Rulebook.From([Published("in-rbi", json)]).SelectPolicy(Situation.Registered().Complaint!)!.Value.Id.ShouldBe("call-centre");
        Rulebook.From([Published("in-rbi", PolicyPresets.Json("in-rbi", acceptUnverified: true))]).SelectPolicy(Situation.Registered().Complaint!)!.Value.Id.ShouldBe("in-rbi");
    }

    [Fact]
    public void S099_S100_The_default_policy_has_the_numbers_of_the_seed_documents_where_they_belong()
    {
        var policy = Rulebook.BuiltIn.Policy(new("call-centre", 1)).ShouldNotBeNull();
        var solution = policy.Find(Objective.TechnicalSolution)!;
        (solution.Limit, solution.For.Single()).ShouldBe(("3 working days", "technical"));
        policy.Find(Objective.Resolution)!.Limit.ShouldBe("10 working days", "a number of ours, which claims no source");
        policy.Find(Objective.FollowUpVisit)!.Limit.ShouldBe("3 days");
    }

    private static Definition Published(string id, string json) =>
        new(TenantId.Default, SlaDefinitions.Policies.Name, id, 1, json, default, "test");

    private static BusinessCalendar CalendarOf(string preset) => preset[..2] switch { "cn" => China, "au" => Sydney, "us" => Federal, "in" => Mumbai, _ => England };

    private static Instant Local(string text, BusinessCalendar calendar) =>
        LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm").Parse(text).Value.InZoneStrictly(calendar.Zone).ToInstant();
}
