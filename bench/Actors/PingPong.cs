using System.Diagnostics;
using System.Threading.Channels;
using Xunke.Actors.Kernel;

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
    public static async Task<double> OverActorsAsync(ActorSystem system, int roundTrips)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var echo = system.Spawn("echo", new Props<Ball>(context => new Echo(context)));
        var player = system.Spawn("player", new Props<Ball>(context => new Player(context, echo, roundTrips, done)));
        var watch = Stopwatch.StartNew();
        player.Tell(new Ball(player));
        await done.Task;
        var rate = roundTrips / watch.Elapsed.TotalSeconds;
        await Task.WhenAll(echo.StopAsync(), player.StopAsync());
        return rate;
    }

    private sealed record Ball(ActorRef<Ball> Player);

    private sealed class Echo(ActorContext<Ball> context) : Actor<Ball>(context)
    {
        protected override ValueTask ReceiveAsync(Ball message)
        {
            message.Player.Tell(message);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Player(ActorContext<Ball> context, ActorRef<Ball> echo, int roundTrips, TaskCompletionSource done)
        : Actor<Ball>(context)
    {
        private int _left = roundTrips;

        protected override ValueTask ReceiveAsync(Ball message)
        {
            if (_left-- > 0)
            {
                echo.Tell(message);
            }
            else
            {
                done.SetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
