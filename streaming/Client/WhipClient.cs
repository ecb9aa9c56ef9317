using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Xunke.Streaming.Client;

/// <summary>The HTTP side of WHIP (RFC 9725 section 4).</summary>
internal sealed class WhipClient : IDisposable
{
    private const int MostRedirections = 5;
    private const int LongestBody = 64 * 1024;
    private const string SdpMediaType = "application/sdp";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeletePatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly AuthenticationHeaderValue _authorization;

    public WhipClient(Uri url, string key)
    {
        _url = url;
        _authorization = new AuthenticationHeaderValue("Bearer", key);

        // The handler's own redirection would drop the key; RFC 9725 section 4.5 wants 307 and 308 followed with it.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = LongestBody,
        };
    }

    /// <summary>Posts the offer.</summary>
    /// <exception cref="PublishException">The server refuses for good.</exception>
    /// <exception cref="PublishRetryException">The server is away or busy.</exception>
    public async Task<WhipResource> CreateAsync(string offer, CancellationToken cancellationToken)
    {
        var url = _url;
        for (var redirection = 0; redirection <= MostRedirections; redirection++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new StringContent(offer, Encoding.UTF8, new MediaTypeHeaderValue(SdpMediaType)),
            };
            request.Headers.Authorization = _authorization;
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(SdpMediaType));
            using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is { } elsewhere)
            {
                url = new Uri(url, elsewhere);
                continue;
            }

            if (response.StatusCode == HttpStatusCode.Created && response.Headers.Location is { } location)
            {
                return new WhipResource(
                    new Uri(url, location), await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            }

            throw Refusal(response, await ReadDetailAsync(response, cancellationToken).ConfigureAwait(false));
        }

        throw new PublishException(PublishFault.OfferRefused, $"{_url} redirects more than {MostRedirections} times.");
    }

    /// <summary>Deletes the session. A server that is away has forgotten it, or soon will.</summary>
    public async Task DeleteAsync(WhipResource resource)
    {
        using var limit = new CancellationTokenSource(DeletePatience);
        using var request = new HttpRequestMessage(HttpMethod.Delete, resource.Location);
        request.Headers.Authorization = _authorization;
        try
        {
            using var response = await SendAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception away) when (away is PublishRetryException or OperationCanceledException)
        {
            // The server ends the session by itself when consent checks stop (RFC 7675).
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException fault)
        {
            throw new PublishRetryException($"{request.RequestUri!.GetLeftPart(UriPartial.Authority)} cannot be reached ({fault.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PublishRetryException(
                $"{request.RequestUri!.GetLeftPart(UriPartial.Authority)} did not answer within {Patience.TotalSeconds:F0} s");
        }
    }

    private Exception Refusal(HttpResponseMessage response, string detail)
    {
        var status = $"{(int)response.StatusCode}{(detail.Length > 0 ? $", {detail}" : "")}";
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new PublishException(PublishFault.KeyRefused, $"The server refuses this key for {_url} ({status})."),
            HttpStatusCode.NotFound =>
                new PublishException(PublishFault.RoomUnknown, $"The server knows no room at {_url} ({status})."),
            HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new PublishRetryException($"the server answers {status}", response.Headers.RetryAfter?.Delta),
            _ => new PublishException(PublishFault.OfferRefused, $"The server refuses the offer ({status})."),
        };
    }

    /// <summary>The <c>detail</c> of a problem document (RFC 9457), or nothing.</summary>
    private static async Task<string> ReadDetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return "";
        }

        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.ToString() : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
