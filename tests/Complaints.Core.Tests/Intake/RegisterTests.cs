using Complaints.Core.Sla;
using System.Globalization;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

public sealed class RegisterTests
{
    [Theory]
    [InlineData("phone"), InlineData("email"), InlineData("web")]
    [InlineData("web-form"), InlineData("chat"), InlineData("social"), InlineData("store-desk"), InlineData("drop-box"), InlineData("letter"), InlineData("visit"), InlineData("sms")]
    public void S001_S002_S003_S004_S005_S006_Complaints_come_in_by_every_channel(string channel) =>
        Situation.Registered(Situation.Draft with { Channel = channel }).Complaint!.Receipt.Channel.ShouldBe(channel);

    [Fact]
    public void S003_A_post_of_a_social_network_keeps_its_id_there()
    {
        var situation = Situation.Registered(Situation.Draft with { Channel = "social", ExternalRef = new("weibo", "4711") });
        situation.Complaint!.Receipt.Source.ShouldBe("weibo");
        situation.Decisions[0].Events.OfType<ComplaintRegistered>().Single().SourceId!.TryReveal(null, out var id).ShouldBeTrue();
        id.ShouldBe("4711");
    }

    [Fact]
    public void S004_S013_The_receipt_may_lie_before_the_registration()
    {
        var dropped = Situation.Morning - Duration.FromDays(2);
        var receipt = Situation.Registered(Situation.Draft with { Channel = "drop-box", ReceivedAt = dropped }).Complaint!.Receipt;
        receipt.ReceivedAt.ShouldBe(dropped);
        receipt.RegisteredAt.ShouldBe(Situation.Morning);
    }

    [Fact]
    public void S007_The_entry_point_is_kept() =>
        Situation.Registered(Situation.Draft with { EntryPoint = "hotline" }).Complaint!.Receipt.EntryPoint.ShouldBe("hotline");

    [Fact]
    public void S008_A_letter_with_a_phone_number_waits_for_its_call_and_has_a_clock()
    {
        var situation = Situation.Registered(Situation.Draft with { Channel = "letter" });
        situation.Complaint!.Receipt.CallbackPending.ShouldBeTrue();
        Clocks.Project(situation.Complaint, situation.Rules).ShouldContain(clock => clock.Objective == Objective.Callback && clock.IsRunning);
        situation.Do(new RecordInteraction(Direction.Outbound, "phone", Reached: false)).Complaint!.Receipt.CallbackPending.ShouldBeTrue("nobody was reached");
        situation.Do(new RecordInteraction(Direction.Outbound, "phone")).Complaint!.Receipt.CallbackPending.ShouldBeFalse();
        Situation.Registered(Situation.Draft with { Channel = "letter", Complainant = new("王小明") }).Complaint!.Receipt.CallbackPending.ShouldBeFalse();
    }

    [Fact]
    public void S009_A_complaint_has_a_number_for_people_and_keeps_who_complains()
    {
        var complaint = Situation.Registered().Complaint!;
        complaint.Number.ShouldBe("2026-000001");
        complaint.Receipt.Complainant!.TryReveal(null, out var complainant).ShouldBeTrue("it was only just decided in memory");
        complainant!.Name.ShouldBe("王小明");
        complaint.Receipt.Complainant.ToString().ShouldBe("***");
    }

    [Fact]
    public void T16_Only_a_person_who_reached_the_customer_answers()
    {
        var situation = Situation.Registered();
        situation.Do(new RecordInteraction(Direction.Outbound, "email", ByPerson: false));
        situation.Do(new RecordInteraction(Direction.Inbound, "phone", Reached: false));
        situation.Do(new RecordInteraction(Direction.Inbound, "email"));
        situation.Complaint!.Receipt.FirstResponseAt.ShouldBeNull();
        var at = situation.Now;
        situation.Do(new RecordInteraction(Direction.Inbound, "phone")).Complaint!.Receipt.FirstResponseAt.ShouldBe(at);
    }

    public static TheoryData<string, IntakeDraft, string> WrongDrafts() => new()
    {
        { "code.unknown", Situation.Draft with { Channel = "pigeon" }, "pigeon" },
        { "code.unknown", Situation.Draft with { Kind = "rant" }, "complaint" },
        { "text.required", Situation.Draft with { Title = " " }, "title" },
        { "text.too_long", Situation.Draft with { Title = new string('长', 1_000_000) }, "200" },
        { "text.control", Situation.Draft with { Title = "a\0b" }, "U+0000" },
        { "text.surrogate", Situation.Draft with { Title = "a\ud83db" }, "U+D83D" },
        { "text.too_long", Situation.Draft with { Statement = new(new string('x', 20_001)) }, "20000" },
        { "category.unknown", Situation.Draft with { Category = "weather", Subcategory = null }, "weather" },
        { "category.unknown", Situation.Draft with { Subcategory = "pricing" }, "delivery/late" },
        { "code.unknown", Situation.Draft with { Urgency = "asap" }, "urgent" },
        { "complainant.required", Situation.Draft with { Complainant = new() }, "complaint" },
        { "text.format", Situation.Draft with { Complainant = new("王", Contacts: [new("phone", "no number")]) }, "phone" },
        { "text.format", Situation.Draft with { Complainant = new("王", Contacts: [new("email", "wang@")]) }, "email" },
        { "time.in_future", Situation.Draft with { ReceivedAt = Situation.Morning + Duration.FromSeconds(1) }, "receivedAt" },
    };

    [Theory]
    [MemberData(nameof(WrongDrafts))]
    public void Every_wrong_field_is_named_with_its_value_and_the_remedy_in_both_languages(string code, IntakeDraft draft, string mentioned)
    {
        var refusal = new Situation().Try(new Register(draft)).Refusal!;
        refusal.Code.ShouldBe("validation.failed");
        var detail = refusal.Details.ShouldHaveSingleItem();
        detail.Code.ShouldBe(code);
        detail.Message.ShouldContain(mentioned);
        detail.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldNotBe(detail.Message);
        detail.Message.Length.ShouldBeLessThan(500, "a message never repeats a whole text");
    }

    [Fact]
    public void All_wrong_fields_are_named_at_once()
    {
        var refusal = new Situation().Try(new Register(Situation.Draft with { Title = "", Channel = "x", Severity = "y" })).Refusal!;
        refusal.Details.Select(detail => detail.Data["field"]).ShouldBe(["channel", "title", "severity"], ignoreOrder: true);
    }

    [Fact]
    public void A_message_never_repeats_a_personal_value()
    {
        var refusal = new Situation().Try(new Register(Situation.Draft with { Complainant = new("王", Contacts: [new("email", "wang.xiaoming.at.example")]) })).Refusal!;
        refusal.Message.ShouldNotContain("xiaoming");
    }

    [Fact]
    public void A_report_of_wrongdoing_may_be_anonymous() =>
        Situation.Registered(Situation.Draft with { Kind = "report", Complainant = new() }).Complaint!.State.ShouldBe(ComplaintState.Registered);

    [Theory]
    [InlineData("+86 138 0013 8000", "138-0013-8000")]
    [InlineData("0086 13800138000", "13800138000")]
    [InlineData("１３８００１３８０００", "13800138000")]
    [InlineData("021-6234 5678", "(021) 62345678")]
    public void Phone_numbers_of_different_forms_meet(string one, string other) => LookupText.Phone(one).ShouldBe(LookupText.Phone(other));

    [Fact]
    public void Events_may_be_backdated_within_bounds_and_with_a_reason()
    {
        var situation = Situation.Registered(Situation.Draft with { ReceivedAt = Situation.Morning - Duration.FromDays(40) });
        var context = situation.Context() with { OccurredAt = situation.Now - Duration.FromHours(1) };
        var call = new RecordInteraction(Direction.Outbound, "phone");
        Complaint.Decide(situation.Complaint, call, context).Refusal!.Code.ShouldBe("time.reason_required");
        var late = Complaint.Decide(situation.Complaint, call, context with { BackdateReason = "Written down after the call." });
        late.Complaint.Receipt.FirstResponseAt.ShouldBe(context.OccurredAt);
        late.Moment.RecordedAt.ShouldBe(situation.Now);
        Refused(-31, "time.too_far_back");
        Refused(-41, "time.before_receipt");
        Refused(1, "time.in_future");

        void Refused(int days, string code) =>
            Complaint.Decide(situation.Complaint, call, context with { OccurredAt = situation.Now + Duration.FromDays(days), BackdateReason = "late" }).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void R19_A_direction_that_nobody_defined_is_refused() =>
        Situation.Registered().Try(new RecordInteraction((Direction)7, "phone")).Refusal!.Code.ShouldBe("code.unknown");
}
