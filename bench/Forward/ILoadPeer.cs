namespace Xunke.Bench.Forward;

/// <summary>A camera or a viewer of the load, connected to a server under test.</summary>
internal interface ILoadPeer : IDisposable
{
    /// <summary>RTP packets that came.</summary>
    long Received { get; }

    /// <summary>Packets that were decrypted and found genuine.</summary>
    long Genuine { get; }

    /// <summary>Sends an RTP packet.</summary>
    void Send(ReadOnlySpan<byte> packet);

    /// <summary>Tells the server that this peer lives.</summary>
    void Check();
}
