using Xunke.Actors.Messaging;
using Xunke.Tests.Actors.Messaging;

namespace Xunke.Tests.Actors.Hosting;

public sealed class ActorHostTests
{
    [Theory]
    [InlineData("s01-304")]
    [InlineData("初一(2)班 / 东楼")]
    [InlineData("$a%b")]
    public async Task An_actor_is_found_by_any_name_also_before_it_is_made(string name)
    {
        await using var test = new TestSystem();
        var found = test.Host.Find<Word>(name);
        var script = new Script();
        test.Host.Spawn(name, Recorder.Props(script));
        found.Tell(new Say("hello"));
        await script.ShouldSeeAsync("hello");
    }

    [Fact]
    public async Task Stopping_the_system_stops_every_actor_though_no_clock_moves()
    {
        var test = new TestSystem();
        var scripts = Enumerable.Range(0, 20).Select(_ => new Script()).ToArray();
        for (var number = 0; number < scripts.Length; number++)
        {
            await TestSystem.SettleAsync(scripts[number], test.Host.Spawn($"{number}", Recorder.Props(scripts[number])));
        }

        await test.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        scripts.ShouldAllBe(script => script.Seen.Last() == "stopped");
        test.Host.DeadLetters.Total.ShouldBe(0);
    }
}
