using System.Text;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Notifications.Templates.Tests;

public sealed class ComposerTests
{
    private const string Poison = """<script>alert(1)</script> {{ number }} {% if x %} **bold** [a](http://evil) # ]]> " ' & """;

    private static MessageTemplate Simple(string text, string? html = null) =>
        new(new("结果 {{ title }}", text), new("Result {{ title }}", text, html), Audience: "customer");

    [Fact]
    public async Task S145_A_customer_is_told_in_their_language_with_dates_in_the_tenants_zone()
    {
        await using var house = new House();
        var id = await house.FileAsync(Drafts.Chinese() with
        {
            Complainant = Drafts.Chinese().Complainant with { AddressAs = "王女士" },
        });
        var due = house.Clock.GetCurrentInstant() + Duration.FromDays(3);
        await house.DoAsync(id, new AgreeDeadline(due));
        var message = await house.MessageAsync("deadline-agreed", "customer-deadline-agreed");
        var zh = await house.ComposeAsync(message);
        zh.Language.ShouldBe("zh-CN");
        zh.Text.ShouldStartWith("尊敬的王女士，您好：");
        var local = due.InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).LocalDateTime;
        zh.Text.ShouldContain($"约定时间：{local.Year}年{local.Month}月{local.Day}日 {local.Hour:00}:{local.Minute:00}");
        zh.Text.ShouldContain("诉求内容：冰箱送错型号");
        var en = await house.ComposeAsync(message, "en");
        en.Text.ShouldStartWith("Dear 王女士,");
        en.Text.ShouldContain("Agreed date: ");
    }

    [Fact]
    public async Task S042_What_is_not_established_is_answered_with_its_reason()
    {
        await using var house = new House();
        var id = await house.FileAsync(Drafts.English());
        await house.DoAsync(id, new DecideNotEstablished(
            "not-established", "The parcel came on the day that was promised.", "The carrier"));
        var notice = await house.ComposeAsync(await house.MessageAsync("not-established", "customer-not-established"));
        notice.Text.ShouldContain("The parcel came on the day that was promised.");
        notice.Text.ShouldContain("please turn to: The carrier");
        notice.Text.ShouldStartWith("Dear Ann Smith,");
    }

    [Fact]
    public async Task R22_What_people_wrote_is_data_in_every_target()
    {
        await using var house = new House(builder => builder.AddDefinition(
            TemplateDefinitions.Templates, "mine", Simple("{{ title }}\n\n{{ narrative }}", "<p title=\"{{ title }}\">{{ title }}</p>")));
        await house.FileAsync(Drafts.English() with
        {
            Title = Poison, Statement = new Statement("line one\n# heading\n" + Poison),
        });
        var notice = await house.ComposeAsync(await house.MessageAsync("registered", "mine"));
        notice.Text.ShouldContain("{{ number }} {% if x %}");
        notice.Html.ShouldNotContain("<script");
        notice.Html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; {{ number }}");
        notice.Html.ShouldContain("title=\"&lt;script");
        notice.Chat.ShouldNotContain("**bold**");
        notice.Chat.ShouldNotContain("[a](");
        notice.Chat.ShouldNotContain("<script");
        notice.Chat.ShouldContain("\\# heading");
        notice.Subject.ShouldNotContain("\n");
        var derived = await house.ComposeAsync(await house.MessageAsync("registered", "customer-registered"));
        derived.Html.ShouldNotContain("<script");
        derived.Html.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public async Task R23_A_subject_is_one_line_whatever_is_filled_in()
    {
        var compiled = new CompiledTemplate(new("A {{ title }}", "x"), isChinese: false);
        var notice = await compiled.ComposeAsync(
            name => name == "title" ? "a\r\nBcc: x@example.org\u2028\0b" + new string('x', 500) : null, Letterheads.Plain);
        notice.Subject.ShouldStartWith("A a Bcc: x@example.org b");
        notice.Subject.Length.ShouldBeLessThanOrEqualTo(200);
        notice.Subject.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public async Task R11_A_poison_template_is_a_typed_outcome_and_costs_the_others_nothing()
    {
        await using var house = new House(builder => builder.AddDefinition(
            TemplateDefinitions.Templates, "runaway",
            Simple("{% for a in remedies %}{% for b in remedies %}{% for c in remedies %}"
                + "{{ narrative }}{% endfor %}{% endfor %}{% endfor %}")));
        var id = await house.FileAsync(Drafts.English() with { Statement = new Statement(new string('n', 19_000)) });
        await house.DoAsync(id, new Propose(["exchange", "apology"], "We pay.", 10));
        var message = await house.MessageAsync("registered", "runaway");
        (await house.ComposeAsync(message)).ShouldNotBeNull("nothing is before the customer: no loop runs");
        var compiled = new CompiledTemplate((await house.RulesAsync()).Versions(TemplateDefinitions.Templates)
            .Single(version => version.Ref.Id == "runaway").Value.En, isChinese: false);
        await Should.ThrowAsync<TemplateOverrunException>(async () => await compiled.ComposeAsync(
            name => name == "remedies" ? System.Collections.Immutable.ImmutableArray.Create("a", "b", "c")
                : new string('n', 19_000), Letterheads.Plain));
        (await house.Composer.ComposeAsync(message with { Template = "there-is-none" })).ShouldBeOfType<NoticeOutcome.DeadLetter>()
            .Code.ShouldBe(NoticeReasons.TemplateUnknown);
        (await house.Composer.ComposeAsync(message with { Payload = Encoding.UTF8.GetBytes("{") }))
            .ShouldBeOfType<NoticeOutcome.DeadLetter>()
            .Code.ShouldBe(NoticeReasons.NotForPeople);
        (await house.Composer.ComposeAsync(message with { To = null })).ShouldBeOfType<NoticeOutcome.DeadLetter>();
        (await house.ComposeAsync(message with { Template = "customer-registered" })).Text.ShouldContain("registered");
    }

    [Fact]
    public async Task S145_An_erased_customer_is_told_nothing()
    {
        await using var house = new House();
        var id = await house.FileAsync(Drafts.English());
        var message = await house.MessageAsync("registered", "customer-registered");
        (await house.Composer.ComposeAsync(message)).ShouldBeOfType<NoticeOutcome.Composed>("the control");
        var person = (await house.Desk.ViewAsync(id))!.Complaint.Receipt.Person;
        await house.Get<PersonKeys>().DestroyAsync(TenantId.Default, person, default);
        (await house.Composer.ComposeAsync(message)).ShouldBeOfType<NoticeOutcome.Suppressed>().Reason.ShouldBe(NoticeReasons.Erased);
        (await house.Composer.ComposeAsync(message with { To = new(Audience.Team, "x"), Template = "staff-registered" }))
            .ShouldBeOfType<NoticeOutcome.Composed>("the staff is told of the case, without a word of the person");
    }

    [Fact]
    public async Task X24_A_representative_without_authority_is_told_nothing()
    {
        await using var house = new House();
        var id = await house.FileAsync(Drafts.English());
        await house.DoAsync(id, new AddParticipant("representative", "Rita Rep", Email: "rita@example.org"));
        var message = await house.MessageAsync("registered", "customer-registered", new Addressee(Audience.Representative, "1"));
        (await house.Composer.ComposeAsync(message)).ShouldBeOfType<NoticeOutcome.Suppressed>().Reason.ShouldBe(NoticeReasons.NoAuthority);
        (await house.Composer.ComposeAsync(message with { To = new(Audience.Representative, "7") }))
            .ShouldBeOfType<NoticeOutcome.Suppressed>().Reason.ShouldBe(NoticeReasons.NoRecipient);
        await house.DoAsync(id, new AmendParticipant(1, ParticipantAuthority.Received, "L-1"));
        var told = (await house.Composer.ComposeAsync(message)).ShouldBeOfType<NoticeOutcome.Composed>();
        told.Notice.Text.ShouldStartWith("Dear Rita Rep,");
        told.Recipient.Contacts.ShouldHaveSingleItem().Value.ShouldBe("rita@example.org");
        told.ToString().ShouldNotContain("Rita");
    }

    [Fact]
    public async Task S145_What_the_staff_gets_reveals_nobody()
    {
        var log = new Disclosures();
        await using var house = new House(builder =>
            builder.Services.AddSingleton<IDisclosureLog>(log));
        await house.FileAsync(Drafts.English());
        var message = await house.MessageAsync("registered", "staff-registered", new Addressee(Audience.Owner, "amy"));
        var notice = await house.ComposeAsync(message, "en");
        notice.Text.ShouldContain("Case: ");
        notice.Text.ShouldNotContain("Ann");
        log.Written.ShouldBeEmpty();
        await house.ComposeAsync(message with { To = new(Audience.Customer), Template = "customer-registered" });
        var told = log.Written.ShouldHaveSingleItem();
        (told.Actor.Id, told.Purpose.Value).ShouldBe(("notifier", "notification"));
    }

    private sealed class Disclosures : IDisclosureLog
    {
        public List<Disclosure> Written { get; } = [];

        public ValueTask WriteAsync(Disclosure disclosure, CancellationToken cancellationToken)
        {
            Written.Add(disclosure);
            return default;
        }
    }
}

internal static class Letterheads
{
    public static Letterhead Plain { get; } = new(new("Acme", "爱克美"));
}
