using Xunke.Streaming.Transport.Dtls;

namespace Xunke.Tests.Streaming.Transport.Dtls;

/// <summary>A DTLS client and server with a lossy wire between them that a test controls.</summary>
internal sealed class DtlsPair : IDisposable
{
    private readonly Queue<(bool ToServer, byte[] Datagram)> _wire = new();

    public DtlsPair(string clientProfiles = DtlsCertificate.AllSrtpProfiles)
    {
        ClientCertificate = DtlsCertificate.Create(TimeProvider.System, clientProfiles);
        ServerCertificate = DtlsCertificate.Create(TimeProvider.System);
        Client = new DtlsTransport(ClientCertificate, DtlsRole.Client, datagram => Send(true, datagram));
        Server = new DtlsTransport(ServerCertificate, DtlsRole.Server, datagram => Send(false, datagram));
    }

    public DtlsCertificate ClientCertificate { get; }

    public DtlsCertificate ServerCertificate { get; }

    public DtlsTransport Client { get; }

    public DtlsTransport Server { get; }

    /// <summary>Sees each datagram on its way (true: to the server) and says whether it arrives.</summary>
    public Func<bool, byte[], bool> OnDatagram { get; set; } = static (_, _) => true;

    public void Handshake()
    {
        Server.Start();
        Client.Start();
        Pump();
    }

    public void Pump()
    {
        while (_wire.TryDequeue(out var next))
        {
            if (OnDatagram(next.ToServer, next.Datagram))
            {
                (next.ToServer ? Server : Client).Receive(next.Datagram);
            }
        }
    }

    public async Task PumpUntilConnectedAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        Pump();
        while (Client.State != DtlsState.Connected || Server.State != DtlsState.Connected)
        {
            await Task.Delay(20, deadline.Token);
            Client.HandleTimeout();
            Server.HandleTimeout();
            Pump();
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        ClientCertificate.Dispose();
        ServerCertificate.Dispose();
    }

    private void Send(bool toServer, ReadOnlySpan<byte> datagram) => _wire.Enqueue((toServer, datagram.ToArray()));
}
