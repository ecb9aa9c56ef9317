using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunke.Actors.Alerts.Messages;

namespace Xunke.Tests.Web.Alerts;

/// <summary>
/// The group robots of the three services, as far as a caller sees them: they check the form, the signature, the length and how many
/// come, and answer as the services' documents say.
/// </summary>
internal sealed class RobotStandIn : IDisposable
{
    public const string Secret = "SEC-of-the-group";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, List<DateTimeOffset>> _calls = new();
    private readonly TimeProvider _time;

    public RobotStandIn(TimeProvider time)
    {
        _time = time;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Origin = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"{Origin}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Origin { get; }

    /// <summary>The texts that were taken, by the path that they came to.</summary>
    public ConcurrentQueue<(string Path, string Text)> Taken { get; } = new();

    /// <summary>How many were refused because too many came.</summary>
    public int TooMany { get; private set; }

    /// <summary>Whether it answers with an error of its own.</summary>
    public bool IsBroken { get; set; }

    /// <summary>A robot's address.</summary>
    public string AddressOf(AlertChannel channel, string key = "k1") => Origin + channel switch
    {
        AlertChannel.WeCom => $"/cgi-bin/webhook/send?key={key}",
        AlertChannel.DingTalk => $"/robot/send?access_token={key}",
        _ => $"/open-apis/bot/v2/hook/{key}",
    };

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            (int status, string answer) = await AnswerAsync(context.Request);
            context.Response.StatusCode = status;
            byte[] bytes = Encoding.UTF8.GetBytes(answer);
            if (status is >= 300 and < 400)
            {
                context.Response.RedirectLocation = $"{Origin}/elsewhere";
            }

            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
    }

    private async Task<(int Status, string Answer)> AnswerAsync(HttpListenerRequest request)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(request.InputStream);
        string path = request.Url!.AbsolutePath; // A request has one.
        if (path == "/moved")
        {
            return (302, string.Empty);
        }

        if (IsBroken)
        {
            return (502, "<html>bad gateway</html>");
        }

        JsonElement root = body.RootElement;
        return path switch
        {
            "/cgi-bin/webhook/send" => Say("errcode", "errmsg", WeCom(root), 20, 45009, request.Url),
            "/robot/send" => Say("errcode", "errmsg", DingTalk(root, request), 20, 130101, request.Url),
            _ => Say("code", "msg", Feishu(root), 100, 11232, request.Url),
        };
    }

    private (int Status, string Answer) Say(string code, string message, (int Code, string Text) found, int limit, int tooMany, Uri address)
    {
        DateTimeOffset now = _time.GetUtcNow();
        string key = address.Query.Split('&')[0] + address.AbsolutePath;
        List<DateTimeOffset> calls = _calls.GetOrAdd(key, _ => []);
        calls.Add(now);
        bool isTooMany = calls.Count(at => now - at < TimeSpan.FromMinutes(1)) > limit
            || (limit == 100 && calls.Count(at => now - at < TimeSpan.FromSeconds(1)) > 5);
        TooMany += isTooMany ? 1 : 0;
        (int number, string text) = isTooMany ? (tooMany, "too many") : found;
        if (number == 0)
        {
            Taken.Enqueue((address.AbsolutePath, text));
        }

        return (200, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            [code] = number,
            [message] = number == 0 ? "ok" : text,
        }));
    }

    private static (int Code, string Text) WeCom(JsonElement root)
    {
        string text = root.GetProperty("text").GetProperty("content").GetString()!; // The form has it.
        return root.GetProperty("msgtype").GetString() == "text" && Encoding.UTF8.GetByteCount(text) <= 2048
            ? (0, text) : (40058, "invalid length");
    }

    private (int Code, string Text) DingTalk(JsonElement root, HttpListenerRequest request)
    {
        string time = request.QueryString["timestamp"] ?? "0";
        var sent = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture));
        string sign = Convert.ToBase64String(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}\n{Secret}")));
        return request.QueryString["sign"] == sign && (_time.GetUtcNow() - sent).Duration() < TimeSpan.FromHours(1)
            ? (0, root.GetProperty("text").GetProperty("content").GetString()!) // The form has it.
            : (310000, "sign not match");
    }

    private (int Code, string Text) Feishu(JsonElement root)
    {
        string time = root.TryGetProperty("timestamp", out JsonElement has) ? has.GetString()! : "0"; // It is a text.
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, CultureInfo.InvariantCulture));
        string sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{time}\n{Secret}"), Array.Empty<byte>()));
        return root.TryGetProperty("sign", out JsonElement given) && given.GetString() == sign
            && (_time.GetUtcNow() - sent).Duration() < TimeSpan.FromHours(1) && root.GetProperty("msg_type").GetString() == "text"
            ? (0, root.GetProperty("content").GetProperty("text").GetString()!) // The form has it.
            : (19021, "sign match fail or timestamp is not within one hour from current time");
    }
}
