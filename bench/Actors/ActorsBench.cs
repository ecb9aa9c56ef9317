using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Hosting;
using Xunke.Actors.Messaging;

namespace Xunke.Bench.Actors;

/// <summary>
/// Messages per second from one producer to one actor of Akka.NET through our typed handle and bounded mailbox, over the
/// same hop through a bare bounded channel. Both carry the same objects, both have the same capacity, and the producer
/// keeps to the same windows (neither ever overflows). The two take turns, and the median of the rounds' ratios counts,
/// so that a neighbour on the machine does not decide.
/// </summary>
internal static class ActorsBench
{
    private const int Capacity = 1024;
    private const int Window = Capacity / 2;
    private const int Rounds = 15;
    private const int Messages = 1_000_000;
    private const int PingPongs = 100_000;
    private const int Asks = 20_000;

    /// <summary>Runs the bench; <c>--quick</c> takes a tenth of the messages.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var scale = args.Contains("--quick") ? 10 : 1;
        await using var host = new ActorHost(TimeProvider.System, NullLoggerFactory.Instance, [BenchMailbox]);
        var hop = new ChannelHop(Capacity);
        var counter = new ActorHop(host, "counter", [new Tick()]);
        // More keys than fit the window, so that each message is the newest of its key and none is replaced.
        var keyed = new ActorHop(host, "keyed", [.. Enumerable.Range(0, Capacity).Select(number => new KeyedTick($"room-{number}"))]);
        var answering = host.Spawn("answering", Props<BenchMessage>.Of(() => new Answering(), BenchMailbox));
        var flood = new Comparison();
        var keyedFlood = new Comparison();
        var pingPong = new Comparison();
        var bytes = double.MaxValue;
        var ask = double.MaxValue;

        // One round more than counts: the first warms all up.
        for (var round = 0; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var channelRate = await FloodAsync(hop, Messages / scale);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var actorRate = await FloodAsync(counter, Messages / scale);
            bytes = Math.Min(bytes, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Messages / scale));
            var channelAgain = await FloodAsync(hop, Messages / scale);
            var keyedRate = await FloodAsync(keyed, Messages / scale);
            var channelTrips = await PingPong.OverChannelsAsync(PingPongs / scale);
            var actorTrips = await PingPong.OverActorsAsync(PingPongs / scale);
            ask = Math.Min(ask, await AskAsync(answering, Asks / scale));
            if (round > 0)
            {
                flood.Add(channelRate, actorRate);
                keyedFlood.Add(channelAgain, keyedRate);
                pingPong.Add(channelTrips, actorTrips);
            }
        }

        if (host.DeadLetters.Total > 0)
        {
            throw new InvalidOperationException("The bench overran a mailbox.");
        }

        await hop.StopAsync();
        Console.WriteLine($"medians of {Rounds} rounds        bare channel        actor   ratio (lowest - highest)");
        Print("one producer, messages/s", flood);
        Print("the same, newest wins", keyedFlood);
        Print("ping-pong, round trips/s", pingPong);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"allocated per message told: {bytes:0.000} bytes; a question and its answer, at best: {ask:0.0} us"));
        return new BenchResult(
            "actors", flood.Ratio, 0.6, "messages/s told to an actor over a bare bounded channel hop",
            new Dictionary<string, double>
            {
                ["actorMessagesPerSecond"] = flood.Ours,
                ["channelMessagesPerSecond"] = flood.Baseline,
                ["newestWinsRatio"] = keyedFlood.Ratio,
                ["pingPongRatio"] = pingPong.Ratio,
                ["actorRoundTripsPerSecond"] = pingPong.Ours,
                ["bytesPerMessage"] = bytes,
                ["askMicroseconds"] = ask,
            });
    }

    private static void Print(string what, Comparison rounds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-25} {rounds.Baseline,17:N0} {rounds.Ours,12:N0} {rounds.Ratio,7:0.00} ({rounds.LowestRatio:0.00} - {rounds.HighestRatio:0.00})"));

    private static async Task<double> FloodAsync(IHop hop, int messages)
    {
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

                hop.Send();
            }

            while (hop.Received - start < messages)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        });
        return messages / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> AskAsync(ActorRef<BenchMessage> actor, int questions)
    {
        var watch = Stopwatch.StartNew();
        for (var asked = 0; asked < questions; asked++)
        {
            await actor.AskAsync(new Question(), TimeSpan.FromSeconds(5));
        }

        return watch.Elapsed.TotalMicroseconds / questions;
    }

    private static MailboxBound BenchMailbox { get; } = new("bench", Capacity);

    private abstract record BenchMessage;

    private sealed record Tick : BenchMessage;

    private sealed record KeyedTick(string Key) : BenchMessage, INewestWins;

    private sealed record Question : BenchMessage, IQuestion<BenchMessage, string>;

    private sealed class Answering : TypedActor<BenchMessage>
    {
        protected override void Handle(BenchMessage message) => Answer((Question)message, "answer");
    }

    private interface IHop
    {
        long Received { get; }

        void Send();
    }

    private sealed class ChannelHop : IHop
    {
        private readonly Channel<object> _channel;
        private readonly object _message = new Tick();
        private readonly Task _reader;
        private long _received;

        public ChannelHop(int capacity)
        {
            _channel = Channel.CreateBounded<object>(new BoundedChannelOptions(capacity) { SingleReader = true });
            _reader = Task.Run(ReadAsync);
        }

        public long Received => Volatile.Read(ref _received);

        public void Send()
        {
            if (!_channel.Writer.TryWrite(_message))
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
        private readonly ActorRef<BenchMessage> _actor;
        private readonly BenchMessage[] _messages;
        private int _next;
        private long _received;

        public ActorHop(ActorHost host, string name, BenchMessage[] messages)
        {
            _messages = messages;
            _actor = host.Spawn(name, Props<BenchMessage>.Of(() => new Counter(this), BenchMailbox));
        }

        public long Received => Volatile.Read(ref _received);

        public void Send()
        {
            _actor.Tell(_messages[_next]);
            _next = _next + 1 < _messages.Length ? _next + 1 : 0;
        }

        private sealed class Counter(ActorHop hop) : TypedActor<BenchMessage>
        {
            protected override void Handle(BenchMessage message) => Volatile.Write(ref hop._received, hop._received + 1);
        }
    }
}
