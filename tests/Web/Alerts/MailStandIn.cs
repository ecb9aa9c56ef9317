using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Xunke.Tests.Web.Alerts;

/// <summary>A mail that a stand-in took.</summary>
internal sealed record TakenMail(string To, string Subject, string Body);

/// <summary>As much of a mail server as tests need: it takes mails, or refuses receivers with what a test says.</summary>
internal sealed partial class MailStandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public MailStandIn()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _work = AcceptAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<TakenMail> Taken { get; } = new();

    /// <summary>The answer to each receiver; 250 takes it.</summary>
    public string Answer { get; set; } = "250 ok";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _work;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient accepted)
    {
        try
        {
            using TcpClient client = accepted;
            await using NetworkStream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 ready");
            (string to, StringBuilder? data) = (string.Empty, null);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                if (data is not null && line != ".")
                {
                    data.Append(line).Append('\n');
                    continue;
                }

                if (data is not null)
                {
                    Taken.Enqueue(Read(to, data.ToString()));
                    data = null;
                }

                if (line.StartsWith("RCPT", StringComparison.Ordinal))
                {
                    to = line.Split('<', '>')[1];
                    await writer.WriteLineAsync(Answer);
                    continue;
                }

                data = line == "DATA" ? new StringBuilder() : null;
                await writer.WriteLineAsync(line switch { "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" });
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The client, or the test, is gone.
        }
    }

    private static TakenMail Read(string to, string data)
    {
        string[] parts = data.Split("\n\n", 2);
        string subject = EncodedWords().Replace(
            parts[0].Split('\n').First(line => line.StartsWith("Subject:", StringComparison.Ordinal))
                + string.Concat(parts[0].Split('\n').SkipWhile(line => !line.StartsWith("Subject:", StringComparison.Ordinal)).Skip(1)
                    .TakeWhile(line => line.StartsWith(' '))),
            word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));
        string body = parts[0].Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\n", string.Empty)))
            : parts[1];
        return new TakenMail(to, subject, body);
    }

    [GeneratedRegex(@"\s*=\?utf-8\?B\?([^?]+)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWords();
}
