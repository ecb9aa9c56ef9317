using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Reviews;

/// <summary>A teacher of s01 with an account, and lessons that the timetable gave to that teacher.</summary>
internal sealed class TaughtLessons(RunningApp app)
{
    private static readonly Box Frame = new(0, 0, 1280, 720);

    /// <summary>The teacher's account; the teacher's id is the same.</summary>
    public string UserName { get; } = $"t{Guid.NewGuid():N}"[..12];

    /// <summary>Puts the teacher on the books.</summary>
    public static async Task<TaughtLessons> AddTeacherAsync(RunningApp app)
    {
        var taught = new TaughtLessons(app);
        await app.AddAccountAsync(taught.UserName, Role.Teacher, "s01");
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Add(new Teacher { Id = taught.UserName, SchoolId = "s01", Name = "赵一", SubjectIds = [], UserName = taught.UserName });
        await records.SaveChangesAsync();
        await app.Services.GetRequiredService<TimetableBook>().ReloadAsync(["s01"], CancellationToken.None);
        return taught;
    }

    /// <summary>
    /// Twenty minutes of a class of 40 in eight rows of five; from the tenth minute on the first ten have a hand up for two.
    /// </summary>
    /// <param name="ago">How long ago it ended.</param>
    /// <param name="ended">Whether it is over.</param>
    public async Task<Lesson> AddAsync(TimeSpan ago, bool ended = true)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds((DateTimeOffset.UtcNow - ago).AddMinutes(-20).ToUnixTimeMilliseconds());
        var tape = new SampleTape(from);
        for (int second = 0; second < 1200; second += 2)
        {
            int hands = second is >= 600 and < 720 ? 10 : 0;
            tape.Add(new BehaviourSample(
                from.AddSeconds(second), TimeSpan.FromSeconds(2), (int)Frame.Right, (int)Frame.Bottom,
                [.. Enumerable.Range(0, 40).Select(seat => Person(seat, seat < hands ? Behaviour.HandRaised : Behaviour.HeadUp))],
                LowConfidence: false, TeacherPlace.Front));
        }

        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-103",
            SchoolId = "s01",
            From = from,
            To = from.AddMinutes(20),
            Ended = ended,
            Enrolled = 40,
            TeacherId = UserName,
            Period = 3,
            PlannedFrom = from,
            Samples = tape.ToArray(),
            Sound = HeardTape.Write(MadeLesson.Sound(1200, (0, 600, Speaker.Teacher), (601, 1200, Speaker.Pupils))),
        };
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Lessons.Add(lesson);
        await records.SaveChangesAsync();
        return lesson;
    }

    /// <summary>The middle of a seat as a share of the picture.</summary>
    public static (double X, double Y) PlaceOf(int seat) => (0.1 + (0.2 * (seat % 5)), 0.2 + (0.1 * (seat / 5)));

    private static ObservedPerson Person(int seat, Behaviour behaviour)
    {
        (double x, double y) = PlaceOf(seat);
        (float left, float top) = ((float)(x * Frame.Right) - 20, (float)(y * Frame.Bottom) - 20);
        return new ObservedPerson(seat, behaviour, 1, new Pose(new Box(left, top, left + 40, top + 40), 0.9f, []));
    }
}
