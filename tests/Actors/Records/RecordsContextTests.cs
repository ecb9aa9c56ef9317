using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Records;

public sealed class RecordsContextTests : IDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 9, 1, 8, 5, 0, TimeSpan.FromHours(8));

    private readonly TempDatabase _database = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

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
        var found = await later.Visits.Where(visit => visit.From >= Morning.AddSeconds(30)).OrderBy(visit => visit.From).ToListAsync(Cancelled);
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
    public async Task The_state_of_actors_and_the_records_share_a_file()
    {
        await using var records = Open();
        await records.Database.MigrateAsync(Cancelled);
        await using var store = new ActorStateStore(await _database.OpenAsync(), TimeProvider.System);
        await store.InitialiseAsync(Cancelled);
        await store.SaveAsync("classroom", "s01-101", "state", 0, Cancelled);
        await AddBooksAsync(records);
        (await records.Schools.CountAsync(Cancelled)).ShouldBe(1);
        (await store.LoadAsync("classroom", "s01-101", Cancelled))!.Payload.ShouldBe("state");
    }

    private RecordsContext Open() =>
        new SqliteRecords(new DbContextOptionsBuilder<SqliteRecords>().UseSqlite(SqliteDatabase.ConnectionString(_database.Path)).Options);

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
