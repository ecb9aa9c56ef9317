using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunke.Actors.Alerts.Messages;

namespace Xunke.Web.Alerts.Messages;

/// <summary>Calls group robots: signed where they have a secret, without following redirects, and reading little of the answer.</summary>
internal sealed class RobotDelivery(TimeProvider time) : IDisposable
{
    private const int MostBytes = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterTooMany = TimeSpan.FromMinutes(1);

    /// <summary>DingTalk shuts out for so long who sends too much.</summary>
    private static readonly TimeSpan AfterTooManyOfDingTalk = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Bytes of text that a service takes.</summary>
    public static int LongestText(AlertChannel channel) => channel is AlertChannel.WeCom ? 2048 : 15_000;

    /// <summary>Sends a text.</summary>
    public async Task<Delivery> SendAsync(RobotTarget target, string text, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = Make(target, text);
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            return Read(target.Channel, response.StatusCode, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery(false, "no answer in time");
        }
        catch (HttpRequestException fault)
        {
            return new Delivery(false, $"no connection: {fault.HttpRequestError}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Make(RobotTarget target, string text)
    {
        Uri address = target.Address;
        object body;
        if (target.Channel is AlertChannel.Feishu)
        {
            string second = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var content = new { text };
            // Feishu signs nothing with the time and the secret as the key.
            body = target.Secret is { } key
                ? new { timestamp = second, sign = Sign($"{second}\n{key}", string.Empty), msg_type = "text", content }
                : new { msg_type = "text", content };
        }
        else
        {
            body = new { msgtype = "text", text = new { content = text } };
            if (target is { Channel: AlertChannel.DingTalk, Secret: { } secret })
            {
                string milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                string sign = Uri.EscapeDataString(Sign(secret, $"{milliseconds}\n{secret}"));
                string more = $"timestamp={milliseconds}&sign={sign}";
                address = new UriBuilder(address) { Query = address.Query is { Length: > 1 } has ? $"{has[1..]}&{more}" : more }.Uri;
            }
        }

        return new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
    }

    private static string Sign(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    private static Delivery Read(AlertChannel channel, HttpStatusCode status, string body)
    {
        if (status is HttpStatusCode.OK && CodeOf(body) is { } code)
        {
            // Too many: WeCom 45009, DingTalk 130101 and 410100, Feishu 9499 and 11232.
            bool isTooMany = code is 45009 or 130101 or 410100 or 9499 or 11232;
            return new Delivery(code == 0, Delivery.Tidy(body), Wait: isTooMany ? Long(channel) : null);
        }

        string answer = Delivery.Tidy($"HTTP {(int)status} {body}");
        return new Delivery(false, answer, Wait: status is HttpStatusCode.TooManyRequests ? Long(channel) : null);
    }

    private static TimeSpan Long(AlertChannel channel) => channel is AlertChannel.DingTalk ? AfterTooManyOfDingTalk : AfterTooMany;

    private static long? CodeOf(string body)
    {
        try
        {
            using var read = JsonDocument.Parse(body);
            return read.RootElement.ValueKind is JsonValueKind.Object
                && (read.RootElement.TryGetProperty("errcode", out JsonElement code)
                    || read.RootElement.TryGetProperty("code", out code) || read.RootElement.TryGetProperty("StatusCode", out code))
                && code.TryGetInt64(out long number) ? number : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not of the service's form: a proxy's page, for one.
            return null;
        }
    }
}
