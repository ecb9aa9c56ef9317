namespace Xunke.Bench.Forward;

/// <summary>A load: rooms with one publisher and so many viewers each.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Rooms">How many publishers.</param>
/// <param name="ViewersPerRoom">How many viewers each publisher has.</param>
internal sealed record Scenario(string Name, int Rooms, int ViewersPerRoom)
{
    /// <summary>Applies the load to a server that is running, in rounds, and measures each round.</summary>
    public async Task<Measurement> MeasureAsync(
        IForwardServer server, int round, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        var peers = new List<ILoadPeer>();
        var viewers = new List<ILoadPeer>();
        var publishers = new List<LoadPublisher>();
        try
        {
            for (var room = 0; room < Rooms; room++)
            {
                var name = $"{Name}-{round}-{room}".Replace(' ', '-');
                var publisher = await server.PublishAsync(name, cancellationToken);
                peers.Add(publisher);
                publishers.Add(new LoadPublisher(publisher));
                for (var i = 0; i < ViewersPerRoom; i++)
                {
                    var viewer = await server.ViewAsync(name, cancellationToken);
                    peers.Add(viewer);
                    viewers.Add(viewer);
                }
            }

            LoadPublisher.Run(publishers, warmUp);
            var (sent, received) = (publishers.Sum(publisher => publisher.Sent), viewers.Sum(viewer => viewer.Received));
            // Asking allocates, too: what one question costs is taken off.
            var asked = await server.AllocatedAsync(cancellationToken);
            var allocated = await server.AllocatedAsync(cancellationToken);
            var before = ProcessorTime.Of(server.ProcessId);
            LoadPublisher.Run(publishers, duration);
            var seconds = ProcessorTime.Of(server.ProcessId) - before;
            var allocatedMeanwhile = await server.AllocatedAsync(cancellationToken) - allocated - (allocated - asked);
            return new Measurement(
                seconds,
                publishers.Sum(publisher => publisher.Sent) - sent,
                viewers.Sum(viewer => viewer.Received) - received,
                viewers.All(viewer => viewer.Genuine > 0),
                allocatedMeanwhile is { } bytes ? Math.Max(0, bytes) : null);
        }
        finally
        {
            foreach (var peer in peers)
            {
                peer.Dispose();
            }
        }
    }
}

/// <summary>What a load cost.</summary>
/// <param name="ProcessorSeconds">The server's processor time.</param>
/// <param name="Published">Packets sent to the server.</param>
/// <param name="Forwarded">Packets that reached viewers.</param>
/// <param name="Genuine">Whether every viewer decrypted what it got.</param>
/// <param name="Allocated">Bytes allocated on the server's managed heap, or null.</param>
internal sealed record Measurement(double ProcessorSeconds, long Published, long Forwarded, bool Genuine, long? Allocated)
{
    /// <summary>Processor time per packet that reached a viewer, in microseconds.</summary>
    public double MicrosecondsPerPacket => ProcessorSeconds * 1_000_000 / Forwarded;

    public static Measurement operator +(Measurement left, Measurement right) => new(
        left.ProcessorSeconds + right.ProcessorSeconds,
        left.Published + right.Published,
        left.Forwarded + right.Forwarded,
        left.Genuine && right.Genuine,
        left.Allocated + right.Allocated);
}
