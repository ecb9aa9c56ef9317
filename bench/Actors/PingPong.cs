using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Hosting;
using Xunke.Actors.Messaging;

namespace Xunke.Bench.Actors;

/// <summary>One message between two parties: what a wake-up costs, where the flood shows what a message costs.</summary>
internal static class PingPong
{
    /// <summary>Round trips per second between two tasks, each with its channel.</summary>
    public static async Task<double> OverChannelsAsync(int roundTrips)
    {
        var there = Channel.CreateBounded<object>(new BoundedChannelOptions(16) { SingleReader = true });
        var back = Channel.CreateBounded<object>(new BoundedChannelOptions(16) { SingleReader = true });
        var ball = new object();
        var watch = Stopwatch.StartNew();
        var echo = Task.Run(async () =>
        {
            await foreach (var message in there.Reader.ReadAllAsync())
            {
                back.Writer.TryWrite(message);
            }
        });
        await Task.Run(async () =>
        {
            for (var trip = 0; trip < roundTrips; trip++)
            {
                there.Writer.TryWrite(ball);
                await back.Reader.ReadAsync();
            }
        });
        var rate = roundTrips / watch.Elapsed.TotalSeconds;
        there.Writer.Complete();
        await echo;
        return rate;
    }

    /// <summary>Round trips per second between two actors.</summary>
    public static async Task<double> OverActorsAsync(int roundTrips)
    {
        var mailbox = new MailboxBound("ping-pong", 16);
        await using var host = new ActorHost(TimeProvider.System, NullLoggerFactory.Instance, [mailbox]);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var echo = host.Spawn("echo", Props<Ball>.Of(() => new Echo(), mailbox));
        var player = host.Spawn("player", Props<Ball>.Of(() => new Player(echo, roundTrips, done), mailbox));
        var watch = Stopwatch.StartNew();
        player.Tell(new Ball(player));
        await done.Task;
        return roundTrips / watch.Elapsed.TotalSeconds;
    }

    private sealed record Ball(ActorRef<Ball> Player);

    private sealed class Echo : TypedActor<Ball>
    {
        protected override void Handle(Ball message) => message.Player.Tell(message);
    }

    private sealed class Player(ActorRef<Ball> echo, int roundTrips, TaskCompletionSource done) : TypedActor<Ball>
    {
        private int _left = roundTrips;

        protected override void Handle(Ball message)
        {
            if (_left-- > 0)
            {
                echo.Tell(message);
            }
            else
            {
                done.SetResult();
            }
        }
    }
}
