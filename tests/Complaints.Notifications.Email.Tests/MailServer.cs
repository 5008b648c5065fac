using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Complaints.Notifications.Email.Tests;

/// <summary>A real mail server on loopback that keeps what it gets.</summary>
internal sealed class MailServer : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private int _sessions;

    public MailServer(bool isSecure = false, (string User, string Password)? login = null)
    {
        Port = FreePort();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(builder =>
        {
            builder.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            if (isSecure)
                builder.Certificate(SelfSigned());
            if (login is not null)
                builder.AuthenticationRequired().AllowUnsecureAuthentication();
        }).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(this);
        if (login is var (user, password))
            services.Add(new DelegatingUserAuthenticator((given, secret) => given == user && secret == password));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Interlocked.Increment(ref _sessions);
        _running = server.StartAsync(_ending.Token);
    }

    public int Port { get; }

    /// <summary>How many connections there were.</summary>
    public int Sessions => _sessions;

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    public ConcurrentQueue<string> Raw { get; } = new();

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        var bytes = buffer.ToArray();
        Raw.Enqueue(System.Text.Encoding.UTF8.GetString(bytes));
        Mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(bytes), cancellationToken));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>A mail server that answers as it is told, and hangs up where it is told nothing.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly Task _running;

    /// <param name="answer">The answer to a line: of a command its verb, <c>.</c> for the end of the data; <c>null</c> to hang up.</param>
    public ScriptedServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Data { get; } = new();

    public static string? Good(string verb) => verb switch
    {
        "HELLO" => "220 localhost",
        "EHLO" => "250 localhost",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync(Good("HELLO"));
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    var verb = line.Split(' ')[0].ToUpperInvariant();
                    if (_answer(verb) is not { } answer)
                        break;
                    await writer.WriteLineAsync(answer);
                    if (answer.StartsWith("354"))
                    {
                        var lines = new List<string>();
                        while (await reader.ReadLineAsync() is { } data && data != ".")
                            lines.Add(data);
                        Data.Enqueue(string.Join('\n', lines));
                        if (_answer(".") is not { } end)
                            break;
                        await writer.WriteLineAsync(end);
                    }
                }
            }
            catch (IOException)
            {
                // The client hung up.
            }
        }
    }
}
