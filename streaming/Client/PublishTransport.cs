using System.Net.Sockets;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Client;

/// <summary>
/// A publisher's side of one media session: DTLS and SRTP over a nominated ICE path, with consent checks (RFC 7675)
/// and answers to NACKs. Ends by itself when the server is gone; <see cref="Lost"/> then says why.
/// </summary>
internal sealed class PublishTransport : IAsyncDisposable
{
    private const int ReceiveBufferLength = 2048;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly IcePath _path;
    private readonly MediaClock _clock;
    private readonly TimeProvider _time;
    private readonly ClientConnection _connection;
    private readonly Consent _consent;
    private readonly string _remoteFingerprint;
    private readonly byte[] _name;
    private readonly byte[] _report = new byte[256];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _receiving;
    private readonly Task _ticking;
    private long _reported;
    private bool _isDisposed;

    /// <summary>Starts the handshake over a path that is now this transport's to close.</summary>
    public PublishTransport(
        IcePath path, DtlsCertificate certificate, PublishOffer offer, PublishAnswer answer, MediaClock clock, TimeProvider time)
    {
        _path = path;
        _clock = clock;
        _time = time;
        _name = System.Text.Encoding.UTF8.GetBytes(offer.CanonicalName);
        _consent = new Consent(clock.Now);
        Video = new OutgoingStream(this, offer.VideoSsrc, answer.VideoPayloadType, clockRate: 90_000, kept: 512);
        Audio = answer.AudioPayloadType is { } audio
            ? new OutgoingStream(this, offer.AudioSsrc, audio, clockRate: 48_000, kept: 64)
            : null;
        _remoteFingerprint = answer.Fingerprint;
        _connection = new ClientConnection(certificate, answer.Role, Send);
        lock (Gate)
        {
            _connection.Start();
        }

        _receiving = ReceiveAsync();
        _ticking = TickAsync();
    }

    /// <summary>Guards everything that sends.</summary>
    public Lock Gate { get; } = new();

    public OutgoingStream Video { get; }

    /// <summary>Null when the server takes no audio.</summary>
    public OutgoingStream? Audio { get; }

    /// <summary>Completes, never faults, with the reason why the session ended.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Waits until media can be sent.</summary>
    /// <exception cref="PublishRetryException">The handshake did not end in time, or failed.</exception>
    public async Task WaitUntilConnectedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var first = await Task.WhenAny(_connected.Task, _lost.Task).WaitAsync(patience, _time, cancellationToken).ConfigureAwait(false);
            if (first == _lost.Task)
            {
                throw new PublishRetryException(await _lost.Task.ConfigureAwait(false));
            }
        }
        catch (TimeoutException)
        {
            throw new PublishRetryException("the DTLS handshake did not end in time");
        }
    }

    /// <summary>Encrypts a packet in its buffer and sends it. The caller holds <see cref="Gate"/>.</summary>
    /// <returns>The protected packet's length.</returns>
    public int ProtectAndSend(Span<byte> buffer, int length)
    {
        if (!_connected.Task.IsCompleted || _isDisposed)
        {
            return 0;
        }

        var result = _connection.ProtectRtp(buffer, length);
        if (result.Succeeded)
        {
            Send(buffer[..result.Length]);
        }
        else
        {
            Lose($"SRTP refuses to send: {result.Error}");
        }

        return result.Length;
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            _path.Socket.Send(datagram);
        }
        catch (SocketException fault)
        {
            Lose($"the server's UDP port cannot be reached ({fault.SocketErrorCode})");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        lock (Gate)
        {
            _connection.Close();
            _isDisposed = true;
        }

        await Task.WhenAll(_receiving, _ticking).ConfigureAwait(false);
        _connection.Dispose();
        _path.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[ReceiveBufferLength];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var length = await _path.Socket.ReceiveAsync(buffer, _stop.Token).ConfigureAwait(false);
                lock (Gate)
                {
                    Take(buffer.AsSpan(0, length));
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException fault)
            {
                Lose($"the server's UDP port is closed ({fault.SocketErrorCode})");
                return;
            }
        }
    }

    /// <summary>Tells the protocols on the port apart (RFC 7983 section 7).</summary>
    private void Take(Span<byte> datagram)
    {
        if (_path.IsAnswer(datagram))
        {
            _consent.Give(_clock.Now);
        }
        else if (Stun.IsStun(datagram))
        {
            _path.TryAnswer(datagram);
        }
        else if (DtlsTransport.IsDtls(datagram))
        {
            _connection.ReceiveHandshake(datagram);
            FollowHandshake();
        }
        else if (ClientConnection.IsRtcp(datagram))
        {
            TakeReports(datagram[.._connection.Unprotect(datagram)]);
        }
    }

    private void FollowHandshake()
    {
        if (_connection.State == DtlsState.Failed)
        {
            Lose($"DTLS failed: {_connection.FailureReason}");
        }
        else if (_connection.State == DtlsState.Closed)
        {
            Lose("the server closed the session");
        }
        else if (_connection.IsConnected && !_connected.Task.IsCompleted)
        {
            if (_remoteFingerprint.Equals(_connection.RemoteFingerprint, StringComparison.OrdinalIgnoreCase))
            {
                _connected.TrySetResult();
            }
            else
            {
                Lose("the server's certificate is not the one in its SDP answer");
            }
        }
    }

    private void TakeReports(ReadOnlySpan<byte> compound)
    {
        while (RtcpPacket.TryReadNext(ref compound, out var packet))
        {
            if (packet.Type == RtcpType.TransportFeedback && packet.Count == NackReader.Format && packet.Body.Length >= 8)
            {
                var media = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.Body[4..]);
                var stream = media == Video.Ssrc ? Video : media == Audio?.Ssrc ? Audio : null;
                var missing = new NackReader(packet);
                while (stream is not null && missing.TryRead(out var sequenceNumber))
                {
                    stream.SendAgain(sequenceNumber);
                }
            }
        }
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                lock (Gate)
                {
                    _connection.HandleTimeout();
                    FollowHandshake();
                    KeepConsent();
                    Report();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposal is how this loop ends.
        }
    }

    private void KeepConsent()
    {
        if (!_consent.Tick(_clock.Now, out var ask))
        {
            Lose($"the server has not answered consent checks for {Consent.Lifetime.TotalSeconds:F0} s");
        }
        else if (ask && !_path.TrySendCheck(nominate: true))
        {
            Lose("the server's UDP port is closed");
        }
    }

    private void Report()
    {
        var now = _clock.Now;
        if (!_connected.Task.IsCompleted || Video.Packets == 0 || now - _reported < MediaClock.Of(ReportInterval))
        {
            return;
        }

        _reported = now;
        Report(Video, now);
        if (Audio is { Packets: > 0 })
        {
            Report(Audio, now);
        }
    }

    private void Report(OutgoingStream stream, long now)
    {
        var writer = new RtcpWriter(_report);
        stream.Report(ref writer, now, _clock.ToNtp(now));
        writer.SourceDescription(stream.Ssrc, _name);
        if (_connection.ProtectRtcp(_report, writer.Length) is { Succeeded: true } result)
        {
            Send(_report.AsSpan(0, result.Length));
        }
    }

    private void Lose(string reason) => _lost.TrySetResult(reason);
}
