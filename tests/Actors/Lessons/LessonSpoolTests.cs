using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Analytics.Speech;
using Xunke.Tests.Analytics.Lessons;

namespace Xunke.Tests.Actors.Lessons;

/// <summary>What is written down of a lesson that goes on, and what a torn or damaged file still gives.</summary>
public sealed class LessonSpoolTests : IDisposable
{
    private static readonly RoomRegistration Room = new("s01-101", "s01", 40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-spool-");
    private readonly LessonSpools _spools;

    public LessonSpoolTests() => _spools = new LessonSpools(Root, NullLogger<LessonSpools>.Instance);

    private string Root => Path.Combine(_folder.FullName, "lessons");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_seen_and_heard_comes_back_and_goes_on()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 60);
        Hear(lesson, 20);
        await _spools.KeepAsync(lesson);
        Watch(lessons, 60, 80);
        lesson.Ears.OnGap(1, 10 * SoundFormat.Rate);
        await _spools.KeepAsync(lesson);
        await _spools.KeepAsync(lesson);

        LessonInHand found = _spools.ReadAgain(Room.RoomId).ShouldHaveSingleItem();
        found.Head.ShouldBe(lesson.Head);
        found.To.ShouldBe(lesson.To);
        found.Samples().ShouldBe(lesson.Samples());
        using (var listener = LessonListener.Resume([.. FoundOf(found).Traces]))
        {
            listener.Samples.ShouldBeInRange((long)(29.4 * SoundFormat.Rate), 30 * SoundFormat.Rate);
        }

        // The next life writes behind it, and the life after that finds all.
        int traces = FoundOf(found).Traces.Count;
        RoomLessons later = Make();
        later.Resume(found);
        Watch(later, 200, 220).ShouldBeSameAs(found);
        await _spools.KeepAsync(found);
        _spools.ReadAgain(Room.RoomId).ShouldHaveSingleItem().Samples().ShouldBe(found.Samples());
        FoundOf(found).Traces.Count.ShouldBe(traces);

        _spools.Close(found, delete: true);
        await _spools.KeepAsync(found);
        Directory.GetFiles(Root).ShouldBeEmpty("what is over is not written down any more");
    }

    [Fact]
    public async Task A_file_that_was_torn_or_changed_anywhere_gives_what_is_before_and_takes_more()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 2);
        Hear(lesson, 1);
        await _spools.KeepAsync(lesson);
        Watch(lessons, 2, 6);
        lesson.Ears.OnGap(1, SoundFormat.Rate);
        await _spools.KeepAsync(lesson);
        Watch(lessons, 6, 8);
        await _spools.KeepAsync(lesson);
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
        await _spools.KeepAsync(lesson);
        _spools.IsFailing.ShouldBeTrue();
        Watch(lessons, 20, 40);
        File.Delete(Root);
        await _spools.KeepAsync(lesson);

        _spools.IsFailing.ShouldBeFalse();
        _spools.ReadAgain(Room.RoomId).ShouldHaveSingleItem().Samples().ShouldBe(lesson.Samples());
        if (OperatingSystem.IsLinux())
        {
            File.GetUnixFileMode(Root).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(Directory.GetFiles(Root)[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_full_disk_and_a_file_that_was_deleted_cost_nothing_once_there_is_room_again()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 20);
        Hear(lesson, 10);
        Directory.CreateDirectory(Root);
        string path = Path.Combine(Root, lesson.Head.Id + ".spool");
        File.CreateSymbolicLink(path, "/dev/full");
        await _spools.KeepAsync(lesson);
        Watch(lessons, 20, 30);
        await _spools.KeepAsync(lesson);
        File.Delete(path);
        await _spools.KeepAsync(lesson);
        ShouldHoldAll();

        Directory.Delete(Root, recursive: true);
        Watch(lessons, 30, 40);
        lesson.Ears.OnGap(1, 5 * SoundFormat.Rate);
        await _spools.KeepAsync(lesson);
        ShouldHoldAll();

        void ShouldHoldAll()
        {
            _spools.ReadAgain(Room.RoomId).ShouldHaveSingleItem().Samples().ShouldBe(lesson.Samples());
            using var listener = LessonListener.Resume([.. FoundOf(lesson).Traces]);
            listener.Chunks.ShouldBe(lesson.Ears.Trace(0).End);
        }
    }

    [Fact]
    public async Task Old_spools_go_with_the_lessons_of_their_time()
    {
        RoomLessons lessons = Make();
        LessonInHand lesson = Watch(lessons, 0, 20);
        await _spools.KeepAsync(lesson);
        _spools.DeleteOlderThan(DateTimeOffset.UtcNow.AddDays(-1));
        _spools.ReadAgain(Room.RoomId).Count.ShouldBe(1);
        _spools.DeleteOlderThan(DateTimeOffset.UtcNow.AddDays(1));
        _spools.ReadAgain(Room.RoomId).ShouldBeEmpty();
    }

    private static RoomLessons Make() => new(() => Room, RoomLessonsTests.Rules, new OneTimetable(null));

    private static LessonInHand Watch(RoomLessons lessons, int from, int to)
    {
        for (int second = from; second < to; second += 2)
        {
            lessons.Take(MadeLesson.Sample(second, 30, up: 20));
        }

        return lessons.Current.ShouldNotBeNull();
    }

    private static void Hear(LessonInHand lesson, int seconds) => lesson.Ears.OnSound(1, new float[seconds * SoundFormat.Rate]);

    private SpooledLesson FoundOf(LessonInHand lesson) => Found(Path.Combine(Root, lesson.Head.Id + ".spool")).ShouldNotBeNull();

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

        var lesson = new LessonInHand(found.Head, tape, found.To, new LessonEars(), found.Spool);
        RoomLessons room = Make();
        room.Resume(lesson);
        Watch(room, 100, 102);
        found.Spool.Write(lesson.SamplesFrom(found.Spool.Seen), found.Spool.Seen, lesson.To, lesson.Ears);
        found.Spool.Close(delete: false);
        SampleTape.Resume(found.Head.From, Found(path)!.Samples).ToArray().ShouldBe(lesson.Samples());
        return found.Samples.Length;
    }
}
