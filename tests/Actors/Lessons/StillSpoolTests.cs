using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Analytics.Stills;
using Xunke.Tests.Analytics.Lessons;

namespace Xunke.Tests.Actors.Lessons;

/// <summary>What is written down of a lesson's stills, how much of it, and when it goes.</summary>
public sealed class StillSpoolTests : IDisposable
{
    private static readonly RoomRegistration Room = new("s01-101", "s01", 40);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-stills-");

    private string Root => Path.Combine(_folder.FullName, "lessons");

    private string FilePath => Path.Combine(_folder.FullName, "a.stills");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Stills_come_back_in_order_and_a_later_start_writes_behind_them()
    {
        Keep(new StillSpool(FilePath), 0, 3);
        Keep(new StillSpool(FilePath), 3, 5);

        Seconds(StillSpool.Read(FilePath)).ShouldBe([0, 1, 2, 3, 4]);
        StillSpool.Read(FilePath)[4].Jpeg.ToArray().ShouldBe(Made(4).Jpeg.ToArray());
        if (OperatingSystem.IsLinux())
        {
            File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_file_that_was_torn_anywhere_gives_what_is_before_and_takes_more()
    {
        Keep(new StillSpool(FilePath), 0, 3);
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            int left = StillSpool.Read(FilePath).Count;
            left.ShouldBeLessThan(3);
            Keep(new StillSpool(FilePath), 9, 10);
            Seconds(StillSpool.Read(FilePath)).ShouldBe([.. Enumerable.Range(0, left), 9]);
        }
    }

    [Fact]
    public void A_full_spool_loses_every_second_still_and_is_still_of_the_whole_lesson()
    {
        var spool = new StillSpool(FilePath);
        Keep(spool, 0, StillSpool.Most);
        spool.Spacing.ShouldBe(1);
        Keep(spool, StillSpool.Most, StillSpool.Most + 2);

        spool.Spacing.ShouldBe(2, "they come half as often from now on");
        Seconds(StillSpool.Read(FilePath)).ShouldBe(
            [.. Enumerable.Range(0, StillSpool.Most).Where(second => second % 2 == 1), StillSpool.Most, StillSpool.Most + 1]);
        Directory.GetFiles(_folder.FullName).ShouldBe([FilePath]);
    }

    [Fact]
    public void A_spool_never_takes_more_bytes_than_it_may()
    {
        var spool = new StillSpool(FilePath);
        for (int second = 0; second < 40; second++)
        {
            spool.Keep(new Still(MadeLesson.Origin.AddSeconds(second), new byte[300_000]));
            new FileInfo(FilePath).Length.ShouldBeLessThanOrEqualTo(StillSpool.MostBytes);
        }

        StillSpool.Read(FilePath).Count.ShouldBeInRange(6, 13);
    }

    [Fact]
    public async Task Stills_survive_the_end_of_the_server_with_their_lesson_and_go_with_it()
    {
        LessonSpools spools = Spools();
        LessonInHand lesson = Begin();
        await spools.KeepAsync(lesson);
        (await spools.Stills.KeepAsync(lesson, Made(1))).ShouldBeTrue();
        spools.Close(lesson, delete: false);
        await spools.Stills.KeepAsync(lesson, Made(2));
        await File.WriteAllTextAsync(Path.Combine(Root, $"{Guid.NewGuid()}.stills"), "of nobody's lesson", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Root, $"{lesson.Head.Id}.stills.half"), "written in part", TestContext.Current.CancellationToken);

        LessonSpools next = Spools();
        next.Load();
        LessonInHand found = next.Take(_ => true).ShouldHaveSingleItem();
        await next.Stills.KeepAsync(found, Made(3));

        Seconds(next.Stills.Of(lesson.Head.Id)).ShouldBe([1, 3], "nothing is written after the end");
        Directory.GetFiles(Root).Length.ShouldBe(2, "what belongs to no lesson goes");
        next.Close(found, delete: true);
        Directory.GetFiles(Root).ShouldBeEmpty();
        await next.Stills.KeepAsync(found, Made(4));
        Directory.GetFiles(Root).ShouldBeEmpty("what is over is not written down any more");
        next.Stills.Of(lesson.Head.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_stills_are_turned_off_those_of_an_earlier_start_go_and_are_not_read()
    {
        LessonSpools spools = Spools();
        LessonInHand lesson = Begin();
        await spools.KeepAsync(lesson);
        await spools.Stills.KeepAsync(lesson, Made(1));
        spools.Close(lesson, delete: false);

        var off = new LessonSpools(Root, NullLogger<LessonSpools>.Instance, keepStills: false);
        off.Stills.Of(lesson.Head.Id).ShouldBeEmpty();
        off.Load();

        Directory.GetFiles(Root).ShouldHaveSingleItem().ShouldEndWith(".spool");
    }

    [Fact]
    public async Task A_full_disk_costs_stills_and_not_the_lesson()
    {
        LessonSpools spools = Spools();
        LessonInHand lesson = Begin();
        Directory.CreateDirectory(Root);
        string path = Path.Combine(Root, $"{lesson.Head.Id}.stills");
        File.CreateSymbolicLink(path, "/dev/full");

        (await spools.Stills.KeepAsync(lesson, Made(1))).ShouldBeFalse();
        (await spools.KeepAsync(lesson)).ShouldBeTrue();
        spools.IsFailing.ShouldBeFalse();
        File.Delete(path);
        (await spools.Stills.KeepAsync(lesson, Made(2))).ShouldBeTrue();

        Seconds(spools.Stills.Of(lesson.Head.Id)).ShouldBe([2]);
    }

    [Fact]
    public async Task Old_stills_of_lessons_that_were_never_put_on_record_go()
    {
        LessonSpools spools = Spools();
        LessonInHand lesson = Begin();
        await spools.Stills.KeepAsync(lesson, Made(1));
        spools.DeleteStillsOlderThan(DateTimeOffset.UtcNow.AddDays(-1));
        spools.Stills.Of(lesson.Head.Id).Count.ShouldBe(1);
        spools.DeleteStillsOlderThan(DateTimeOffset.UtcNow.AddDays(1));
        spools.Stills.Of(lesson.Head.Id).ShouldBeEmpty();
    }

    private LessonSpools Spools() => new(Root, NullLogger<LessonSpools>.Instance);

    private static LessonInHand Begin()
    {
        var lessons = new RoomLessons(() => Room, RoomLessonsTests.Rules, new OneTimetable(null));
        lessons.Take(MadeLesson.Sample(0, 30, up: 20));
        return lessons.Current.ShouldNotBeNull();
    }

    private static void Keep(StillSpool spool, int from, int to)
    {
        for (int second = from; second < to; second++)
        {
            spool.Keep(Made(second));
        }
    }

    private static Still Made(int second) => new(MadeLesson.Origin.AddSeconds(second), Enumerable.Range(0, 50 + second % 7).Select(i => (byte)(i + second)).ToArray());

    private static IEnumerable<int> Seconds(IEnumerable<Still> stills) => stills.Select(still => (int)(still.At - MadeLesson.Origin).TotalSeconds);
}
