using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>Look-ups that an older version made: they are found, made anew, and an erasure holds.</summary>
public sealed class LookupRenewalTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly DeskHarness _harness;

    public LookupRenewalTests() => _harness = new DeskHarness(StorePorts.Of(_store));

    private static IntakeDraft Draft(string phone, string? reference = null) => Drafts.English() with
    {
        Complainant = new("A", reference, [new(ContactPoint.Phone, phone)]), Item = null,
    };

    private Task<int> RenewAsync() => new LookupRenewal(_harness.Desk.For(Actor.System), _store).RenewAsync();

    private async Task<List<KeptLookup>> KeptAsync() => await _store.LookupsAsync(TenantId.Default, default).ToListAsync();

    /// <summary>As the version before wrote them.</summary>
    private async Task MakeOldAsync(ComplaintId id, Complainant told)
    {
        var complaint = (await _harness.Desk.ViewAsync(id))!.Complaint;
        var key = (await _harness.Keys.TenantKeysAsync(TenantId.Default, default)).Lookups;
        Lookup[] old = [.. LookupText.HashedBefore(told, key)];
        var renewed = new RenewedLookups(id, complaint.Version, complaint.Receipt.Person, [.. old], old[0].Hash);
        (await _store.RenewLookupsAsync(TenantId.Default, renewed, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task S158_A_correction_that_comes_between_reading_and_writing_stands()
    {
        var id = await _harness.FileAsync(Draft("13800138000"));
        var read = (await _harness.Desk.For(Actor.System).LookupsOfAsync(id, default))!;
        (await _harness.Desk.ExecuteAsync(id, new AmendIntake { Phone = "139 1234 5678" })).Refusal.ShouldBeNull();
        var corrected = await KeptAsync();
        (await _store.RenewLookupsAsync(TenantId.Default, read, default)).ShouldBeFalse();
        (await KeptAsync()).ShouldBe(corrected);
        var again = (await _harness.Desk.For(Actor.System).LookupsOfAsync(id, default))!;
        (await _store.RenewLookupsAsync(TenantId.Default, again, default)).ShouldBeTrue("the control");
    }

    [Fact]
    public async Task S124_What_was_hashed_in_an_older_form_is_found_and_made_anew()
    {
        var draft = Draft("(021) 62345678转1");
        var old = await _harness.FileAsync(draft);
        var now = await KeptAsync();
        await MakeOldAsync(old, Draft("021-62345678").Complainant);
        (await KeptAsync()).ShouldNotBe(now);
        _harness.Clock.Advance(Duration.FromHours(1));
        var next = await _harness.FileAsync(Draft("０２１－６２３４５６７８"));
        (await _harness.Desk.ViewAsync(next))!.Complaint.Receipt.RepeatOf.ShouldBe(old);

        (await RenewAsync()).ShouldBe(1);

        (await KeptAsync()).Single(row => row.Complaint == old).ShouldBe(now.Single());
        (await _store.ListAsync(TenantId.Default, new ComplaintQuery(), default)).Items.Single(item => item.Id == old)
            .CustomerHash.ShouldBe(now.Single().Hash);
        (await RenewAsync()).ShouldBe(0);
        var query = new ComplaintQuery { Lookup = await _harness.Desk.PhoneLookupAsync("+86 21 62345678") };
        (await _harness.Desk.ListAsync(query)).Items.Length.ShouldBe(2);
    }

    [Fact]
    public async Task S124_An_older_form_is_no_finding_and_is_told_until_it_is_made_anew()
    {
        var id = await _harness.FileAsync(Draft("021-62345678"));
        await MakeOldAsync(id, Draft("021-62345678").Complainant);
        var before = await VerifyAsync();
        before.Findings.ShouldBeEmpty();
        before.Unproven.ShouldContain(said => said.En.Contains("older normal form"));
        await RenewAsync();
        var after = await VerifyAsync();
        after.Findings.ShouldBeEmpty();
        after.Unproven.ShouldNotContain(said => said.En.Contains("older normal form"));

        Task<VerificationReport> VerifyAsync() =>
            new HistoryAudit(_store, _harness.Keys, _harness.Clock).VerifyAsync(TenantId.Default, default);
    }

    [Fact]
    public async Task S124_A_tenant_that_moves_to_another_region_gets_its_look_ups_made_anew()
    {
        await _harness.FileAsync(Draft("020 7946 0018", "C-1"));
        await _harness.Definitions.PublishAsync(
            TenantId.Default, "tenant", "default", """{"phoneRegion":"GB"}""", Situation.Administrator, default);
        (await RenewAsync()).ShouldBe(1);
        (await KeptAsync()).ShouldAllBe(row => row.Form == Lookup.FormIn("GB"));
        var query = new ComplaintQuery { Lookup = await _harness.Desk.PhoneLookupAsync("+44 20 7946 0018") };
        (await _harness.Desk.ListAsync(query)).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task R28_An_erased_person_gets_no_look_up_back()
    {
        var id = await _harness.FileAsync(Draft("021-62345678"));
        await MakeOldAsync(id, Draft("021-62345678").Complainant);
        var person = (await _harness.Desk.ViewAsync(id))!.Complaint.Receipt.Person;
        await _harness.Keys.DestroyAsync(TenantId.Default, person, default);
        (await RenewAsync()).ShouldBe(0);
        (await KeptAsync()).ShouldBeEmpty();
    }
}
