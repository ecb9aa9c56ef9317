using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Live;
using Xunke.Actors.Pipeline;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Bookings;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Alerts;

/// <summary>
/// The school that books, in tomorrow's first lesson (08:00 to 08:40, Zhao's class of 40 in the classroom), with cameras that a test moves
/// and short rules.
/// </summary>
internal sealed class AlertSchool(BookedSchool school) : IAsyncDisposable
{
    public const string Room = BookedSchool.Classroom;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, int> _people = [];
    private Task _cameras = Task.CompletedTask;

    public BookedSchool School => school;

    public RunningApp App => school.App;

    /// <summary>Starts the server at 08:01 of the lesson.</summary>
    public static async Task<AlertSchool> StartAsync(bool postgreSql = false, params string[] more)
    {
        var made = new AlertSchool(await BookedSchool.StartAsync(postgreSql, ["--Alerts:RestartGraceSeconds", "0", .. more]));
        made.School.GoTo(8, 1);
        await made.RuleAsync("roomEmpty", 5);
        await made.RuleAsync("cameraLost", 5);
        return made;
    }

    /// <summary>From now on a room's camera shows so many people, once a second.</summary>
    public void Show(string room, int people)
    {
        bool isNew;
        lock (_people)
        {
            isNew = _people.TryAdd(room, people);
            _people[room] = people;
        }

        if (isNew)
        {
            Pipeline.PublisherConnected(room, $"camera-{room}", new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
        }

        if (_cameras.IsCompleted)
        {
            _cameras = SendAsync();
        }
    }

    /// <summary>A room's camera goes.</summary>
    public void Lose(string room)
    {
        lock (_people)
        {
            _people.Remove(room);
        }

        Pipeline.PublisherGone(room, $"camera-{room}", GoneReason.Closed);
    }

    /// <summary>Makes a rule quick.</summary>
    public async Task RuleAsync(string kind, int seconds)
    {
        using SignedIn administrator = await App.SignInAsync("administrator");
        JsonElement view = (await (await administrator.Http.GetAsync("/api/alerts/rules")).JsonAsync()).EnumerateArray()
            .Single(one => one.GetProperty("rule").GetProperty("kind").GetString() == kind).GetProperty("rule");
        await (await administrator.Http.PutAsJsonAsync($"/api/alerts/rules/{kind}", new
        {
            version = view.GetProperty("version").GetInt32(),
            isOn = true,
            severity = view.GetProperty("severity").GetString(),
            raiseAt = view.GetProperty("raiseAt").GetInt32(),
            clearAt = view.GetProperty("clearAt").GetInt32(),
            holdSeconds = seconds,
            clearHoldSeconds = seconds,
        })).JsonAsync();
    }

    /// <summary>The alerts that somebody sees, in some state.</summary>
    public async Task<JsonElement[]> ListAsync(string userName, string state = "open") =>
        [.. (await school.GetAsync(userName, $"/api/alerts?state={state}")).GetProperty("alerts").EnumerateArray()];

    /// <summary>Waits until the principal sees so many alerts.</summary>
    public async Task<JsonElement[]> BecomesAsync(string state, int count)
    {
        JsonElement[] last = [];
        await Eventually.TrueAsync(
            async () => (last = await ListAsync("head", state)).Length == count, TimeSpan.FromSeconds(40));
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _cameras;
        _stop.Dispose();
        await school.DisposeAsync();
    }

    private RoomPipeline Pipeline => App.Services.GetRequiredService<MonitoringHost>().Running.Pipeline;

    private async Task SendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            KeyValuePair<string, int>[] rooms;
            lock (_people)
            {
                rooms = [.. _people];
            }

            foreach ((string room, int people) in rooms)
            {
                Pipeline.Tell(room, PictureTaken.Instance);
                Pipeline.OnSample(room, Samples.Of(school.Time.GetUtcNow(), people, Behaviour.HeadUp));
            }

            await Task.Delay(500, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
