namespace Xunke.Streaming.Transport.Network;

/// <summary>Takes what TCP connections bring. Calls for one connection come one at a time.</summary>
internal interface IFrameReceiver
{
    /// <summary>Datagrams have come.</summary>
    void Receive(TcpConnection connection);

    /// <summary>The connection is closed, by whichever side; no more comes.</summary>
    void Closed(TcpConnection connection);
}
