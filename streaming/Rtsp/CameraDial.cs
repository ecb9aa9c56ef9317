using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Xunke.Streaming.Rtsp;

/// <summary>Connects to cameras, and bounds how long they may take.</summary>
internal static class CameraDial
{
    /// <summary>Connects.</summary>
    /// <exception cref="CameraException">The camera cannot be reached.</exception>
    public static async Task<Stream> ConnectAsync(CameraAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (address.IsSecure)
            {
                // Cameras have self-signed certificates: TLS then only protects against eavesdropping.
                var secure = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken)
                    .ConfigureAwait(false);
                stream = secure;
            }

            return stream;
        }
        catch (Exception failure)
        {
            socket.Dispose();
            throw failure switch
            {
                AuthenticationException => new CameraException(CameraFaults.NotSecure, null, failure),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
                    new CameraException(CameraFaults.UnknownHost, null, failure),
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                    new CameraException(CameraFaults.Refused, null, failure),
                SocketException => new CameraException(CameraFaults.TimedOut, null, failure),
                IOException when address.IsSecure => new CameraException(CameraFaults.NotSecure, null, failure),
                _ => failure,
            };
        }
    }

    /// <summary>Takes a step within a time.</summary>
    /// <param name="late">What to throw when it takes longer.</param>
    public static async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> step, TimeSpan patience, Func<Exception> late, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await step(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw late();
        }
    }
}
