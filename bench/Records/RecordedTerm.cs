using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Analytics.Speech;
using Xunke.Web.Lessons;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Bench.Records;

using Lesson = Xunke.Actors.Lessons.Lesson;

/// <summary>
/// A term on record: so many lessons back from now, eight a day in each of the district's rooms, and a visit for every tenth.
/// </summary>
internal sealed class RecordedTerm(IServiceProvider services)
{
    private const int LessonsADay = 8;
    private const int Batch = 500;
    private const int Variants = 8;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(40);

    /// <summary>What one lesson takes in the database: samples, sound and snapshot.</summary>
    public double BytesPerLesson { get; private set; }

    /// <summary>Puts the lessons on record that a table of this size does not have yet.</summary>
    /// <param name="from">The number of the first lesson, back from now.</param>
    /// <param name="to">The number behind the last.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(int from, int to, CancellationToken cancellationToken)
    {
        RoomEntry[] rooms = [.. services.GetRequiredService<SchoolBook>().Schools.SelectMany(school => school.Rooms)];
        BookNames names = services.GetRequiredService<TimetableBook>().Names;
        ILookup<string, string> teachers = names.Teachers.Values.ToLookup(one => one.SchoolId, one => one.Id);
        ILookup<string, string> classes = names.Classes.Values.ToLookup(one => one.SchoolId, one => one.Id);
        string[] subjects = [.. names.Subjects.Keys.Order()];
        Lesson[] made = [.. Enumerable.Range(0, Variants).Select(Make)];
        BytesPerLesson = made.Average(one => one.Samples.Length + one.Sound!.Length + one.Snapshot!.Length + one.Figures!.Length);
        DateTimeOffset today = new(DateTimeOffset.UtcNow.Date, TimeSpan.Zero);
        var factory = services.GetRequiredService<IDbContextFactory<RecordsContext>>();
        for (int first = from; first < to; first += Batch)
        {
            await using RecordsContext records = await factory.CreateDbContextAsync(cancellationToken);
            for (int number = first; number < Math.Min(first + Batch, to); number++)
            {
                int room = number % rooms.Length, slot = number / rooms.Length;
                RoomEntry at = rooms[room];
                DateTimeOffset began = today.AddDays(-1 - (slot / LessonsADay)).AddHours(slot % LessonsADay);
                string[] ofSchool = [.. teachers[at.SchoolId]];
                string[] itsClasses = [.. classes[at.SchoolId]];
                Lesson like = made[number % Variants];
                records.Add(new Lesson
                {
                    Id = Guid.NewGuid(),
                    RoomId = at.RoomId,
                    SchoolId = at.SchoolId,
                    From = began,
                    To = began + Length,
                    Ended = true,
                    TeacherId = ofSchool[(room + (slot * 7)) % ofSchool.Length],
                    ClassId = itsClasses[room % itsClasses.Length],
                    SubjectId = subjects[(room + slot) % subjects.Length],
                    Period = 1 + (slot % LessonsADay),
                    PlannedFrom = began,
                    PlannedTo = began + Length,
                    Enrolled = MadeClass.Pupils,
                    Samples = like.Samples,
                    Sound = like.Sound,
                    Snapshot = like.Snapshot,
                    Figures = like.Figures,
                });
                if (number % 10 == 0)
                {
                    records.Add(new Visit
                    {
                        Id = Guid.NewGuid(),
                        RoomId = at.RoomId,
                        SchoolId = at.SchoolId,
                        UserName = "inspector",
                        DisplayName = "inspector",
                        Purpose = "bench",
                        From = began.AddMinutes(5),
                        To = began.AddMinutes(9),
                    });
                }
            }

            await records.SaveChangesAsync(cancellationToken);
        }
    }

    private static Lesson Make(int seed)
    {
        DateTimeOffset from = DateTimeOffset.UnixEpoch;
        var tape = new SampleTape(from);
        var pupils = new MadeClass(seed);
        for (DateTimeOffset at = from; at < from + Length; at += TimeSpan.FromSeconds(1))
        {
            tape.Add(pupils.Look(at));
        }

        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "made",
            SchoolId = "made",
            From = from,
            To = from + Length,
            Ended = true,
            Enrolled = MadeClass.Pupils,
            Samples = tape.ToArray(),
            Sound = HeardTape.Write(new HeardLesson(
                Length,
                [
                    .. Enumerable.Range(0, 240).Select(part => new SpokenPart(
                        TimeSpan.FromSeconds(part * 10), TimeSpan.FromSeconds((part * 10) + 8),
                        part % 3 == 0 ? Speaker.Pupils : Speaker.Teacher, 0.9)),
                ],
                SeparationMethod.Voices, [])),
        };
        lesson.Snapshot = FrozenSnapshot.Make(lesson, room: null, "made", BookNames.None);
        lesson.Figures = LessonComparison.FiguresOf(lesson.Snapshot);
        return lesson;
    }
}
