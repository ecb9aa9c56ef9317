using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// The connection to a camera, with its stream described and its challenge answered. The user and password stay in
/// this process: FFmpeg is served by <see cref="CameraRelay"/> and never learns them.
/// </summary>
internal sealed class CameraLink : IAsyncDisposable
{
    private readonly RtspAuthentication? _authentication;
    private int _sequence;

    private CameraLink(RtspConnection connection, CameraSource source)
    {
        Connection = connection;
        BaseAddress = source.Address.Text;
        _authentication = source.UserName is { Length: > 0 } user ? new RtspAuthentication(user, source.Password ?? "") : null;
    }

    /// <summary>Where the camera's frames come from; requests are signed by <see cref="Sign"/>.</summary>
    public RtspConnection Connection { get; }

    /// <summary>What the description's relative addresses are relative to (RFC 2326 C.1.1).</summary>
    public string BaseAddress { get; private set; }

    /// <summary>The camera's description of its streams, as it came.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Connects and asks for the description.</summary>
    /// <param name="source">The camera.</param>
    /// <param name="patience">How long each of connecting and describing may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CameraException">The camera cannot be reached or refuses.</exception>
    public static async Task<CameraLink> OpenAsync(CameraSource source, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await WithinAsync(token => ConnectAsync(source.Address, token), patience, time, cancellationToken).ConfigureAwait(false);
        var link = new CameraLink(connection, source);
        try
        {
            await WithinAsync(link.DescribeAsync, patience, time, cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Puts a request under the camera's own numbering and answers its challenge; call it for every sending anew.</summary>
    /// <param name="request">The request; its number and authorization are replaced.</param>
    /// <returns>The number under which its response will come.</returns>
    public int Sign(RtspMessage request)
    {
        var sequence = Interlocked.Increment(ref _sequence);
        request["CSeq"] = sequence.ToString(CultureInfo.InvariantCulture);
        request["User-Agent"] = "Xunke";
        request["Authorization"] = _authentication?.Authorize(request.Method, request.Uri);
        return sequence;
    }

    /// <summary>Learns the challenge of a refusal.</summary>
    /// <returns>Whether asking once more may help.</returns>
    public bool TryLearn(RtspMessage response) => response.Status == 401 && _authentication?.TryLearn(response) == true;

    /// <summary>The exception that a refusal stands for.</summary>
    /// <param name="response">A response that is no success.</param>
    public static CameraException Refusal(RtspMessage response) => response.Status switch
    {
        401 or 403 => new CameraException(CameraFaults.Unauthorized),
        404 or 454 => new CameraException(CameraFaults.NoStream),
        _ => new CameraException(CameraFaults.Rejected, $"RTSP {response.Status}"),
    };

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static async Task<RtspConnection> ConnectAsync(CameraAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (address.IsSecure)
            {
                // Cameras sign their certificates themselves; what can be had is that nobody reads along.
                var secure = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken).ConfigureAwait(false);
                stream = secure;
            }

            return new RtspConnection(stream);
        }
        catch (Exception failure)
        {
            socket.Dispose();
            throw failure switch
            {
                AuthenticationException => new CameraException(CameraFaults.NotSecure, null, failure),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
                    new CameraException(CameraFaults.UnknownHost, null, failure),
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new CameraException(CameraFaults.Refused, null, failure),
                SocketException => new CameraException(CameraFaults.TimedOut, null, failure),
                IOException when address.IsSecure => new CameraException(CameraFaults.NotSecure, null, failure),
                _ => failure,
            };
        }
    }

    private static async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> step, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await step(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CameraException(CameraFaults.TimedOut);
        }
    }

    private async Task<bool> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var address = BaseAddress;
            var response = await AskAsync(address, cancellationToken).ConfigureAwait(false);
            if (TryLearn(response))
            {
                response = await AskAsync(address, cancellationToken).ConfigureAwait(false);
            }

            if (response.Status != 200)
            {
                throw Refusal(response);
            }

            BaseAddress = response["Content-Base"] ?? response["Content-Location"] ?? address;
            Description = Encoding.UTF8.GetString(response.Body.Span);
            return true;
        }
        catch (RtspException malformed)
        {
            throw new CameraException(CameraFaults.NotRtsp, null, malformed);
        }
        catch (IOException broken)
        {
            throw new CameraException(CameraFaults.Lost, null, broken);
        }
    }

    private async Task<RtspMessage> AskAsync(string address, CancellationToken cancellationToken)
    {
        var request = RtspMessage.Request("DESCRIBE", address);
        request["Accept"] = "application/sdp";
        var sequence = Sign(request);
        await Connection.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var message = await Connection.ReadMessageAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new CameraException(CameraFaults.Lost);
            if (message.IsResponse && message.Sequence == sequence)
            {
                return message;
            }
        }
    }
}
