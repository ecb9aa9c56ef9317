using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Kernel;

namespace Xunke.Bench.Actors;

/// <summary>
/// Messages per second from one producer to one actor, over the same hop through a bare bounded channel. Both carry the
/// same object, both have the same capacity, and the producer keeps to the same windows (neither ever overflows). The
/// two take turns, and the median of the rounds' ratios counts, so that a neighbour on the machine does not decide.
/// </summary>
internal static class ActorsBench
{
    private const int Capacity = 1024;
    private const int Window = Capacity / 2;
    private const int Rounds = 15;
    private const int Messages = 1_000_000;
    private const int PingPongs = 100_000;

    /// <summary>Runs the bench; <c>--quick</c> takes a tenth of the messages.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var scale = args.Contains("--quick") ? 10 : 1;
        await using var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var hop = new ChannelHop(Capacity);
        var counter = new ActorHop(system, Capacity);
        var flood = new Comparison();
        var pingPong = new Comparison();
        var bytes = double.MaxValue;

        // One round more than counts: the first warms both up.
        for (var round = 0; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var channelRate = await FloodAsync(hop, Messages / scale);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var actorRate = await FloodAsync(counter, Messages / scale);
            bytes = Math.Min(bytes, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Messages / scale));
            var channelTrips = await PingPong.OverChannelsAsync(PingPongs / scale);
            var actorTrips = await PingPong.OverActorsAsync(system, PingPongs / scale);
            if (round > 0)
            {
                flood.Add(channelRate, actorRate);
                pingPong.Add(channelTrips, actorTrips);
            }
        }

        await hop.StopAsync();
        Console.WriteLine($"medians of {Rounds} rounds        bare channel        actor   ratio (lowest - highest)");
        Print("one producer, messages/s", flood);
        Print("ping-pong, round trips/s", pingPong);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated per message told: {bytes:0.000} bytes"));
        return new BenchResult(
            "actors", flood.Ratio, 0.6, "messages/s told to an actor over a bare bounded channel hop",
            new Dictionary<string, double>
            {
                ["actorMessagesPerSecond"] = flood.Ours,
                ["channelMessagesPerSecond"] = flood.Baseline,
                ["pingPongRatio"] = pingPong.Ratio,
                ["actorRoundTripsPerSecond"] = pingPong.Ours,
                ["bytesPerMessage"] = bytes,
            });
    }

    private static void Print(string what, Comparison rounds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-25} {rounds.Baseline,17:N0} {rounds.Ours,12:N0} {rounds.Ratio,7:0.00} ({rounds.LowestRatio:0.00} - {rounds.HighestRatio:0.00})"));

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
