using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Network;

/// <summary>
/// A connection of ICE over TCP (RFC 6544), over which datagrams travel in frames (RFC 4571). Sending never waits: what
/// the peer does not take in time is dropped by the <see cref="FrameQueue"/>. Nothing is allocated per datagram while
/// the connection keeps up.
/// </summary>
internal sealed class TcpConnection
{
    // Kernel buffers grow to megabytes by themselves: seconds of delay before a slow path would be noticed.
    private const int KernelSendBuffer = 64 * 1024;

    private static readonly long StrangerPatience = MediaClock.Of(TimeSpan.FromSeconds(5));
    private static readonly long IdlePatience = MediaClock.Of(TimeSpan.FromSeconds(30));
    private static readonly long FinishPatience = MediaClock.Of(TimeSpan.FromSeconds(2));

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly MediaClock _clock;
    private readonly FrameBuffer _incoming = new();
    private readonly long _accepted;
    private FrameQueue? _outgoing;
    private bool _isSending;
    private long _finishing;
    private long _lastHeard;

    /// <summary>Takes over a connected socket.</summary>
    /// <exception cref="SocketException">The peer has gone already.</exception>
    public TcpConnection(Socket socket, MediaClock clock)
    {
        _socket = socket;
        _clock = clock;
        _accepted = _lastHeard = clock.Now;
        socket.NoDelay = true;
        socket.SendBufferSize = KernelSendBuffer;
        Remote = (IPEndPoint)socket.RemoteEndPoint!;
        Source = NetworkSource.Of(Remote.Address);
        Destination = new Destination(Remote.Serialize(), this);
    }

    public IPEndPoint Remote { get; }

    /// <summary>What limits count it by.</summary>
    public NetworkSource Source { get; }

    public Destination Destination { get; }

    /// <summary>Whether a connectivity check of a session came by it. A stranger is closed after seconds.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>Whether a session's media go by it.</summary>
    public bool IsInUse { get; set; }

    /// <summary>When it was accepted, on the media clock.</summary>
    public long Accepted => _accepted;

    /// <summary>Whether the outbox has it on its list of those to flush.</summary>
    public bool IsListed { get; set; }

    /// <summary>Passes on what the peer sends until either side closes.</summary>
    public async Task RunAsync(IFrameReceiver receiver)
    {
        try
        {
            while (!_incoming.IsBroken)
            {
                var count = await _socket.ReceiveAsync(_incoming.Free, SocketFlags.None).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                _incoming.Fill(count);
                Volatile.Write(ref _lastHeard, _clock.Now);
                receiver.Receive(this);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The peer has gone, or was closed here.
        }
        finally
        {
            Abort();
            receiver.Closed(this);
        }
    }

    /// <summary>Takes the next datagram that has come, valid until the next call.</summary>
    public bool TryTake(out Span<byte> datagram) => _incoming.TryTake(out datagram);

    /// <summary>Queues a datagram; <see cref="Flush"/> sends it.</summary>
    /// <returns>False when it is dropped, because the peer takes too little.</returns>
    public bool TryAdd(ReadOnlySpan<byte> datagram)
    {
        lock (_gate)
        {
            return _finishing == 0 && (_outgoing ??= new FrameQueue()).TryAdd(datagram);
        }
    }

    /// <summary>Sends what is queued, at once as far as the peer takes it, and the rest when it does.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isSending || _outgoing is null)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAsync();
    }

    /// <summary>Says good-bye when all is sent; the peer then closes, or is closed in a moment.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _finishing = Math.Max(1, _clock.Now);
            if (_outgoing is null || (_outgoing.IsEmpty && !_isSending))
            {
                EndSending();
            }
        }
    }

    /// <summary>Closes now.</summary>
    public void Abort() => _socket.Dispose();

    /// <summary>Closes a stranger, an idle peer and one that does not take the rest.</summary>
    public void AbortIfOverdue(long now)
    {
        var finishing = Volatile.Read(ref _finishing);
        if (now - Volatile.Read(ref _lastHeard) >= IdlePatience
            || (!IsTrusted && now - _accepted >= StrangerPatience)
            || (finishing != 0 && now - finishing >= FinishPatience))
        {
            Abort();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (TryGetNext(out var next))
            {
                var sent = await _socket.SendAsync(next, SocketFlags.None).ConfigureAwait(false);
                lock (_gate)
                {
                    _outgoing!.Advance(sent);
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The loop that receives ends by this, too, and tells of the end.
            Abort();
        }
    }

    private bool TryGetNext(out ReadOnlyMemory<byte> next)
    {
        lock (_gate)
        {
            next = _outgoing!.Next;
            _isSending = !next.IsEmpty;
            if (!_isSending && _finishing != 0)
            {
                EndSending();
            }

            return _isSending;
        }
    }

    // To close with a read under way would reset the connection, and throw away what is still on its way.
    private void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            Abort();
        }
    }
}
