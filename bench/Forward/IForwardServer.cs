namespace Xunke.Bench.Forward;

/// <summary>A server under test, in a process of its own.</summary>
internal interface IForwardServer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The server's process.</summary>
    int ProcessId { get; }

    /// <summary>Connects a camera to a room.</summary>
    Task<ILoadPeer> PublishAsync(string room, CancellationToken cancellationToken);

    /// <summary>Connects a viewer to a room that has a camera.</summary>
    Task<ILoadPeer> ViewAsync(string room, CancellationToken cancellationToken);

    /// <summary>Bytes that the server has allocated so far on its managed heap; null where it has none.</summary>
    Task<long?> AllocatedAsync(CancellationToken cancellationToken);
}
