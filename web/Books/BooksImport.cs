using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;

namespace Xunke.Web.Books;

/// <summary>Puts the schools, rooms and accounts of two CSV files on the books: first everything is checked, then everything is
/// written.</summary>
internal sealed partial class BooksImport(
    RecordsContext records,
    NewAccounts newAccounts,
    AuditTrail audit,
    IOptions<BooksSettings> books,
    IOptions<DemoSettings> demo,
    TimeProvider time,
    ILogger<BooksImport> logger)
{
    /// <summary>What the files say, checked.</summary>
    internal sealed record Checked(IReadOnlyList<RoomOnFile> Rooms, IReadOnlyList<AccountOnFile> Accounts);

    /// <summary>Reads and checks the files that were named; writes nothing.</summary>
    /// <exception cref="StartupException">Something is wrong; every wrong row is named.</exception>
    public async Task<Checked> CheckAsync(CancellationToken cancellationToken)
    {
        if (demo.Value.Enabled && (books.Value.Schools is not null || books.Value.Accounts is not null))
        {
            throw new StartupException(
                "--schools、--accounts 要与 --no-demo 一起使用 can be used only with --no-demo: real schools and made-up ones do not mix");
        }

        var faults = new BookFaults();
        IReadOnlyList<RoomOnFile> rooms = books.Value.Schools is { } schools ? RoomOnFile.Read(schools, faults) : [];
        Dictionary<string, string> schoolOfRoom =
            await records.Rooms.ToDictionaryAsync(room => room.Id, room => room.SchoolId, cancellationToken);
        foreach (RoomOnFile room in rooms)
        {
            if (schoolOfRoom.TryGetValue(room.RoomId, out string? school) && school != room.SchoolId)
            {
                room.Row.Fault(faults, $"教室 {room.RoomId} 已属于学校 {school} this room already belongs to {school}");
            }
        }

        HashSet<string> known =
            [.. await records.Schools.Select(school => school.Id).ToListAsync(cancellationToken), .. rooms.Select(room => room.SchoolId)];
        IReadOnlyList<AccountOnFile> accounts = books.Value.Accounts is { } path ? AccountOnFile.Read(path, known, faults) : [];
        faults.ThrowIfAny();
        return new Checked(rooms, accounts);
    }

    /// <summary>Writes what was checked.</summary>
    /// <returns>The accounts that were made, or null when none was.</returns>
    public async Task<NewAccountsNotice?> WriteAsync(Checked found)
    {
        if (books.Value.Schools is not null)
        {
            await audit.CommitAsync(deed => WriteSchoolsAsync(deed, found.Rooms));
        }

        if (books.Value.Accounts is null)
        {
            return null;
        }

        NewAccountsNotice? made = null;
        int count = 0;
        await audit.CommitAsync(records, async deed =>
        {
            made = await newAccounts.MakeAsync(deed, found.Accounts);
            count = made?.Count ?? 0;
            deed.Tell(AuditTrail.System, "books.imported", $"accounts: {count} new, {found.Accounts.Count - count} as they were");
        });
        LogAccounts(count, found.Accounts.Count - count);
        return made;
    }

    private async Task WriteSchoolsAsync(Deed deed, IReadOnlyList<RoomOnFile> rooms)
    {
        Dictionary<string, School> schools = await deed.Records.Schools.ToDictionaryAsync(school => school.Id);
        Dictionary<string, Room> known = await deed.Records.Rooms.ToDictionaryAsync(room => room.Id);
        IGrouping<string, RoomOnFile>[] onFile = [.. rooms.GroupBy(room => room.SchoolId)];
        int schoolsLeft = schools.Keys.Except(onFile.Select(school => school.Key)).Count();
        int roomsLeft = known.Keys.Except(rooms.Select(room => room.RoomId)).Count();
        int order = schools.Values.Select(school => school.Order).DefaultIfEmpty().Max();
        foreach (IGrouping<string, RoomOnFile> school in onFile)
        {
            string name = school.First().School;
            string? english = school.Select(room => room.SchoolEn).FirstOrDefault(text => text.Length > 0);
            if (schools.TryGetValue(school.Key, out School? existing))
            {
                existing.Name = name;
                existing.NameEn = english ?? existing.NameEn;
            }
            else
            {
                deed.Records.Schools.Add(new School { Id = school.Key, Name = name, NameEn = english ?? name, Order = ++order });
            }
        }

        DateTimeOffset now = time.GetUtcNow();
        foreach (RoomOnFile room in rooms)
        {
            if (known.TryGetValue(room.RoomId, out Room? existing))
            {
                existing.Name = room.Name;
                existing.Grade = room.Grade;
                existing.Enrolled = room.Enrolled;
            }
            else
            {
                deed.Records.Rooms.Add(new Room
                {
                    Id = room.RoomId,
                    SchoolId = room.SchoolId,
                    Name = room.Name,
                    Grade = room.Grade,
                    Enrolled = room.Enrolled,
                    KeyRotatedAt = now,
                });
            }
        }

        deed.Tell(
            AuditTrail.System,
            "books.imported",
            $"schools: {onFile.Length}, rooms: {rooms.Count}; not in the file and left alone: {schoolsLeft} schools, {roomsLeft} rooms");
        deed.Afterwards(() => LogSchools(onFile.Length, rooms.Count, schoolsLeft, roomsLeft));
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Books: {Schools} schools and {Rooms} rooms imported; not in the file and left alone: {SchoolsLeft} schools, {RoomsLeft} rooms")]
    private partial void LogSchools(int schools, int rooms, int schoolsLeft, int roomsLeft);

    [LoggerMessage(Level = LogLevel.Information, Message = "Books: {Made} new accounts, {Kept} left as they were")]
    private partial void LogAccounts(int made, int kept);
}
