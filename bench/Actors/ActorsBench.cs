using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Kernel;

namespace Xunke.Bench.Actors;

/// <summary>
/// Messages per second from one producer to one actor, over the same hop through a bare bounded channel. Both carry the
/// same object, both have the same capacity, and the producer keeps to the same windows (neither ever overflows). The
/// two take turns, and the best of the rounds counts, so that a neighbour on the machine does not decide.
/// </summary>
internal static class ActorsBench
{
    private const int Capacity = 1024;
    private const int Window = Capacity / 2;
    private const int Rounds = 7;
    private const int Messages = 2_000_000;
    private const int PingPongs = 200_000;

    /// <summary>Runs the bench; <c>--quick</c> takes a tenth of the messages.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var scale = args.Contains("--quick") ? 10 : 1;
        await using var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var hop = new ChannelHop(Capacity);
        var counter = new ActorHop(system, Capacity);
        double channelRate = 0, actorRate = 0, channelPingPong = 0, actorPingPong = 0, bytes = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            channelRate = Math.Max(channelRate, await FloodAsync(hop, Messages / scale));
            var before = GC.GetTotalAllocatedBytes(precise: true);
            actorRate = Math.Max(actorRate, await FloodAsync(counter, Messages / scale));
            bytes = Math.Min(bytes, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Messages / scale));
            channelPingPong = Math.Max(channelPingPong, await PingPong.OverChannelsAsync(PingPongs / scale));
            actorPingPong = Math.Max(actorPingPong, await PingPong.OverActorsAsync(system, PingPongs / scale));
        }

        await hop.StopAsync();
        Console.WriteLine($"best of {Rounds} rounds            bare channel        actor   ratio");
        Print("one producer, messages/s", channelRate, actorRate);
        Print("ping-pong, round trips/s", channelPingPong, actorPingPong);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated per message told: {bytes:0.000} bytes"));
        return new BenchResult(
            "actors", actorRate / channelRate, 0.6, "messages/s told to an actor over a bare bounded channel hop",
            new Dictionary<string, double>
            {
                ["actorMessagesPerSecond"] = actorRate,
                ["channelMessagesPerSecond"] = channelRate,
                ["pingPongRatio"] = actorPingPong / channelPingPong,
                ["actorRoundTripsPerSecond"] = actorPingPong,
                ["bytesPerMessage"] = bytes,
            });
    }

    private static void Print(string what, double channel, double actor) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-25} {channel,17:N0} {actor,12:N0} {actor / channel,7:0.00}"));

    private static async Task<double> FloodAsync(IHop hop, int messages)
    {
        var message = new object();
        var watch = Stopwatch.StartNew();
        await Task.Run(() =>
        {
            var spin = default(SpinWait);
            var start = hop.Received;
            for (var sent = 0; sent < messages; sent++)
            {
                while (sent - (hop.Received - start) >= Window)
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                }

                hop.Send(message);
            }

            while (hop.Received - start < messages)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        });
        return messages / watch.Elapsed.TotalSeconds;
    }

    private interface IHop
    {
        long Received { get; }

        void Send(object message);
    }

    private sealed class ChannelHop : IHop
    {
        private readonly Channel<object> _channel;
        private readonly Task _reader;
        private long _received;

        public ChannelHop(int capacity)
        {
            _channel = Channel.CreateBounded<object>(new BoundedChannelOptions(capacity) { SingleReader = true });
            _reader = Task.Run(ReadAsync);
        }

        public long Received => Volatile.Read(ref _received);

        public void Send(object message)
        {
            if (!_channel.Writer.TryWrite(message))
            {
                throw new InvalidOperationException("The bench overran the channel.");
            }
        }

        public Task StopAsync()
        {
            _channel.Writer.Complete();
            return _reader;
        }

        private async Task ReadAsync()
        {
            while (await _channel.Reader.WaitToReadAsync())
            {
                while (_channel.Reader.TryRead(out _))
                {
                    Volatile.Write(ref _received, _received + 1);
                }
            }
        }
    }

    private sealed class ActorHop : IHop
    {
        private readonly ActorRef<object> _actor;
        private long _received;

        public ActorHop(ActorSystem system, int capacity) =>
            _actor = system.Spawn("counter", new Props<object>(context => new Counter(context, this))
            {
                Mailbox = MailboxOptions<object>.Rejecting(capacity),
            });

        public long Received => Volatile.Read(ref _received);

        public void Send(object message)
        {
            if (!_actor.TryTell(message))
            {
                throw new InvalidOperationException("The bench overran the mailbox.");
            }
        }

        private sealed class Counter(ActorContext<object> context, ActorHop hop) : Actor<object>(context)
        {
            protected override ValueTask ReceiveAsync(object message)
            {
                Volatile.Write(ref hop._received, hop._received + 1);
                return ValueTask.CompletedTask;
            }
        }
    }
}
