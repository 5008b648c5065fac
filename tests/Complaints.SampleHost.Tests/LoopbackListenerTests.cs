using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Complaints.SampleHost.Tests;

/// <summary>What the server binds in the end, whatever its configuration called it.</summary>
public sealed class LoopbackListenerTests
{
    private readonly LoopbackListener _listener = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task R40_Nothing_but_this_machine_is_bound(string address)
    {
        var endpoint = new IPEndPoint(IPAddress.Parse(address), 0);
        var refused = await Should.ThrowAsync<IOException>(async () => await _listener.BindAsync(endpoint));
        refused.Message.ShouldContain("sign-in");
    }

    [Fact]
    public async Task Control_this_machine_is_bound()
    {
        await using var bound = await _listener.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        ((IPEndPoint)bound.EndPoint).Port.ShouldBeGreaterThan(0);
    }
}
