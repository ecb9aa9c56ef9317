using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Lessons;
using Xunke.Web.Schools;

namespace Xunke.Tests.Web.Lessons;

/// <summary>What is written down of a lesson that goes on, and what a torn or damaged file still gives.</summary>
public sealed class LessonSpoolTests : IDisposable
{
    private static readonly RoomEntry Room = new("s01-101", "s01", "一年级1班", "一年级", 40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-spool-");
    private readonly DataDirectory _data;
    private readonly LessonSpools _spools;

    public LessonSpoolTests()
    {
        _data = DataDirectory.Open(_folder.FullName);
        _spools = new LessonSpools(_data, NullLogger<LessonSpools>.Instance);
    }

    private string Root => _data.Combine("lessons");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void What_was_seen_and_heard_comes_back_and_goes_on()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 60);
        lesson.Ears = Hear(20);
        _spools.Keep(lessons, lesson);
        Watch(lessons, 60, 80);
        lesson.Ears.OnGap(1, 10 * SoundFormat.Rate);
        _spools.Keep(lessons, lesson);
        _spools.Keep(lessons, lesson);

        SpooledLesson found = _spools.ReadAll().ShouldHaveSingleItem();
        found.Head.ShouldBe(new SpoolHead(lesson.Id, Room.RoomId, Room.SchoolId, 40, lesson.From, lesson.Limit));
        found.To.ShouldBe(lesson.To);
        var tape = SampleTape.Resume(found.Head.From, found.Samples);
        tape.ToArray().ShouldBe(lesson.Samples());
        using var listener = LessonListener.Resume([.. found.Traces]);
        listener.Samples.ShouldBeInRange((long)(29.4 * SoundFormat.Rate), 30 * SoundFormat.Rate);

        // The next life writes behind it, and the life after that finds all.
        var resumed = new LessonInHand(Room, found.Head.Id, found.Head.From, found.Head.Limit, tape, found.To) { Spool = found.Spool };
        found.Spool.HeardUpTo(listener.Chunks);
        RoomLessons later = Make();
        later.Resume(resumed);
        Watch(later, 200, 220).ShouldBeSameAs(resumed);
        _spools.Keep(later, resumed);
        SpooledLesson again = _spools.ReadAll().ShouldHaveSingleItem();
        again.Traces.Count.ShouldBe(found.Traces.Count);
        SampleTape.Resume(again.Head.From, again.Samples).ToArray().ShouldBe(resumed.Samples());

        _spools.Close(resumed, delete: true);
        _spools.Keep(later, resumed);
        Directory.GetFiles(Root).ShouldBeEmpty("what is over is not written down any more");
    }

    [Fact]
    public void A_file_that_was_torn_or_changed_anywhere_gives_what_is_before_and_takes_more()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 2);
        lesson.Ears = Hear(1);
        _spools.Keep(lessons, lesson);
        Watch(lessons, 2, 6);
        lesson.Ears.OnGap(1, SoundFormat.Rate);
        _spools.Keep(lessons, lesson);
        Watch(lessons, 6, 8);
        _spools.Keep(lessons, lesson);
        _spools.Close(lesson, delete: false);
        string path = Directory.GetFiles(Root).ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(path);
        byte[] all = Found(path)!.Samples;

        int last = -1;
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            int samples = Check(path, all);
            samples.ShouldBeGreaterThanOrEqualTo(last);
            last = samples;
        }

        last.ShouldBe(all.Length);
        var random = new Random(11);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(path, changed);
            Check(path, all).ShouldBeLessThan(all.Length + 1);
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_costs_nothing_once_it_can()
    {
        File.WriteAllText(Root, "in the way");
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 20);
        _spools.Keep(lessons, lesson);
        (await _spools.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status.ShouldBe(HealthStatus.Degraded);
        Watch(lessons, 20, 40);
        File.Delete(Root);
        _spools.Keep(lessons, lesson);

        (await _spools.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status.ShouldBe(HealthStatus.Healthy);
        SpooledLesson found = _spools.ReadAll().ShouldHaveSingleItem();
        SampleTape.Resume(found.Head.From, found.Samples).ToArray().ShouldBe(lesson.Samples());
        if (OperatingSystem.IsLinux())
        {
            File.GetUnixFileMode(Root).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(Directory.GetFiles(Root)[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_full_disk_and_a_file_that_was_deleted_cost_nothing_once_there_is_room_again()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 20);
        lesson.Ears = Hear(10);
        Directory.CreateDirectory(Root);
        string path = Path.Combine(Root, lesson.Id + ".spool");
        File.CreateSymbolicLink(path, "/dev/full");
        _spools.Keep(lessons, lesson);
        Watch(lessons, 20, 30);
        _spools.Keep(lessons, lesson);
        File.Delete(path);
        _spools.Keep(lessons, lesson);
        ShouldHoldAll();

        Directory.Delete(Root, recursive: true);
        Watch(lessons, 30, 40);
        lesson.Ears.OnGap(1, 5 * SoundFormat.Rate);
        _spools.Keep(lessons, lesson);
        ShouldHoldAll();

        void ShouldHoldAll()
        {
            SpooledLesson found = _spools.ReadAll().ShouldHaveSingleItem();
            SampleTape.Resume(found.Head.From, found.Samples).ToArray().ShouldBe(lesson.Samples());
            using var listener = LessonListener.Resume(found.Traces.ToList());
            listener.Chunks.ShouldBe(lesson.Ears!.Trace(0).End);
        }
    }

    [Fact]
    public void Old_spools_go_with_the_lessons_of_their_time()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 20);
        _spools.Keep(lessons, lesson);
        _spools.DeleteOlderThan(DateTimeOffset.UtcNow.AddDays(-1));
        _spools.ReadAll().Count.ShouldBe(1);
        _spools.DeleteOlderThan(DateTimeOffset.UtcNow.AddDays(1));
        _spools.ReadAll().ShouldBeEmpty();
    }

    private static RoomLessons Make() => new(Room, new LessonSettings(), new PeriodTable([], TimeZoneInfo.Utc));

    private static LessonInHand Watch(RoomLessons lessons, int from, int to)
    {
        for (int second = from; second < to; second += 2)
        {
            lessons.Take(MadeLesson.Sample(second, 30, up: 20));
        }

        return lessons.Current.ShouldNotBeNull();
    }

    private static LessonEars Hear(int seconds)
    {
        var ears = new LessonEars();
        ears.OnSound(1, new float[seconds * SoundFormat.Rate]);
        return ears;
    }

    private static SpooledLesson? Found(string path) => LessonSpool.Read(path);

    /// <summary>Whatever is found is a beginning of what was written, whole samples and traces that follow each other; and more can be written behind it.</summary>
    private static int Check(string path, byte[] all)
    {
        if (Found(path) is not { } found)
        {
            return 0;
        }

        all.AsSpan(0, found.Samples.Length).SequenceEqual(found.Samples).ShouldBeTrue();
        var tape = SampleTape.Resume(found.Head.From, found.Samples);
        if (found.Traces.Count > 0)
        {
            using var listener = LessonListener.Resume([.. found.Traces]);
            found.Spool.HeardUpTo(listener.Chunks);
        }

        var lesson = new LessonInHand(Room, found.Head.Id, found.Head.From, found.Head.Limit, tape, found.To) { Spool = found.Spool };
        RoomLessons room = Make();
        room.Resume(lesson);
        Watch(room, 100, 102);
        found.Spool.Write(room, lesson);
        found.Spool.Close(delete: false);
        SampleTape.Resume(found.Head.From, Found(path)!.Samples).ToArray().ShouldBe(lesson.Samples());
        return found.Samples.Length;
    }
}
