using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Records;

/// <summary>The records, in each of the databases that a district may have.</summary>
public abstract class RecordsContextTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Morning = new(2026, 9, 1, 8, 5, 0, TimeSpan.FromHours(8));

    private TestRecords _records = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _records = await MakeAsync();

    public ValueTask DisposeAsync() => _records.DisposeAsync();

    protected abstract Task<TestRecords> MakeAsync();

    [Fact]
    public void The_migrations_make_what_the_model_says()
    {
        using var records = Open();
        records.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var records = Open();
        await records.Database.MigrateAsync(Cancelled);
        await AddBooksAsync(records);
        await records.Database.MigrateAsync(Cancelled);
        (await records.Rooms.CountAsync(Cancelled)).ShouldBe(1);
    }

    [Fact]
    public async Task Visits_are_found_and_sorted_by_time_whatever_their_offset()
    {
        await using var records = Open();
        await records.Database.MigrateAsync(Cancelled);
        await AddBooksAsync(records);
        records.Visits.AddRange(
            Visit("second", Morning.AddMinutes(1).ToUniversalTime()), Visit("third", Morning.AddMinutes(2)), Visit("first", Morning));
        await records.SaveChangesAsync(Cancelled);

        await using var later = Open();
        var found = await later.Visits.Where(visit => visit.From >= Morning.AddSeconds(30))
            .OrderBy(visit => visit.From).ToListAsync(Cancelled);
        found.Select(visit => visit.Purpose).ShouldBe(["second", "third"]);
        found[1].From.ShouldBe(Morning.AddMinutes(2));
    }

    [Fact]
    public async Task A_room_of_no_school_is_refused()
    {
        await using var records = Open();
        await records.Database.MigrateAsync(Cancelled);
        records.Rooms.Add(Room("s99"));
        await Should.ThrowAsync<DbUpdateException>(records.SaveChangesAsync(Cancelled));
    }

    [Fact]
    public async Task The_state_of_actors_and_the_records_share_a_database()
    {
        await using var records = Open();
        await records.Database.MigrateAsync(Cancelled);
        await using var store = await _records.OpenStateAsync();
        await store.SaveAsync("classroom", "s01-101", "state", 0);
        await AddBooksAsync(records);
        (await records.Schools.CountAsync(Cancelled)).ShouldBe(1);
        (await store.LoadAsync("classroom", "s01-101"))!.Payload.ShouldBe("state");
    }

    private RecordsContext Open() => _records.CreateDbContext();

    [Fact]
    public async Task Text_is_sorted_and_compared_byte_by_byte()
    {
        await using var records = Open();
        string[] ids = ["a", "B", "b", "_", "学", "A"];
        records.Schools.AddRange(ids.Select((id, order) => new School { Id = id, Name = id, NameEn = id, Order = order }));
        await records.SaveChangesAsync(Cancelled);

        (await records.Schools.OrderBy(school => school.Id).Select(school => school.Id).ToListAsync(Cancelled))
            .ShouldBe(["A", "B", "_", "a", "b", "学"]);
        (await records.Schools.CountAsync(school => school.Id == "a", Cancelled)).ShouldBe(1);
    }

    [Fact]
    public async Task Accounts_lessons_and_recordings_come_back_as_they_were()
    {
        var recording = Guid.NewGuid();
        await using (RecordsContext records = Open())
        {
            await AddBooksAsync(records);
            records.Users.Add(
                new Account
                {
                    Id = "1",
                    UserName = "amy",
                    DisplayName = "艾米",
                    Role = Role.Principal,
                    SchoolId = "s01",
                    LockoutEnd = DateTimeOffset.MaxValue
                });
            records.LoginSessions.Add(
                new LoginSession { Id = "session", AccountId = "1", Granted = "granted", From = Morning, SeenAt = Morning });
            records.Lessons.AddRange(
                new Lesson
                {
                    Id = Guid.NewGuid(),
                    RoomId = "s01-101",
                    SchoolId = "s01",
                    From = Morning,
                    To = Morning,
                    Enrolled = 40,
                    Samples = [1, 2, 3]
                },
                new Lesson
                {
                    Id = Guid.NewGuid(),
                    RoomId = "s01-101",
                    SchoolId = "s01",
                    From = Morning,
                    To = Morning,
                    Enrolled = 40,
                    Samples = [],
                    Ended = true
                });
            records.Recordings.Add(new Recording
            {
                Id = recording,
                RoomId = "s01-101",
                SchoolId = "s01",
                UserName = "amy",
                DisplayName = "艾米",
                Reason = "磨课",
                Media = MediaKinds.Both,
                From = Morning,
                Until = Morning.AddMinutes(40),
                Faults = ["disk-slow", "video-lost"],
                Parts =
                    { new StoredPart { Number = 1, OffsetMilliseconds = 0, LengthMilliseconds = 1, Bytes = 1, VideoCodec = VideoCodec.H264,
                    Width = 640, Height = 360, HasSound = true } },
            });
            await records.SaveChangesAsync(Cancelled);
        }

        await using RecordsContext later = Open();
        Account amy = await later.Users.SingleAsync(Cancelled);
        (amy.Role, amy.LockoutEnd, amy.DisplayName).ShouldBe((Role.Principal, DateTimeOffset.MaxValue, "艾米"));
        (await later.LoginSessions.SingleAsync(Cancelled)).From.ShouldBe(Morning);
        (await later.LessonsNotEnded.SingleAsync(Cancelled)).Samples.ShouldBe([1, 2, 3]);
        Recording found = await later.Recordings.Include(one => one.Parts).SingleAsync(one => one.Id == recording, Cancelled);
        found.Faults.ShouldBe(["disk-slow", "video-lost"]);
        found.Parts.ShouldHaveSingleItem().VideoCodec.ShouldBe(VideoCodec.H264);
        await later.Users.ExecuteDeleteAsync(Cancelled);
        (await later.LoginSessions.CountAsync(Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task Database_that_can_grow_has_room()
    {
        await using RecordsContext records = Open();
        (await records.HasRoomAsync(Cancelled)).ShouldBeTrue();
        (await records.HasRoomAsync(Cancelled)).ShouldBeTrue();
    }

    private static async Task AddBooksAsync(RecordsContext records)
    {
        records.Schools.Add(new School { Id = "s01", Name = "第一小学", NameEn = "First Primary", Order = 1 });
        records.Rooms.Add(Room("s01"));
        await records.SaveChangesAsync(Cancelled);
    }

    private static Room Room(string school) => new()
    {
        Id = $"{school}-101",
        SchoolId = school,
        Name = "一年级1班",
        Grade = "一年级",
        Enrolled = 40,
        KeyRotatedAt = Morning,
    };

    private static Visit Visit(string purpose, DateTimeOffset from) => new()
    {
        Id = Guid.NewGuid(),
        RoomId = "s01-101",
        SchoolId = "s01",
        UserName = "inspector",
        DisplayName = "督导",
        Purpose = purpose,
        From = from,
    };
}

public sealed class SqliteRecordsContextTests : RecordsContextTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.SqliteAsync();
}

public sealed class PostgreSqlRecordsContextTests : RecordsContextTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.PostgreSqlAsync();
}
