using System.Security.Cryptography;
using Complaints.Core;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Email.Tests;

public sealed class ReplyTokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly ComplaintId Case = new(Guid.Parse("0198f7a0-0000-7000-8000-000000000001"));

    private static ReplyTokens Tokens(byte[]? key = null, params byte[][] earlier)
    {
        var options = new EmailOptions
        {
            Host = "localhost", From = "service@example.org", ReplyTo = "reply@example.org", ReplyKey = key ?? Key,
        };
        foreach (var old in earlier)
            options.EarlierReplyKeys.Add(old);
        options.Problems().ShouldBeEmpty();
        return new(Options.Create(options));
    }

    [Fact]
    public void R25_A_token_counts_for_its_case_and_address_only()
    {
        var address = Tokens().AddressFor(TenantId.Default, Case, "Ann.Smith@Example.org").ShouldNotBeNull();
        address.ShouldStartWith("reply+");
        address.Split('@')[0].Length.ShouldBeLessThanOrEqualTo(64);
        Tokens().Verify(TenantId.Default, address, "ann.smith@example.org").ShouldBe(Case);
        Tokens().Verify(TenantId.Default, address.ToUpperInvariant(), "ann.smith@example.org").ShouldBe(Case, "servers fold the case");
        Tokens().Verify(TenantId.Default, address, "eve@example.org").ShouldBeNull();
        Tokens().Verify(new TenantId("other"), address, "ann.smith@example.org").ShouldBeNull();
        Tokens(RandomNumberGenerator.GetBytes(32)).Verify(TenantId.Default, address, "ann.smith@example.org").ShouldBeNull();
    }

    [Fact]
    public void R25_Every_altered_character_is_found()
    {
        var address = Tokens().AddressFor(TenantId.Default, Case, "ann@example.org")!;
        for (var i = "reply+".Length; i < address.IndexOf('@'); i++)
        {
            var altered = address.ToCharArray();
            altered[i] = altered[i] == 'a' ? 'b' : 'a';
            Tokens().Verify(TenantId.Default, new string(altered), "ann@example.org").ShouldBeNull($"at {i}");
        }
        string[] others =
        [
            "", "reply@example.org", "reply+@example.org", address + "x", "x" + address, address.Replace("+", "-"), new string('+', 300),
        ];
        foreach (var wrong in others)
            Tokens().Verify(TenantId.Default, wrong, "ann@example.org").ShouldBeNull(wrong);
    }

    [Fact]
    public void R25_Both_keys_count_while_they_are_rotated()
    {
        var address = Tokens().AddressFor(TenantId.Default, Case, "ann@example.org")!;
        var next = RandomNumberGenerator.GetBytes(32);
        Tokens(next, Key).Verify(TenantId.Default, address, "ann@example.org").ShouldBe(Case);
        Tokens(next).Verify(TenantId.Default, address, "ann@example.org").ShouldBeNull();
    }

    [Fact]
    public void R25_Domains_in_other_scripts_are_compared_in_their_ASCII_form()
    {
        var address = Tokens().AddressFor(TenantId.Default, Case, "li@例子.测试")!;
        Tokens().Verify(TenantId.Default, address, "li@xn--fsqu00a.xn--0zwm56d").ShouldBe(Case);
    }

    [Fact]
    public void S145_Options_that_cannot_be_used_say_what_to_do()
    {
        static string[] Codes(Action<EmailOptions> change)
        {
            var options = new EmailOptions { Host = "smtp.example.org", From = "service@example.org" };
            change(options);
            return [.. options.Problems().Select(problem => problem.Split(':')[0])];
        }

        Codes(_ => { }).ShouldBeEmpty();
        Codes(options => options.Host = "a b").ShouldBe(["mail.host"]);
        Codes(options => options.Port = 0).ShouldBe(["mail.port"]);
        Codes(options => options.From = "service").ShouldBe(["mail.from"]);
        Codes(options => options.From = "a@example.org\r\nBcc: x@example.org").ShouldBe(["mail.from"]);
        Codes(options => options.Security = MailSecurity.None).ShouldBe(["mail.plain"]);
        Codes(options => (options.Security, options.Host) = (MailSecurity.None, "127.0.0.1")).ShouldBeEmpty();
        Codes(options => (options.Security, options.AllowPlainText) = (MailSecurity.None, true)).ShouldBeEmpty();
        Codes(options => (options.Security, options.AllowPlainText, options.User, options.Password) = (MailSecurity.None, true, "u", "p"))
            .ShouldBe(["mail.plain_password"]);
        Codes(options => options.User = "u").ShouldBe(["mail.user"]);
        Codes(options => options.Password = "p").ShouldBe(["mail.user"]);
        Codes(options => (options.ReplyTo, options.ReplyKey) = ("reply@example.org", new byte[31])).ShouldBe(["mail.reply_key"]);
        Codes(options => (options.ReplyTo, options.ReplyKey) = ("much-too-long-reply@example.org", new byte[32]))
            .ShouldBe(["mail.reply_to"]);
        Codes(options => options.Timeout = TimeSpan.Zero).ShouldBe(["mail.timeout"]);
    }

    [Theory]
    [InlineData("ann@example.org", true)]
    [InlineData("li@例子.测试", true)]
    [InlineData("ann@localhost", true)]
    [InlineData("ann@example.org\r\nBcc: eve@example.org", false)]
    [InlineData("ann@example.org, eve@example.org", false)]
    [InlineData("Ann <ann@example.org>", false)]
    [InlineData("ann", false)]
    [InlineData("@example.org", false)]
    [InlineData("ann@", false)]
    [InlineData("a@b@example.org", false)]
    [InlineData("\"a b\"@example.org", false)]
    public void R23_An_address_is_one_address(string address, bool isGood)
    {
        (MailAddress.Parse(address, null) is not null).ShouldBe(isGood);
        MailAddress.Parse(new string('a', 290) + "@example.org", null).ShouldBeNull();
        MailAddress.Parse("ann@example.org", "Ann\r\nBcc: x")!.ToString().ShouldNotContain("\n");
    }
}
