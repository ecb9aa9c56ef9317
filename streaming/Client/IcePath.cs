using System.Net;
using System.Net.Sockets;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Client;

/// <summary>
/// One candidate pair seen from the controlling side: a socket connected to a remote candidate, and the checks that
/// go over it (RFC 8445 section 7.2). A connected socket also reports when the remote port is closed.
/// </summary>
internal sealed class IcePath : IDisposable
{
    private const int ReceiveBufferLength = 2048;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(1600);

    private readonly IceAgent _agent;
    private readonly byte[] _transactionId = new byte[Stun.TransactionIdLength];

    /// <summary>Opens a socket towards a candidate.</summary>
    /// <exception cref="SocketException">This host has no way to the address.</exception>
    public IcePath(IceAgent agent, IPEndPoint remote)
    {
        _agent = agent;
        Socket = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Socket.Connect(remote);
        }
        catch
        {
            Socket.Dispose();
            throw;
        }
    }

    public Socket Socket { get; }

    /// <summary>Checks the path until it answers.</summary>
    /// <param name="nominate">Whether the checks carry USE-CANDIDATE.</param>
    /// <param name="time">The clock of the retransmissions.</param>
    public async Task CheckAsync(bool nominate, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReceiveBufferLength];
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            TrySendCheck(nominate);
            using var patience = new CancellationTokenSource(wait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                while (true)
                {
                    var length = await Socket.ReceiveAsync(buffer, either.Token).ConfigureAwait(false);
                    if (IsAnswer(buffer.AsSpan(0, length)))
                    {
                        return;
                    }

                    TryAnswer(buffer.AsSpan(0, length));
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Unanswered: send the check again.
            }
            catch (SocketException)
            {
                // The port is closed, perhaps only for now: the server may be about to open it.
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends one check.</summary>
    /// <returns>False when the remote port is closed.</returns>
    public bool TrySendCheck(bool nominate)
    {
        Span<byte> message = stackalloc byte[Stun.MaximumWrittenLength];
        return TrySend(message[.._agent.WriteCheck(message, nominate, _transactionId)]);
    }

    /// <summary>True for the authentic success response to the last check.</summary>
    public bool IsAnswer(ReadOnlySpan<byte> datagram) => _agent.IsAnswer(datagram, _transactionId);

    /// <summary>Answers a check that a full agent sends from its side.</summary>
    public void TryAnswer(ReadOnlySpan<byte> datagram)
    {
        Span<byte> message = stackalloc byte[Stun.MaximumWrittenLength];
        if (_agent.WriteAnswer(message, datagram, (IPEndPoint)Socket.RemoteEndPoint!) is > 0 and var length)
        {
            TrySend(message[..length]);
        }
    }

    public void Dispose() => Socket.Dispose();

    private bool TrySend(ReadOnlySpan<byte> datagram)
    {
        try
        {
            Socket.Send(datagram);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
