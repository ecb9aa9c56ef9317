using System.Globalization;
using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// The connection to a camera, with its stream described and its challenge answered. The user and password stay in
/// this process: FFmpeg is served by <see cref="CameraRelay"/> and never learns them.
/// </summary>
internal sealed class CameraLink : IAsyncDisposable
{
    // A first question, one with the challenge answered, one with a newer nonce or another quality.
    private const int MaxAttempts = 3;

    private readonly CameraAddress _address;
    private readonly RtspAuthentication? _authentication;
    private RtspMessage? _optionsRefused;
    private int _sequence;

    private CameraLink(Stream stream, CameraSource source)
    {
        Connection = new RtspConnection(stream, Sync);
        _address = source.Address;
        BaseAddress = source.Address.Text;
        _authentication = source.UserName is { Length: > 0 } user ? new RtspAuthentication(user, source.Password ?? "") : null;
    }

    /// <summary>Where the camera's frames come from; requests are signed by <see cref="Sign"/>.</summary>
    public RtspConnection Connection { get; }

    /// <summary>What is known of the camera's frames.</summary>
    public InterleavedSync Sync { get; } = new();

    /// <summary>What the description's relative addresses are relative to (RFC 2326 C.1.1).</summary>
    public string BaseAddress { get; private set; }

    /// <summary>The camera's description of its streams, one byte in each character.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The methods that the camera says it has; null when it does not say.</summary>
    public string? Methods { get; private set; }

    /// <summary>Connects and asks for the description.</summary>
    /// <param name="patience">How long each of connecting and describing may take.</param>
    /// <exception cref="CameraException">The camera cannot be reached or refuses.</exception>
    /// <exception cref="CameraRedirect">The camera names another address.</exception>
    public static async Task<CameraLink> OpenAsync(
        CameraSource source, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        // FFmpeg begins with OPTIONS, and so must whoever wants to know how to keep a session alive. A camera that takes
        // offence at it or is silent is asked for its description alone.
        return await TryOpenAsync(source, withOptions: true, patience, time, cancellationToken).ConfigureAwait(false)
            ?? await TryOpenAsync(source, withOptions: false, patience, time, cancellationToken).ConfigureAwait(false)
            ?? throw new CameraException(CameraFaults.Lost);
    }

    /// <summary>Puts a request under the camera's own numbering and answers its challenge; call it for every sending anew.</summary>
    /// <param name="request">The request; its number and authorization are replaced.</param>
    /// <returns>The number under which its response should come.</returns>
    public int Sign(RtspMessage request)
    {
        var sequence = Interlocked.Increment(ref _sequence);
        request["CSeq"] = sequence.ToString(CultureInfo.InvariantCulture);
        request["User-Agent"] = "Xunke";
        request["Authorization"] = _authentication?.Authorize(request.Method, request.Uri);
        return sequence;
    }

    /// <summary>Learns from a response what it says of the user.</summary>
    /// <param name="attempts">How often the request has been sent.</param>
    /// <returns>Whether sending the request once more may help.</returns>
    public bool MayRepeat(RtspMessage response, int attempts)
    {
        if (response.Status == 401)
        {
            return _authentication?.TryLearn(response) == true && attempts < MaxAttempts;
        }

        if (response.Status < 300)
        {
            _authentication?.Accepted(response);
        }

        return false;
    }

    public Exception Refusal(RtspMessage response) => response.Status switch
    {
        >= 300 and < 400 => new CameraRedirect(_address, response),
        401 or 403 => new CameraException(CameraFaults.Unauthorized),
        404 or 454 => new CameraException(CameraFaults.NoStream),
        _ => new CameraException(CameraFaults.Rejected, $"RTSP {response.Status}"),
    };

    /// <summary>The exception that a broken connection stands for.</summary>
    public CameraException Breakdown(Exception? cause = null) => new(Sync.IsLost ? Noise : CameraFaults.Lost, null, cause);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    // Whoever has answered speaks RTSP: what cannot be read after that has been damaged.
    private string Noise => Sync.HasAnswered ? CameraFaults.Garbled : CameraFaults.NotRtsp;

    /// <returns>Null when the camera broke off or kept silent, and leaving OPTIONS out may help.</returns>
    private static async Task<CameraLink?> TryOpenAsync(
        CameraSource source, bool withOptions, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var stream = await CameraDial.WithinAsync(
            token => CameraDial.ConnectAsync(source.Address, token), patience, () =>
                new CameraException(CameraFaults.TimedOut), time, cancellationToken)
            .ConfigureAwait(false);
        var link = new CameraLink(stream, source);
        try
        {
            if (withOptions && !await CameraDial.WithinAsync(link.AskOptionsAsync, patience / 4, link.Late, time, cancellationToken)
                .ConfigureAwait(false))
            {
                await link.DisposeAsync().ConfigureAwait(false);
                return null;
            }

            await CameraDial.WithinAsync(link.DescribeAsync, patience, link.Late, time, cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch (CameraException silent) when (withOptions && link._sequence == 1 && silent.Fault == CameraFaults.TimedOut)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // What has come in part or could not be read was no silence.
    private CameraException Late() => Sync.IsLost || Connection.HasHalf
        ? new CameraException(Noise)
        : new CameraException(CameraFaults.TimedOut);

    /// <returns>False when the camera broke off.</returns>
    private async Task<bool> AskOptionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await AskAsync(RtspMessage.Request("OPTIONS", BaseAddress), cancellationToken).ConfigureAwait(false);
            if (response is null)
            {
                return Sync.IsLost ? throw Breakdown() : false;
            }

            if (response.Status < 300)
            {
                var methods = string.Join(", ", response.All("Public"));
                Methods = methods.Length > 0 ? methods.ToUpperInvariant() : null;
            }
            else if (response.Status < 400 || (response.Status == 401 && _sequence > 1))
            {
                throw Refusal(response);
            }
            else
            {
                _optionsRefused = response;
            }

            return true;
        }
        catch (RtspException malformed)
        {
            throw new CameraException(Noise, null, malformed);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<bool> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = RtspMessage.Request("DESCRIBE", BaseAddress);
            request["Accept"] = "application/sdp";
            var response = await AskAsync(request, cancellationToken).ConfigureAwait(false)
                ?? throw (_optionsRefused is null ? Breakdown() : Refusal(_optionsRefused));
            if (response.Status >= 300)
            {
                throw Refusal(response);
            }

            BaseAddress = Base(response);
            Description = Encoding.Latin1.GetString(response.Body.Span);
            return true;
        }
        catch (RtspException malformed)
        {
            throw new CameraException(Noise, null, malformed);
        }
        catch (IOException broken)
        {
            throw Breakdown(broken);
        }
    }

    // FFmpeg reads only Content-Base, so Content-Location is made into one; a value that is no absolute address is ignored.
    private string Base(RtspMessage response)
    {
        if (response["Content-Base"] is { } content && content.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase))
        {
            return content;
        }

        return CameraAddress.TryParse(response["Content-Location"], out var location, out _) && location.Host == _address.Host
            ? response["Content-Location"]!.Trim()
            : BaseAddress;
    }

    /// <returns>Null when the camera closed.</returns>
    private async Task<RtspMessage?> AskAsync(RtspMessage request, CancellationToken cancellationToken)
    {
        for (var attempts = 1; ; attempts++)
        {
            Sign(request);
            await Connection.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            RtspMessage? response;
            do
            {
                // One request is under way, so that the next response is its answer whatever number it bears. 1xx are no answers yet.
                response = await Connection.ReadMessageAsync(cancellationToken).ConfigureAwait(false);
                if (response is { IsResponse: false })
                {
                    await Connection.WriteAsync(CameraQuestions.Answer(response), cancellationToken).ConfigureAwait(false);
                }
            }
            while (response is { IsResponse: false } or { Status: < 200 });

            if (response is null || !MayRepeat(response, attempts))
            {
                return response;
            }
        }
    }
}
