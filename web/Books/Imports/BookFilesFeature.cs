using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Books.Files;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports;

/// <summary>Files to take away, <c>/api/books/files</c>: empty forms, and a school's timetable in the form in which it is read.</summary>
internal static class BookFilesFeature
{
    /// <summary>The format that is handed out where nobody asks for another.</summary>
    public const string Workbook = "xlsx";

    private const string Separated = "csv";

    private static readonly FileSource Nowhere = new(string.Empty, string.Empty);

    public static void MapBookFiles(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/books/files").Require(Permission.ManageBooks).OpenToMachines(mayWrite: true)
            .WithTags("Books")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/forms/{name}", Form)
            .WithSummary("An empty form with rows that show how it is filled in: timetable, district-timetable, class-grid, teachers, "
                + "classes, rooms or subjects; xlsx or csv");
        group.MapGet("/timetable", TimetableAsync)
            .WithSummary("A school's timetable of a term as a list that can be imported again, without lessons of one date; xlsx or csv");
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Form(string name, string format = Workbook) =>
        BookTemplates.All.TryGetValue(name, out BookSheet? form)
            ? Write(form, name, format) : Problems.NotFound("unknown-form", "没有这种表格");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> TimetableAsync(
        string schoolId, string termId, Caller caller, RecordsContext records, CancellationToken cancellationToken,
        string format = Workbook)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        if (await records.Schools.AsNoTracking().SingleOrDefaultAsync(one => one.Id == schoolId, cancellationToken) is not { } school)
        {
            return Problems.UnknownSchool();
        }

        if (await records.Terms.AsNoTracking().SingleOrDefaultAsync(one => one.Id == termId, cancellationToken) is not { } term)
        {
            return Problems.NotFound("unknown-term", "没有这个学期");
        }

        List<TimetableEntry> entries = await records.Timetable.AsNoTracking()
            .Where(entry => entry.SchoolId == schoolId && entry.TermId == termId && entry.Date == null)
            .ToListAsync(cancellationToken);
        Names names = await Names.ReadAsync(records, cancellationToken);
        IEnumerable<ImportedLesson> lessons = entries
            .OrderBy(entry => names.Classes[entry.ClassId], StringComparer.Ordinal).ThenBy(entry => entry.Weekday)
            .ThenBy(entry => entry.Period)
            .SelectMany(entry => Lessons(entry, names));
        return Write(TimetableSheets.List(lessons), $"{school.Name} {term.Name}", format);
    }

    /// <summary>A row for each week of the rotation that a lesson is in; one, where it is in all of them.</summary>
    private static IEnumerable<ImportedLesson> Lessons(TimetableEntry entry, Names names)
    {
        bool isEvery = entry.Turns == (1 << entry.Rotation) - 1;
        IEnumerable<Rotation> rotations = isEvery
            ? [Rotation.Every]
            : Enumerable.Range(1, entry.Rotation).Where(week => (entry.Turns & (1 << (week - 1))) != 0)
                .Select(week => new Rotation(entry.Rotation, week));
        return rotations.Select(rotation => new ImportedLesson(
            names.Classes[entry.ClassId], entry.Weekday, entry.Period, names.Subjects[entry.SubjectId], Nowhere)
        {
            Teacher = entry.TeacherId is { } teacher ? names.Teachers[teacher] : null,
            Room = entry.RoomId is { } room ? names.Rooms[room] : null,
            FirstWeek = entry.FirstWeek == 1 ? null : entry.FirstWeek,
            LastWeek = entry.LastWeek,
            Rotation = rotation,
        });
    }

    /// <summary>Answers with a sheet as a file.</summary>
    public static Results<FileContentHttpResult, ProblemHttpResult> Write(BookSheet sheet, string name, string format) => format switch
    {
        Workbook => TypedResults.File(
            sheet.ToXlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}.{Workbook}"),
        Separated => TypedResults.File(sheet.ToCsv(), "text/csv; charset=utf-8", $"{name}.{Separated}"),
        _ => Problems.BadRequest("bad-format", "格式应为 xlsx 或 csv"),
    };

    /// <summary>What the rows of the books are called, by their ids; what a timetable uses cannot be deleted.</summary>
    private sealed record Names(
        Dictionary<string, string> Classes, Dictionary<string, string> Subjects, Dictionary<string, string> Teachers,
        Dictionary<string, string> Rooms)
    {
        public static async Task<Names> ReadAsync(RecordsContext records, CancellationToken cancellationToken) => new(
            await records.Classes.AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken),
            await records.Subjects.AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken),
            await records.Teachers.AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken),
            await records.Rooms.AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken));
    }
}
