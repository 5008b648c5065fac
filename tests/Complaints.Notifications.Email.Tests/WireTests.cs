using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Complaints.Notifications.Email.Tests;

public sealed class WireTests
{
    private static IntakeDraft With(string? email, string? name = "王小明") => Drafts.Chinese() with
    {
        Complainant = new Complainant(name, CustomerRef: "C-1",
            Contacts: email is null ? [new("phone", "13800000001")] : [new("email", email)]),
    };

    [Fact]
    public async Task S145_A_mail_has_text_and_HTML_names_in_their_script_ids_that_stay_and_a_thread()
    {
        await using var server = new MailServer();
        await using var office = new Office(server.Port);
        var message = await office.FiledAsync(With("wang@example.org"));
        (await office.SendAsync(message)).ShouldBe(DeliveryResult.Delivered);
        (await office.SendAsync(message with { Attempt = 2 })).ShouldBe(DeliveryResult.Delivered);
        server.Mails.Count.ShouldBe(2);
        server.Sessions.ShouldBe(1, "one connection is used by one mail after the other");
        var (mail, again) = (server.Mails.First(), server.Mails.Last());
        again.MessageId.ShouldBe(mail.MessageId);
        mail.MessageId.ShouldBe($"{message.Id:N}@example.org");
        mail.References.ShouldHaveSingleItem().ShouldBe($"case.{message.Complaint.Value:N}@example.org");
        mail.InReplyTo.ShouldBe(mail.References[0]);
        mail.To.Mailboxes.ShouldHaveSingleItem().Name.ShouldBe("王小明");
        mail.From.Mailboxes.Single().Name.ShouldBe("客户服务中心");
        mail.Subject.ShouldStartWith("我们已收到您的诉求");
        mail.TextBody!.ShouldContain("冰箱送错型号");
        mail.HtmlBody!.ShouldContain("冰箱送错型号");
        ((MultipartAlternative)mail.Body!).Count.ShouldBe(2);
        (mail.Headers["Auto-Submitted"], mail.Headers["Precedence"]).ShouldBe(("auto-generated", "bulk"));
        var reply = mail.ReplyTo.Mailboxes.Single().Address;
        office.Get<ReplyTokens>().Verify(TenantId.Default, reply, "wang@example.org").ShouldBe(message.Complaint);
        reply.ShouldNotContain("wang");
    }

    [Fact]
    public async Task S145_A_domain_in_another_script_goes_over_the_wire_in_its_ASCII_form()
    {
        await using var server = new MailServer();
        await using var office = new Office(server.Port);
        (await office.SendAsync(await office.FiledAsync(With("li@例子.测试")))).ShouldBe(DeliveryResult.Delivered);
        server.Raw.Single().ShouldContain("li@xn--fsqu00a.xn--0zwm56d");
    }

    [Fact]
    public async Task R23_An_address_with_a_line_break_or_300_characters_gets_nothing()
    {
        await using var server = new MailServer();
        await using var office = new Office(server.Port);
        foreach (var bad in new[] { "eve@example.org,ann@example.org", "<eve@example.org>", "no-address" })
        {
            var filed = await office.Desk.RegisterAsync(With(bad));
            if (!filed.IsSuccess)
                continue;
            (await office.SendAsync(await office.FiledAsync(With(bad)))).ShouldBeOfType<DeliveryResult.DeadLetter>(bad)
                .Reason.ShouldBe(MailReasons.AddressInvalid);
        }
        var staff = new Addresses("a@example.org\r\nBcc: eve@example.org");
        await using var other = new Office(server.Port, more: builder =>
            builder.Services.AddSingleton<IStaffAddresses>(staff));
        var message = await other.FiledAsync(template: "staff-registered", to: new Addressee(Audience.Owner, "amy"));
        (await other.SendAsync(message)).ShouldBeOfType<DeliveryResult.DeadLetter>().Reason.ShouldBe(MailReasons.AddressInvalid);
        staff.Address = new string('a', 290) + "@example.org";
        (await other.SendAsync(message)).ShouldBeOfType<DeliveryResult.DeadLetter>().Reason.ShouldBe(MailReasons.AddressInvalid);
        server.Mails.ShouldBeEmpty();
        staff.Address = "amy@example.org";
        (await other.SendAsync(message)).ShouldBe(DeliveryResult.Delivered, "the control");
    }

    [Fact]
    public async Task S145_Who_cannot_be_reached_is_a_dead_letter_with_its_reason()
    {
        await using var server = new MailServer();
        await using var office = new Office(server.Port);
        var message = await office.FiledAsync(With(null));
        (await office.SendAsync(message)).ShouldBe(new DeliveryResult.DeadLetter(MailReasons.NoContact));
        (await office.SendAsync(message with { To = new(Audience.Department, "technical"), Template = "staff-registered" }))
            .ShouldBe(new DeliveryResult.DeadLetter(MailReasons.NoStaffAddress));
        (await office.SendAsync(message with { To = new(Audience.Representative, "1") }))
            .ShouldBe(new DeliveryResult.DeadLetter("notice.no_recipient"));
        (await office.SendAsync(message with { To = null })).ShouldBe(DeliveryResult.Delivered, "it is for a system");
        await office.Get<PersonKeys>().DestroyAsync(
            TenantId.Default, (await office.Desk.ViewAsync(message.Complaint))!.Complaint.Receipt.Person, default);
        (await office.SendAsync(message)).ShouldBe(new DeliveryResult.DeadLetter("notice.erased"));
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task S145_Our_own_people_are_found_in_the_definition()
    {
        await using var server = new MailServer();
        await using var office = new Office(server.Port, more: builder => builder.AddDefinition(
            MailAddresses.Kind, "default", """{"departments":{"technical":"tech@example.org"}}"""));
        var message = await office.FiledAsync(template: "staff-registered", to: new Addressee(Audience.Department, "technical"));
        (await office.SendAsync(message)).ShouldBe(DeliveryResult.Delivered);
        var mail = server.Mails.Single();
        mail.To.Mailboxes.Single().Address.ShouldBe("tech@example.org");
        mail.ReplyTo.ShouldBeEmpty();
        mail.TextBody!.ShouldNotContain("Ann");
        MailAddresses.Kind.Check(MailAddresses.Kind.Parse("""{"roles":{"manager":"x"}}"""), "default", Core.Definitions.Rulebook.BuiltIn)
            .ShouldHaveSingleItem().Code.ShouldBe("mail.address_invalid");
    }

    [Theory]
    [InlineData("RCPT", "450 busy", typeof(DeliveryResult.Retry), "mail.later: 450")]
    [InlineData("RCPT", "550 no such user ann.smith.1@example.org", typeof(DeliveryResult.DeadLetter), "mail.recipient_refused: 550")]
    [InlineData("MAIL", "550 not you", typeof(DeliveryResult.Retry), "mail.sender_refused: 550")]
    [InlineData("MAIL", "451 later", typeof(DeliveryResult.Retry), "mail.later: 451")]
    [InlineData("DATA", "554 no", typeof(DeliveryResult.DeadLetter), "mail.message_refused: 554")]
    [InlineData(".", "552 too big", typeof(DeliveryResult.DeadLetter), "mail.message_refused: 552")]
    [InlineData(".", "452 full", typeof(DeliveryResult.Retry), "mail.later: 452")]
    [InlineData(".", null, typeof(DeliveryResult.Retry), "mail.unreachable: ")]
    [InlineData("RCPT", null, typeof(DeliveryResult.Retry), "mail.unreachable: ")]
    [InlineData("MAIL", "421 going down", typeof(DeliveryResult.Retry), "mail.later: 421")]
    public async Task R15_What_the_server_says_is_tried_again_or_given_up_and_then_works_again(
        string verb, string? answer, Type expected, string reason)
    {
        var isBad = true;
        await using var server = new ScriptedServer(said => isBad && said == verb ? answer : ScriptedServer.Good(said));
        await using var office = new Office(server.Port);
        var message = await office.FiledAsync();
        var result = await office.SendAsync(message);
        result.ShouldBeOfType(expected);
        var said = result is DeliveryResult.Retry retry ? retry.Reason : ((DeliveryResult.DeadLetter)result).Reason;
        said.ShouldStartWith(reason);
        said.ShouldNotContain("@", customMessage: "a server's words may repeat an address");
        isBad = false;
        (await office.SendAsync(message)).ShouldBe(DeliveryResult.Delivered);
        server.Data.ShouldAllBe(data => data.Contains($"Message-Id: <{message.Id:N}@example.org>", StringComparison.OrdinalIgnoreCase));
        if (answer is null && verb == ".")
            server.Data.Count.ShouldBe(2, "at least once, with one id");
    }

    [Fact]
    public async Task R15_A_server_that_is_not_there_is_tried_again()
    {
        await using var office = new Office(MailServer.FreePort());
        (await office.SendAsync(await office.FiledAsync())).ShouldBeOfType<DeliveryResult.Retry>()
            .Reason.ShouldStartWith("mail.unreachable");
    }

    [Fact]
    public async Task S145_STARTTLS_is_asked_for_and_nothing_goes_without_it()
    {
        await using var plain = new MailServer();
        await using var secure = new MailServer(isSecure: true);
        await using var first = new Office(plain.Port, options => options.Security = MailSecurity.StartTls);
        (await first.SendAsync(await first.FiledAsync())).ShouldBe(new DeliveryResult.Retry(MailReasons.Insecure));
        plain.Mails.ShouldBeEmpty();
        await using var second = new Office(secure.Port, options => options.Security = MailSecurity.StartTls);
        (await second.SendAsync(await second.FiledAsync())).ShouldBe(
            new DeliveryResult.Retry(MailReasons.Insecure), "nobody vouches for its certificate");
        secure.Mails.ShouldBeEmpty();
        await using var third = new Office(secure.Port, options =>
            (options.Security, options.Certificates) = (MailSecurity.StartTls, static (_, certificate, _, _) => certificate is not null));
        (await third.SendAsync(await third.FiledAsync())).ShouldBe(DeliveryResult.Delivered);
        secure.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task S145_A_user_with_a_wrong_password_sends_nothing()
    {
        await using var server = new MailServer(login: ("service", "right"));
        await using var wrong = new Office(server.Port, options => (options.User, options.Password) = ("service", "wrong"));
        (await wrong.SendAsync(await wrong.FiledAsync())).ShouldBeOfType<DeliveryResult.Retry>()
            .Reason.ShouldStartWith("mail.not_authenticated");
        await using var right = new Office(server.Port, options => (options.User, options.Password) = ("service", "right"));
        (await right.SendAsync(await right.FiledAsync())).ShouldBe(DeliveryResult.Delivered);
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task S145_Whoever_has_too_many_addresses_is_told_so_and_nobody_is_left_out_in_silence()
    {
        await using var server = new MailServer();
        var staff = new Addresses("amy@example.org") { Count = 51 };
        await using var office = new Office(server.Port, more: builder => builder.Services.AddSingleton<IStaffAddresses>(staff));
        var message = await office.FiledAsync(template: "staff-registered", to: new Addressee(Audience.Role, "supervisor"));
        (await office.SendAsync(message)).ShouldBe(new DeliveryResult.DeadLetter($"{MailReasons.TooManyAddresses}: 51"));
        server.Mails.ShouldBeEmpty();
        staff.Count = 50;
        (await office.SendAsync(message)).ShouldBe(DeliveryResult.Delivered, "the control");
    }

    private sealed class Addresses(string address) : IStaffAddresses
    {
        public string Address { get; set; } = address;

        public int Count { get; set; } = 1;

        public ValueTask<System.Collections.Immutable.ImmutableArray<string>> FindAsync(
            TenantId tenant, Addressee to, CancellationToken cancellationToken) =>
            new([.. Enumerable.Repeat(Address, Count)]);
    }
}
