using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>Who is the same customer when the next complaint comes in, at a desk.</summary>
public sealed class SameCustomerTests
{
    private readonly DeskHarness _harness = new();

    private static ContactPoint Phone(string value) => new(ContactPoint.Phone, value);

    private static ContactPoint Mail(string value) => new(ContactPoint.Email, value);

    private async Task<ComplaintId?> RepeatOfAsync(string? customer, params ContactPoint[] contacts)
    {
        _harness.Clock.Advance(Duration.FromHours(24));
        var id = await FileAsync(customer, contacts);
        return (await _harness.Desk.ViewAsync(id))!.Complaint.Receipt.RepeatOf;
    }

    private Task<ComplaintId> FileAsync(string? customer, params ContactPoint[] contacts) =>
        _harness.FileAsync(Drafts.English() with { Complainant = new("A", customer, [.. contacts]), Item = null });

    [Fact]
    public async Task S124_The_order_of_particulars_does_not_matter_and_a_reference_may_be_known_later()
    {
        // civicrm PR#9925.
        var first = await FileAsync(null, Phone("138 0013 8000"), Mail("a@example.org"));
        var second = await RepeatOfAsync(null, Mail("A@Example.org "), Phone("+86 13800138000"));
        second.ShouldBe(first);
        (await RepeatOfAsync("C-9", Phone("１３８００１３８０００"))).ShouldNotBeNull();
        (await RepeatOfAsync("C-9")).ShouldNotBeNull("the reference alone");
        (await RepeatOfAsync("C-8", Mail("b@example.org"))).ShouldBeNull("somebody else");
    }

    [Theory]
    [InlineData("＋８６ （０）２１－６２３４５６７８")]
    [InlineData("021-62345678 转 1")]
    [InlineData("021-62345678 ext. 5")]
    [InlineData("13900139000/021-62345678")]
    public async Task S124_A_number_is_the_same_however_it_is_written(string written)
    {
        // findadoc-web#1762.
        var first = await FileAsync(null, Phone("021-62345678"));
        (await RepeatOfAsync(null, Phone(written))).ShouldBe(first);
        var query = new ComplaintQuery { Lookup = await _harness.Desk.PhoneLookupAsync("+862162345678") };
        (await _harness.Desk.ListAsync(query)).Items.Length.ShouldBe(2);
    }

    [Fact]
    public async Task S124_Letters_of_a_mail_address_do_not_make_another_customer()
    {
        // openfoodnetwork PR#14669.
        var first = await FileAsync(null, Mail("foo@example.com"));
        (await RepeatOfAsync(null, Mail("Foo@Example.COM"))).ShouldBe(first);
    }

    [Fact]
    public async Task S124_Two_customer_ids_are_two_persons_even_at_one_number()
    {
        // chatwoot#4728.
        var one = await FileAsync("C-1", Phone("021-62345678"));
        (await RepeatOfAsync("C-2", Phone("021-62345678"))).ShouldBeNull();
        (await RepeatOfAsync("保密", Phone("021-62345678"))).ShouldNotBeNull("that is no reference");
        (await RepeatOfAsync("C-1")).ShouldBe(one);
    }

    [Fact]
    public async Task S124_An_item_that_says_nothing_is_no_item_of_the_same()
    {
        async Task<ComplaintId?> WithItem(string? reference, string phone)
        {
            _harness.Clock.Advance(Duration.FromHours(1));
            var draft = Drafts.English() with { Complainant = new("A", Contacts: [Phone(phone)]), Item = new("order", reference) };
            return (await _harness.Desk.ViewAsync(await _harness.FileAsync(draft)))!.Complaint.Receipt.RepeatOf;
        }

        (await WithItem("S-1", "13800138000")).ShouldBeNull();
        (await WithItem("无", "13800138000")).ShouldBeNull();
        (await WithItem("000", "13800138000")).ShouldNotBeNull("neither names its item");
    }

    [Fact]
    public async Task S124_Numbers_without_a_country_are_those_of_the_tenants_region()
    {
        await _harness.Definitions.PublishAsync(
            TenantId.Default, "tenant", "default", """{"phoneRegion":"GB"}""", Situation.Administrator, default);
        var first = await FileAsync(null, Phone("020 7946 0018"));
        (await RepeatOfAsync(null, Phone("+44 (0)20 7946 0018"))).ShouldBe(first);
        (await RepeatOfAsync(null, Phone("+86 20 7946 0018"))).ShouldBeNull();
    }
}
