using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Books.Files;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>Lists to take away in the form in which they are read: <c>/api/books/files/lists</c>.</summary>
internal static class RosterFilesFeature
{
    private static readonly FileSource Nowhere = new(string.Empty, string.Empty);

    public static void MapRosterFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/books/files/lists/{name}", ListAsync).Require(Permission.ManageBooks).WithTags("Books")
            .WithSummary("The teachers, classes, rooms or subjects of a school, or of all, as a list that can be "
                + "imported again; xlsx or csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ListAsync(
        string name, Caller caller, RecordsContext records, CancellationToken cancellationToken, string? schoolId = null,
        string format = BookFilesFeature.Workbook)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        RosterBooks books = await RosterBooks.ReadAsync(records, schoolId, cancellationToken);
        return Sheet(name, books) is { } sheet
            ? BookFilesFeature.Write(sheet, $"{books.Schools.FirstOrDefault(one => one.Id == schoolId)?.Name}{sheet.Name}", format)
            : Problems.NotFound("unknown-form", "没有这种表格");
    }

    private static BookSheet? Sheet(string name, RosterBooks books)
    {
        var schools = books.Schools.ToDictionary(one => one.Id, one => one.Name);
        var subjects = books.Subjects.ToDictionary(one => one.Id, one => one.Name);
        var rooms = books.Rooms.ToDictionary(one => one.Id, one => one.Name);
        return name switch
        {
            "teachers" => TimetableSheets.Teachers(books.Teachers.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one =>
                new ImportedTeacher(null, one.Name, Nowhere)
                {
                    Number = one.Number,
                    Subjects = [.. one.SubjectIds.Select(id => subjects.GetValueOrDefault(id, id))],
                    Schools = [schools[one.SchoolId]],
                })),
            "classes" => TimetableSheets.Classes(books.Classes.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one =>
                new ImportedClass(null, one.Name, Nowhere)
                {
                    Grade = one.Grade,
                    Pupils = one.Enrolled > 0 ? one.Enrolled : null,
                    Room = one.RoomId is { } room ? rooms.GetValueOrDefault(room, room) : null,
                    School = schools[one.SchoolId],
                })),
            "rooms" => TimetableSheets.Rooms(books.Rooms.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one =>
                new ImportedRoom(one.Name, Nowhere)
                {
                    Number = one.Id[(one.SchoolId.Length + 1)..],
                    Grade = one.Grade,
                    Pupils = one.Enrolled > 0 ? one.Enrolled : null,
                    School = schools[one.SchoolId],
                })),
            "subjects" => TimetableSheets.Subjects(
                books.Subjects.OrderBy(one => one.Order).Select(one => new ImportedSubject(null, one.Name, Nowhere))),
            _ => null,
        };
    }
}
