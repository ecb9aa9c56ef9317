using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Live;
using Xunke.Tests.Support;
using Xunke.Web.Hosting;
using Xunke.Web.Media;

namespace Xunke.Tests.Web.Audit;

/// <summary>Whose pictures a room shows is on record when that changes.</summary>
[Collection(WebCollection.Name)]
public sealed class TakeoversTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_second_publisher_that_takes_a_room_is_in_the_trail()
    {
        const string room = "s07-201";
        MonitoringHost monitoring = _app.Services.GetRequiredService<MonitoringHost>();
        await using RecordedLessons.Camera first = _app.ShowClass(room);
        await Eventually.TrueAsync(
            async () => (await monitoring.Running.GetRoomAsync(room)).State == ClassroomState.Live, TimeSpan.FromSeconds(90));
        (await _app.LinesAsync(Takeovers.TakenOver, room)).ShouldBeEmpty("the first one takes it from nobody");

        await using RecordedLessons.Camera second = _app.ShowClass(room);

        await Eventually.TrueAsync(async () => (await _app.LinesAsync(Takeovers.TakenOver, room)).Count > 0, TimeSpan.FromSeconds(60));
        (await _app.LinesAsync(Takeovers.TakenOver, room))[0].Subject.ShouldBe($"{room} by 127.0.0.1 from 127.0.0.1");
    }
}
