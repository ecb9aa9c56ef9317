using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Actors.Visits;
using Xunke.Web.Hosting;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>What a room is for.</summary>
internal enum RoomUse
{
    /// <summary>A class's lessons.</summary>
    Classroom,

    /// <summary>Lessons that are recorded: it is booked (智能录播教室).</summary>
    RecordingRoom,
}

/// <summary>A room; without a use it is a classroom.</summary>
internal sealed record RoomRow(
    string? Id, string? SchoolId, string? Name, string? Grade, int? Enrolled, RoomUse? Use = null, string? Version = null) : IBookRow;

/// <summary>The rooms of all schools.</summary>
internal sealed class RoomsBook(MonitoringHost monitoring) : Book<Room, RoomRow>
{
    private const int LongestId = 40;
    private const int MostEnrolled = 100;

    /// <inheritdoc />
    public override string Name => "rooms";

    /// <inheritdoc />
    public override IQueryable<Room> Of(RecordsContext records, string? schoolId) =>
        records.Rooms.Where(room => schoolId == null || room.SchoolId == schoolId).OrderBy(room => room.Id);

    /// <inheritdoc />
    public override RoomRow Show(Room entity) => new(
        entity.Id, entity.SchoolId, entity.Name, entity.Grade, entity.Enrolled,
        entity.IsRecordingRoom ? RoomUse.RecordingRoom : RoomUse.Classroom);

    /// <inheritdoc />
    public override RoomRow WithIdentity(RoomRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override async Task<RoomRow> CheckAsync(RoomRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("schoolId", await records.Schools.AnyAsync(school => school.Id == row.SchoolId));
        faults.Id("id", row.Id, LongestId, $"{row.SchoolId}-");
        return row with
        {
            Name = faults.Name("name", row.Name),
            Grade = faults.Name("grade", row.Grade),
            Enrolled = faults.Number("enrolled", row.Enrolled, 0, MostEnrolled),
            Use = row.Use ?? RoomUse.Classroom,
        };
    }

    /// <inheritdoc />
    public override Room Make(RoomRow row, DateTimeOffset now) => new()
    {
        Id = row.Id!,
        SchoolId = row.SchoolId!,
        Name = row.Name!,
        Grade = row.Grade!,
        Enrolled = row.Enrolled!.Value,
        IsRecordingRoom = row.Use is RoomUse.RecordingRoom,
        KeyRotatedAt = now,
    };

    /// <inheritdoc />
    public override void Write(RoomRow row, Room entity) => (entity.Name, entity.Grade, entity.Enrolled, entity.IsRecordingRoom) =
        (row.Name!, row.Grade!, row.Enrolled!.Value, row.Use is RoomUse.RecordingRoom);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<BookUse> uses = await new Uses(cancellationToken)
            .Of("classes", records.Classes.Where(one => one.RoomId == id).Select(one => one.Name))
            .Of("timetable", records.Timetable.Where(entry => entry.RoomId == id)
                .Join(records.Classes, entry => entry.ClassId, one => one.Id, (entry, one) => one.Name))
            .Of("timetable-changes", records.TimetableChanges.Where(change => change.RoomId == id).Select(change => change.Reason ?? ""))
            .Of("lessons", records.Lessons.Where(lesson => lesson.RoomId == id).Select(lesson => lesson.RoomId))
            .Of("visits", records.Visits.Where(visit => visit.RoomId == id).Select(visit => visit.Purpose))
            .Of("recordings", records.Recordings.Where(recording => recording.RoomId == id).Select(recording => recording.RoomId))
            .Of("bookings", records.Bookings.Where(booking => booking.RoomId == id).Select(booking => booking.Purpose))
            .Of("camera", records.Rooms.Where(room => room.Id == id && room.Camera != null).Select(room => room.Name))
            .FoundAsync();
        return monitoring.IsLive(id) ? [.. uses, new BookUse("live", 1, [])] : uses;
    }
}
