using System.Net;
using System.Net.Sockets;
using Complaints.Core.Notifications;
using Complaints.Notifications.Webhooks.Outbound;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>No webhook reaches what only this host reaches, however its address is written (R24).</summary>
public sealed class ForbiddenAddressTests
{
    /// <summary>Each leads to this machine or into a network that is not public; a name that does not exist leads nowhere.</summary>
    public static TheoryData<string> Hosts =>
    [
        // This machine.
        "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0x0.0x0.0x1",
            "0177.0.0.1",
        "017700000001", "0177.1", "00000177.0.0.01", "127.0.0.1..", "localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.localhost.",
        "%6c%6f%63alhost", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "0", "0.0.0.0", "0x0", "00", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
        "[0000::0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:0:127.0.0.1]", "[::1%25lo]",
        // Translators and tunnels.
        "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[64:ff9b::169.254.169.254]", "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]", "[2001:0:53aa:64c:0:fbff:80ff:fffe]", "[2001:db8::1]", "[2606:4700::5efe:10.0.0.1]",
            "[fe80::5efe:127.0.0.1]",
        // Services of clouds.
        "169.254.169.254", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "[::ffff:169.254.169.254]", "[fd00:ec2::254]",
            "100.100.100.200",
        "168.63.129.16", "192.0.0.192",
        // Networks.
        "10.0.0.1", "10.1", "0xa000001", "100.64.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0xc0a80101", "198.18.0.1",
        "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[100::1]", "[3fff::1]",
    ];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task R24_No_form_of_an_address_reaches_this_machine(string host)
    {
        using var four = new TcpListener(IPAddress.Loopback, 0);
        four.Start();
        var port = ((IPEndPoint)four.LocalEndpoint).Port;
        using var six = new TcpListener(IPAddress.IPv6Loopback, port);
        six.Start();

        var url = $"http://{host}:{port}/";
        // What the check at the start lets pass, the connection must refuse.
        var refused = UrlCheck.Of(url, allowHttp: true, new AddressGuard([]));
        refused?.Code.ShouldBeOneOf("webhook.url", "webhook.url_address");
        if (Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            var result = await Sender.Through(url, resolve: null).SendAsync();
            result.ShouldBeOfType<DeliveryResult.Retry>();
        }
        four.Pending().ShouldBeFalse();
        six.Pending().ShouldBeFalse();
    }

    [Fact]
    public void R24_Nearly_all_forms_are_refused_before_the_host_starts()
    {
        var passed = Hosts.Select(row => row.Data).Where(host => UrlCheck.Of($"http://{host}/", allowHttp: true,
            new AddressGuard([])) is null).ToList();
        Hosts.Count.ShouldBeGreaterThan(60);
        passed.ShouldBe([]);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.0/8")]
    [InlineData("[::ffff:127.0.0.1]", "127.0.0.0/8")]
    [InlineData("localhost", "127.0.0.0/8")]
    [InlineData("2130706433", "127.0.0.1/32")]
    public async Task R24_Control_a_network_that_the_host_allows_is_reached(string host, string network)
    {
        await using var receiver = await Receiver.StartAsync();
        var url = $"http://{host}:{receiver.Port}/";
        UrlCheck.Of(url, allowHttp: true, new AddressGuard([IPNetwork.Parse(network)])).ShouldBeNull();
        (await Sender.Through(url, resolve: null, network).SendAsync()).ShouldBe(DeliveryResult.Delivered);
        receiver.Seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("8.8.8.8"), InlineData("[2606:4700:4700::1111]"), InlineData("[64:ff9b::8.8.8.8]"), InlineData("example.org"),
        InlineData("172.32.0.1")]
    [InlineData("100.63.255.255"), InlineData("[::ffff:8.8.8.8]"), InlineData("169.253.1.1"), InlineData("例子.测试"),
        InlineData("localhost.example.org")]
    public void R24_Control_what_is_public_is_let_through(string host) =>
        UrlCheck.Of($"https://{host}/", allowHttp: false, new AddressGuard([])).ShouldBeNull();

    [Fact]
    public async Task R24_A_name_that_first_leads_elsewhere_and_then_here_is_refused_then()
    {
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            // So that the next message asks for the name again.
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        var asked = 0;
        var channel = Sender.Through($"http://rebinds.example.org:{receiver.Port}/", (_, _) =>
            Task.FromResult(new[] { IPAddress.Parse(asked++ == 0 ? "127.0.0.1" : "127.0.0.2") }), "127.0.0.1/32");
        (await channel.SendAsync()).ShouldBe(DeliveryResult.Delivered);
        (await channel.SendAsync()).ShouldBe(new DeliveryResult.Retry("The host's name leads to no address that is public or allowed."));
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task R24_Of_several_addresses_only_those_are_tried_that_are_allowed()
    {
        await using var receiver = await Receiver.StartAsync();
        using var trap = new TcpListener(IPAddress.Parse("127.0.0.2"), receiver.Port);
        trap.Start();
        var channel = Sender.Through($"http://mixed.example.org:{receiver.Port}/", (_, _) => Task.FromResult(new[]
        {
            IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.1"),
        }), "127.0.0.1/32");
        (await channel.SendAsync()).ShouldBe(DeliveryResult.Delivered);
        trap.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task R24_A_proxy_of_the_machine_is_not_asked()
    {
        await using var proxy = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy($"http://127.0.0.1:{proxy.Port}");
        try
        {
            (await Sender.To(receiver.Url).SendAsync()).ShouldBe(DeliveryResult.Delivered);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
        proxy.Seen.ShouldBeEmpty();
        receiver.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task R24_A_name_that_does_not_exist_is_tried_again()
    {
        var channel = Sender.Through("http://nowhere.example.org/", (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        (await channel.SendAsync()).ShouldBeOfType<DeliveryResult.Retry>();
        (await Sender.Through("http://empty.example.org/", (_, _) => Task.FromResult(Array.Empty<IPAddress>())).SendAsync())
            .ShouldBeOfType<DeliveryResult.Retry>();
    }
}
