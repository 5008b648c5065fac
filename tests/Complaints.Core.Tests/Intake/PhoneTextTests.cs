using Complaints.Core.Definitions;
using Complaints.Core.Intake;

namespace Complaints.Core.Tests.Intake;

public sealed class PhoneTextTests
{
    private static string Keys(string value, string region = "CN") =>
        string.Join(" ", PhoneText.Of(value, region)
            .Select(phone => phone.Extension is null ? phone.Key : $"{phone.Key}x{phone.Extension}"));

    /// <summary>The normal forms of <see cref="Lookup.NewestForm"/>. Where a newer library or a change of ours gives another, look-ups that
    /// are stored no longer meet new ones: raise that number, so that they are made again.</summary>
    [Theory]
    [InlineData("13800138000", "+8613800138000")]
    [InlineData("138 0013 8000", "+8613800138000")]
    [InlineData("+86 138-0013-8000", "+8613800138000")]
    [InlineData("0086 13800138000", "+8613800138000")]
    [InlineData("8613800138000", "+8613800138000")]
    [InlineData("(86) 13800138000", "+8613800138000")]
    [InlineData("１３８００１３８０００", "+8613800138000")]
    [InlineData("＋８６ 13800138000", "+8613800138000")]
    [InlineData("＋８６１３８００１３８０００　", "+8613800138000")]
    [InlineData("\u202a+8613800138000\u202c", "+8613800138000")]
    [InlineData("tel:+8613800138000", "+8613800138000")]
    [InlineData("021-62345678", "+862162345678")]
    [InlineData("（０２１）６２３４５６７８", "+862162345678")]
    [InlineData("021－62345678", "+862162345678")]
    [InlineData("021/62345678", "+862162345678")]
    [InlineData("+86 (0)21 6234 5678", "+862162345678")]
    [InlineData("＋８６（０）２１ ６２３４５６７８", "+862162345678")]
    [InlineData("0086-021-62345678", "+862162345678")]
    [InlineData("02162345678转1", "+862162345678x1")]
    [InlineData("021-62345678 转 8001", "+862162345678x8001")]
    [InlineData("021-62345678 分机：8001", "+862162345678x8001")]
    [InlineData("021-62345678 ext. 5", "+862162345678x5")]
    [InlineData("021-62345678, Ext 5", "+862162345678x5")]
    [InlineData("021-62345678 x5", "+862162345678x5")]
    [InlineData("021-62345678#5", "+862162345678x5")]
    [InlineData("0755-12345678-801", "+8675512345678x801")]
    [InlineData("13800138000/13900139000", "+8613800138000 +8613900139000")]
    [InlineData("13800138000、021-62345678转1", "+8613800138000 +862162345678x1")]
    [InlineData("13800138000；13900139000", "+8613800138000 +8613900139000")]
    [InlineData("13800138000 13900139000", "+8613800138000 +8613900139000")]
    [InlineData("13800138000或13900139000", "+8613800138000 +8613900139000")]
    [InlineData("13800138000, 13800138000", "+8613800138000")]
    [InlineData("021-62345678/79", "+862162345678")]
    [InlineData("400-800-1234", "+864008001234")]
    [InlineData("10086", "+8610086")]
    [InlineData("62345678", "+8662345678")]
    [InlineData("+1 650 253 0000", "+16502530000")]
    [InlineData("+44 (0)20 7946 0018", "+442079460018")]
    [InlineData("+852 9123 4567", "+85291234567")]
    [InlineData("1", "1")]
    [InlineData("000", "")]
    [InlineData("0-0", "")]
    [InlineData("无", "")]
    [InlineData("保密", "")]
    [InlineData("", "")]
    public void S124_Every_number_has_the_normal_form_of_its_version(string written, string keys) => Keys(written).ShouldBe(keys);

    [Theory]
    [InlineData("020 7946 0018", "GB", "+442079460018")]
    [InlineData("０９０－１２３４－５６７８", "JP", "+819012345678")]
    [InlineData("(650) 253-0000", "US", "+16502530000")]
    [InlineData("13800138000", "GB", "+4413800138000")]
    [InlineData("+86 13800138000", "GB", "+8613800138000")]
    public void S124_A_number_without_a_country_is_one_of_the_tenants_region(string written, string region, string key) =>
        Keys(written, region).ShouldBe(key);

    [Fact]
    public void S124_The_normal_form_is_that_of_a_version_and_a_region()
    {
        (Lookup.NewestForm, Lookup.FormIn("CN"), Lookup.FormIn("GB")).ShouldBe((2, 2_086, 2_044));
        var draft = Situation.Draft.Complainant with { Contacts = [new(ContactPoint.Phone, "020 7946 0018")] };
        LookupText.Of(draft, "GB").Single().ShouldBe((Lookup.Phone, "phone:+442079460018"));
        LookupText.Phone("13800138000、13900139000").ShouldBe("phone:+8613800138000");
    }

    [Theory]
    [InlineData("１３８００１３８０００")]
    [InlineData("０９０－１２３４－５６７８")]
    [InlineData("（０２１）６２３４５６７８")]
    [InlineData("＋８６ 13800138000")]
    [InlineData("021－62345678")]
    [InlineData("02162345678转1")]
    [InlineData("021-62345678 ext. 5")]
    [InlineData("13800138000/13900139000")]
    [InlineData("13800138000 13900139000")]
    [InlineData("13800138000、021-62345678 转 1")]
    [InlineData(" 13800138000　")]
    public void X08_A_number_as_people_write_it_is_accepted(string number) =>
        new Situation().Try(With(new(ContactPoint.Phone, number))).Refusal.ShouldBeNull();

    [Theory]
    [InlineData("12")]
    [InlineData("call me")]
    [InlineData("无")]
    [InlineData("13800138000, call me")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("13800138000 ext. 12345678")]
    public void X08_What_cannot_be_dialled_is_refused(string number)
    {
        var found = new Situation().Try(With(new(ContactPoint.Phone, number))).Refusal!.Details.ShouldHaveSingleItem();
        (found.Code, found.Data["field"]).ShouldBe(("text.format", "contact.phone"));
    }

    [Fact]
    public void X08_Blanks_around_an_address_are_none_of_it()
    {
        var situation = new Situation().Do(With(new(ContactPoint.Email, " wang@example.com　")));
        situation.Decisions[^1].Refusal.ShouldBeNull();
        new ContactPoint(ContactPoint.Email, "wang@example.com ").ShouldBe(new ContactPoint(ContactPoint.Email, "wang@example.com"));
    }

    [Theory]
    [InlineData("无", "保密", "无")]
    [InlineData("000", "-", "@")]
    [InlineData(" N/A ", "0000000", "none")]
    [InlineData("（未提供）", "", "")]
    public void S124_What_says_nothing_makes_no_customer_of_strangers(string reference, string phone, string mail)
    {
        var told = new Complainant("王", reference, [new(ContactPoint.Phone, phone), new(ContactPoint.Email, mail)]);
        LookupText.Of(told).Where(known => known.Text != "email:@").ShouldBeEmpty();
        LookupText.Of(told with { CustomerRef = "C-0" }).Count(known => known.Kind == Lookup.Reference).ShouldBe(1, "the control");
    }

    [Fact]
    public void S124_A_region_without_numbers_is_refused_when_it_is_published()
    {
        Check("\"GB\"").ShouldBeNull();
        foreach (var none in new[] { "\"XX\"", "\"cn\"", "\"\"" })
            Check(none)!.Details.ShouldHaveSingleItem().Code.ShouldBe("phone.region_unknown");

        static ComplaintError? Check(string region) =>
            DefinitionKinds.Check("tenant", "default", $$"""{"phoneRegion":{{region}}}""", Rulebook.BuiltIn);
    }

    private static Register With(ContactPoint contact) => new(Situation.Draft with { Complainant = new("王", Contacts: [contact]) });
}
