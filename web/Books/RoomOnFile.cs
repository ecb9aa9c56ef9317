using System.Globalization;
using Xunke.Web.Text;

namespace Xunke.Web.Books;

/// <summary>A row of the schools file: a room and the school that it belongs to.</summary>
/// <param name="Row">Where it was read.</param>
/// <param name="SchoolId">Such as "s01".</param>
/// <param name="School">The school's name.</param>
/// <param name="SchoolEn">The school's English name; empty: not said.</param>
/// <param name="RoomId">Such as "s01-304".</param>
/// <param name="Name">The room's name.</param>
/// <param name="Grade">The grade of the class in it.</param>
/// <param name="Enrolled">Pupils on the books, 1 to 100.</param>
internal sealed record RoomOnFile(
    BookRow Row, string SchoolId, string School, string SchoolEn, string RoomId, string Name, string Grade, int Enrolled)
{
    private const int LongestSchoolId = 20;
    private const int LongestRoomId = 40;
    private const int MostEnrolled = 100;

    private static readonly Column SchoolIdColumn = new("学校编号", "school_id");
    private static readonly Column SchoolColumn = new("学校", "school");
    private static readonly Column SchoolEnColumn = new("英文名", "school_en", Optional: true);
    private static readonly Column RoomIdColumn = new("教室编号", "room_id");
    private static readonly Column RoomColumn = new("教室", "room");
    private static readonly Column GradeColumn = new("年级", "grade");
    private static readonly Column EnrolledColumn = new("人数", "enrolled");

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Takes every wrong row.</param>
    /// <returns>All rows; not fit for use when faults were noted.</returns>
    public static IReadOnlyList<RoomOnFile> Read(string path, BookFaults faults)
    {
        Column[] columns = [SchoolIdColumn, SchoolColumn, SchoolEnColumn, RoomIdColumn, RoomColumn, GradeColumn, EnrolledColumn];
        RoomOnFile[] rooms = [.. BookFile.Read(path, columns, faults).Rows.Select(row => From(row, faults))];
        foreach (IGrouping<string, RoomOnFile> same in rooms.GroupBy(room => room.RoomId))
        {
            foreach (RoomOnFile again in same.Skip(1))
            {
                again.Row.Fault(faults, $"{RoomIdColumn} “{PlainText.Show(same.Key)}” 与第 {same.First().Row.Number} 行重复 is also in row {same.First().Row.Number}");
            }
        }

        foreach (IGrouping<string, RoomOnFile> school in rooms.GroupBy(room => room.SchoolId))
        {
            CheckSameName(SchoolColumn, room => room.School, school, faults);
            CheckSameName(SchoolEnColumn, room => room.SchoolEn, school.Where(room => room.SchoolEn.Length > 0), faults);
        }

        return rooms;
    }

    private static RoomOnFile From(BookRow row, BookFaults faults)
    {
        bool schoolIsId = row.TryReadId(SchoolIdColumn, LongestSchoolId, faults, out string schoolId);
        if (row.TryReadId(RoomIdColumn, LongestRoomId, faults, out string roomId) && schoolIsId
            && !roomId.StartsWith(schoolId + '-', StringComparison.Ordinal))
        {
            // A spreadsheet makes 1 of 01, but leaves 01-301 alone.
            string zeros = roomId.TrimStart('0').StartsWith(schoolId + '-', StringComparison.Ordinal)
                ? "；表格软件可能去掉了学校编号开头的零 (a spreadsheet may have dropped the zeros in front of the school's number)" : string.Empty;
            row.Fault(faults, $"{RoomIdColumn} “{roomId}” 应以学校编号开头 must start with {schoolId}-{zeros}");
        }

        string school = row.ReadName(SchoolColumn, faults);
        string schoolEn = row.ReadName(SchoolEnColumn, faults, mayBeEmpty: true);
        string name = row.ReadName(RoomColumn, faults);
        string grade = row.ReadName(GradeColumn, faults);
        string pupils = row.Word(EnrolledColumn);
        if (!int.TryParse(pupils, NumberStyles.None, CultureInfo.InvariantCulture, out int enrolled)
            || enrolled is < 1 or > MostEnrolled)
        {
            row.Fault(faults, $"{EnrolledColumn} “{PlainText.Show(pupils)}” 应为 1 到 {MostEnrolled} must be 1 to {MostEnrolled}");
        }

        return new RoomOnFile(row, schoolId, school, schoolEn, roomId, name, grade, enrolled);
    }

    private static void CheckSameName(Column column, Func<RoomOnFile, string> name, IEnumerable<RoomOnFile> rooms, BookFaults faults)
    {
        RoomOnFile? first = rooms.FirstOrDefault();
        foreach (RoomOnFile other in rooms.Where(room => name(room) != name(first!)))
        {
            other.Row.Fault(faults, $"{column} “{PlainText.Show(name(other))}” 与第 {first!.Row.Number} 行不同 is not the “{PlainText.Show(name(first))}” of row {first.Row.Number}");
        }
    }
}
