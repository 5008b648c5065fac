using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.FollowUp;
using Complaints.Core.Storage;
using Complaints.Testing;
using Complaints.Core.Tests.History;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>What was registered is corrected: who is who stays, and the case is found by what is true now.</summary>
public sealed class AmendIntakeTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly DeskHarness _harness;

    public AmendIntakeTests() => _harness = new DeskHarness(StorePorts.Of(_store));

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<int> FoundAsync(string phone) =>
        (await Desk.ListAsync(new ComplaintQuery { Lookup = await Desk.PhoneLookupAsync(phone) })).Items.Length;

    private async Task<Complainant> ToldAsync(ComplaintId id)
    {
        var view = (await Desk.ViewAsync(id))!;
        return (await Desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Complainant)!;
    }

    [Fact]
    public async Task S158_A_corrected_phone_number_finds_the_case_and_the_old_one_no_longer_does()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        (await FoundAsync("13800000001")).ShouldBe(1);
        (await Desk.ExecuteAsync(id, new AmendIntake { Phone = "139 1234 5678" })).Refusal.ShouldBeNull();
        (await FoundAsync("13912345678")).ShouldBe(1);
        (await FoundAsync("13800000001")).ShouldBe(0);
        var told = await ToldAsync(id);
        (told.Name, told.Address, told.Phone).ShouldBe(("王小明", "上海市静安区", "139 1234 5678"), "nothing else changed");

        _harness.Clock.Advance(Duration.FromHours(1));
        var again = await _harness.FileAsync(Drafts.Chinese() with { Complainant = new("小王", Contacts: [new("phone", "13912345678")]) });
        (await Desk.ViewAsync(again))!.Complaint.Receipt.RepeatOf.ShouldBe(id);
        await VerifiedAsync();
    }

    [Fact]
    public async Task S158_Item_area_and_times_follow_into_state_list_and_audit()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        var amend = new AmendIntake
        {
            ItemSerial = "SN-9", ItemRef = "SKU-9", PurchasedOn = new(2026, 1, 5), Area = "north", Tier = "gold", Language = "en",
            IncidentFrom = _harness.Clock.GetCurrentInstant() - Duration.FromDays(1), IncidentPlace = "地下车库", Goals = ["repair"],
        };
        (await Desk.ExecuteAsync(id, amend)).Refusal.ShouldBeNull();
        var view = (await Desk.ViewAsync(id))!;
        var receipt = view.Complaint.Receipt;
        (receipt.Area, receipt.Tier, receipt.Language, receipt.SerialKnown, receipt.PurchasedOn, receipt.ItemKind)
            .ShouldBe(("north", "gold", "en", true, new LocalDate(2026, 1, 5), "product"));
        receipt.Goals.ShouldBe(["repair"]);
        var words = await Desk.RevealAsync(view, Purpose.CaseWork);
        view.ItemOf(words).ShouldBe(new Item("product", "SKU-9", "BCD-520") { Serial = "SN-9", PurchasedOn = new(2026, 1, 5) });
        view.IncidentPlaceOf(words).ShouldBe("地下车库");
        (await Desk.ListAsync(new ComplaintQuery { Area = "north" })).Items.Length.ShouldBe(1);
        await VerifiedAsync();
        _harness.Clock.Advance(Duration.FromHours(1));
        var next = await _harness.FileAsync(Drafts.Chinese() with { Item = new("product", "SKU-9") });
        (await Desk.ViewAsync(next))!.Complaint.Receipt.RepeatOf.ShouldBe(id, "told by the corrected reference");
    }

    [Theory]
    [InlineData("无")]
    [InlineData("n/a")]
    [InlineData("-")]
    public async Task S158_A_reference_that_is_corrected_to_none_finds_the_item_no_more(string none)
    {
        var id = await _harness.FileAsync(Drafts.Chinese() with { Item = new("product", "SKU-8") });
        (await ItemHashAsync(id)).ShouldNotBeNull();
        await _harness.DoAsync(id, [new AmendIntake { ItemSerial = "SN-1" }]);
        (await ItemHashAsync(id)).ShouldNotBeNull("nothing was said of the reference");
        await _harness.DoAsync(id, [new AmendIntake { ItemRef = none }]);
        (await ItemHashAsync(id)).ShouldBeNull();
        await VerifiedAsync();
        await _harness.DoAsync(id, [new AmendIntake { ItemRef = "SKU-8" }]);
        (await ItemHashAsync(id)).ShouldNotBeNull();
        await VerifiedAsync();

        async Task<string?> ItemHashAsync(ComplaintId of) =>
            (await Desk.ListAsync(new())).Items.Single(item => item.Id == of).ItemHash;
    }

    [Fact]
    public async Task S158_Of_who_was_erased_no_words_are_taken_and_codes_are()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        (await _harness.Keys.DestroyAsync(TenantId.Default, (await Desk.ViewAsync(id))!.Complaint.Receipt.Person, default)).ShouldBeTrue();
        AmendIntake[] told = [new() { Phone = "13912345678" }, new() { ItemSerial = "S" }, new() { IncidentPlace = "x" }];
        foreach (var words in told)
            (await Desk.ExecuteAsync(id, words)).Refusal!.Code.ShouldBe("intake.erased");
        (await FoundAsync("13912345678")).ShouldBe(0);
        (await Desk.ExecuteAsync(id, new AmendIntake { Area = "north" })).Refusal.ShouldBeNull();
        await VerifiedAsync();
    }

    [Fact]
    public async Task S010_S011_Who_calls_is_kept_with_number_and_address_and_found_by_it()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        await _harness.FileAsync(Drafts.English());
        (await ToldAsync(id)).ShouldSatisfyAllConditions(
            told => told.Name.ShouldBe("王小明"), told => told.Phone.ShouldBe("13800000001"), told => told.Address.ShouldBe("上海市静安区"));
        (await FoundAsync("138-0000-0001")).ShouldBe(1, "however the switch writes it");
        (await FoundAsync("138-0000-0002")).ShouldBe(0);
    }

    [Fact]
    public async Task S158_Two_corrections_in_one_sequence_both_count()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        (await Desk.ExecuteAsync(id, new Sequence([new AmendIntake { Phone = "13912345678" }, new AmendIntake { Name = "王大明" }])))
            .Refusal.ShouldBeNull();
        var told = await ToldAsync(id);
        (told.Name, told.Phone).ShouldBe(("王大明", "13912345678"));
        (await FoundAsync("13912345678")).ShouldBe(1);
    }

    [Fact]
    public async Task S158_A_preview_knows_the_complainant_too()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        var decision = (await Desk.PreviewAsync(id, new AmendIntake { Phone = "13912345678" }))!;
        decision.Refusal.ShouldBeNull();
        ((await Desk.PreviewAsync(id, new AmendIntake { Name = "王小明" }))!.Refusal?.Code).ShouldBe("intake.unchanged");
        (await FoundAsync("13912345678")).ShouldBe(0, "nothing was written");
    }

    public static TheoryData<string, AmendIntake> Refused => new()
    {
        { "intake.unchanged", new() },
        { "intake.unchanged", new() { Name = "王小明", Phone = "13800138000", Goals = [] } },
        { "text.format", new() { Phone = "no number" } },
        { "text.format", new() { Email = "nobody" } },
        { "text.too_long", new() { Name = new string('x', 101) } },
        { "text.too_long", new() { IncidentPlace = new string('x', 20_000) } },
        { "text.control", new() { ItemSerial = "a\u0007" } },
        { "text.required", new() { ItemSerial = "SN-1" } },
        { "text.required", new() { Answer = "yes" } },
        { "code.unknown", new() { Question = "smell", Answer = "no" } },
        { "code.unknown", new() { ItemKind = "made-up" } },
        { "code.unknown", new() { Tier = "made-up" } },
        { "code.unknown", new() { Goals = ["made-up"] } },
        { "list.too_long", new() { Goals = [.. Enumerable.Repeat("vent", 11)] } },
        { "text.format", new() { Language = "Chinese, please" } },
        { "time.in_future", new() { ItemKind = "product", PurchasedOn = new(2027, 1, 1) } },
        { "time.in_future", new() { IncidentFrom = Situation.Morning + Duration.FromDays(1) } },
        { "time.out_of_range", new() { IncidentTo = Instant.FromUtc(1969, 1, 1, 0, 0) } },
        { "incident.ended_before_it_began", new()
            { IncidentFrom = Situation.Morning, IncidentTo = Situation.Morning - Duration.FromDays(1) } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void S158_A_correction_that_is_wrong_changes_nothing(string code, AmendIntake amend)
    {
        var situation = Situation.Registered();
        var decision = situation.Try(amend);
        decision.Refusal!.Code.ShouldBe(code);
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void S158_The_end_of_an_incident_is_compared_with_the_beginning_that_was_told_before()
    {
        var situation = Situation.Registered(Situation.Draft with { IncidentFrom = Situation.Morning });
        situation.Try(new AmendIntake { IncidentTo = Situation.Morning - Duration.FromDays(1) }).Refusal!.Code
            .ShouldBe("incident.ended_before_it_began");
    }

    [Fact]
    public void S158_What_is_archived_is_locked_and_announced_so()
    {
        var situation = Situation.In(ComplaintState.Closed);
        situation.Try(new AmendIntake { Area = "north" }).Refusal.ShouldBeNull();
        situation.Do(new WaiveFollowUp("other", "Not wanted.")).Do(new Archive("A-1"), Situation.Supervisor);
        situation.Try(new AmendIntake { Area = "north" }).Refusal!.Code.ShouldBe("intake.locked");
        situation.Complaint!.PermittedCommands(situation.Context()).Single(one => one.Name.Value == "amend-intake").Refusal!.Code
            .ShouldBe("intake.locked");
        Situation.In(ComplaintState.Merged).Try(new AmendIntake { Area = "north" }).Refusal!.Code.ShouldBe("merge.carried_on");
        Situation.Registered().Try(new AmendIntake { Area = "north" }, new Actor("x", Role.Finance)).Refusal!.Code
            .ShouldBe("authority.role");
    }

    [Fact]
    public void S158_An_import_that_named_nobody_is_not_named_later()
    {
        var import = new ImportComplaint(
            Situation.Draft with { Complainant = new(), ExternalRef = new("old", "1"), ReceivedAt = Situation.Morning }, []);
        var situation = new Situation().Do(import, Situation.Administrator);
        situation.Try(new AmendIntake { Name = "王" }).Refusal!.Code.ShouldBe("intake.nobody");
        situation.Try(new AmendIntake { Area = "north" }).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S158_The_area_of_waiting_work_follows()
    {
        var situation = Situation.Registered(Situation.Draft with { Area = "south" }).Do(new AmendIntake { Area = "north" });
        situation.Complaint!.Receipt.Area.ShouldBe("north");
        Sealed.Commits(situation)[^1].WorkToSet.ShouldAllBe(row => row.Area == "north");
        Sealed.Commits(situation)[^1].WorkToSet.ShouldNotBeEmpty();
    }

    private async Task VerifiedAsync()
    {
        var report = await new HistoryAudit(_store, _harness.Keys, _harness.Clock).VerifyAsync(TenantId.Default, default);
        report.Findings.ShouldBeEmpty();
    }
}
