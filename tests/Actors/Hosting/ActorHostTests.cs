using System.Collections.Concurrent;
using Xunke.Tests.Actors.Messaging;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Hosting;

public sealed class ActorHostTests
{
    [Theory]
    [InlineData("s01-304")]
    [InlineData("初一(2)班 / 东楼")]
    [InlineData("$a%b")]
    public async Task An_actor_is_made_by_the_first_message_to_its_id_whatever_that_is(string id)
    {
        await using var test = new TestSystem();
        var scripts = new ConcurrentDictionary<string, Script>();
        var actors = test.Host.Entities<Word>("kind", made => Recorder.Props(scripts.GetOrAdd(made, _ => new Script())));
        actors.Tell(id, new Say("hello"));
        actors.Tell("another", new Say("good day"));
        await Eventually.TrueAsync(() => scripts.Count == 2);
        await scripts[id].ShouldSeeAsync("hello");
        await scripts["another"].ShouldSeeAsync("good day");
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
