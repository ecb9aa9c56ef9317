using Xunke.Streaming.Transport.Dtls;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>How far a handshake has come when the hostile datagrams begin.</summary>
internal enum DtlsStage
{
    /// <summary>A server that has heard nothing yet.</summary>
    Hello,

    /// <summary>A server that has sent its flight and waits for certificate and keys.</summary>
    KeyExchange,

    /// <summary>A client that waits for the server's flight.</summary>
    ClientHello,

    /// <summary>A server whose handshake is finished.</summary>
    Connected,
}

/// <summary>DTLS records before, during and after a handshake with a real peer.</summary>
internal sealed class DtlsTarget : FuzzTarget
{
    private const int MostAttempts = 5;

    private readonly DtlsStage _stage;
    private readonly DtlsCertificate _own = DtlsCertificate.Create(TimeProvider.System);
    private readonly DtlsCertificate _others = DtlsCertificate.Create(TimeProvider.System);
    private readonly List<byte[]> _toServer = [];
    private readonly List<byte[]> _toClient = [];
    private DtlsTransport _server;
    private DtlsTransport _client;

    public DtlsTarget(DtlsStage stage)
    {
        _stage = stage;
        (_server, _client) = Associate();
        Handshake();
        _client.Close();
        Corpus = stage == DtlsStage.ClientHello ? [.. _toClient] : [.. _toServer];
    }

    public override string Name => $"dtls-{_stage.ToString().ToLowerInvariant()}";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override int EpisodeLength => 64;

    // An association's buffer and its finaliser, made anew for each broken ClientHello.
    public override long AllocationBound => 64 * 1024;

    public override void Begin() => Restart();

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        var victim = _stage == DtlsStage.ClientHello ? _client : _server;
        if (random.OneIn(16))
        {
            victim.HandleTimeout();
        }

        victim.Receive(input);
        if (_stage == DtlsStage.Connected)
        {
            Expect.True(victim.State == DtlsState.Connected, "a datagram without keys ended the association");
        }
        else
        {
            Expect.True(victim.State != DtlsState.Connected || victim.Keys is not null, "connected without keys");
        }

        _toServer.Clear();
        _toClient.Clear();
        if (victim.State is DtlsState.Failed or DtlsState.Closed)
        {
            Restart();
        }
    }

    public override void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
        _own.Dispose();
        _others.Dispose();
    }

    // On a machine that stands still for longer than a flight may take, a handshake need not end by the first flights.
    private void Restart()
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            Renew();
            if (_stage != DtlsStage.Connected || _server.State == DtlsState.Connected)
            {
                return;
            }
        }
    }

    private void Renew()
    {
        _server.Dispose();
        _client.Dispose();
        (_server, _client) = Associate();
        _toServer.Clear();
        _toClient.Clear();
        switch (_stage)
        {
            case DtlsStage.Hello:
                _server.Start();
                break;
            case DtlsStage.KeyExchange:
                _server.Start();
                _client.Start();
                _server.Receive(_toServer[0]);
                break;
            case DtlsStage.ClientHello:
                _client.Start();
                break;
            default:
                Handshake();
                break;
        }
    }

    private (DtlsTransport Server, DtlsTransport Client) Associate() => (
        new DtlsTransport(_own, DtlsRole.Server, datagram => _toClient.Add(datagram.ToArray())),
        new DtlsTransport(_others, DtlsRole.Client, datagram => _toServer.Add(datagram.ToArray())));

    private void Handshake()
    {
        _server.Start();
        _client.Start();
        for (int toServer = 0, toClient = 0; toServer < _toServer.Count || toClient < _toClient.Count;)
        {
            if (toServer < _toServer.Count)
            {
                _server.Receive(_toServer[toServer++]);
            }
            else
            {
                _client.Receive(_toClient[toClient++]);
            }
        }
    }
}
