namespace Xunke.Bench.Forward;

/// <summary>A server under test, in a process of its own.</summary>
internal interface IForwardServer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The server's process.</summary>
    int ProcessId { get; }

    Task PublishAsync(string room, LoadPeer publisher, CancellationToken cancellationToken);

    Task ViewAsync(string room, LoadPeer viewer, CancellationToken cancellationToken);

    /// <summary>Bytes that the server has allocated so far on its managed heap; null where it has none.</summary>
    Task<long?> AllocatedAsync(CancellationToken cancellationToken);
}
