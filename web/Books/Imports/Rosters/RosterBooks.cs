using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>What lists are compared with: the rows of a school, or of all.</summary>
internal sealed record RosterBooks(
    IReadOnlyList<School> Schools, IReadOnlyList<Subject> Subjects, IReadOnlyList<Room> Rooms, IReadOnlyList<Teacher> Teachers,
    IReadOnlyList<SchoolClass> Classes, IReadOnlySet<(string School, string UserName)> Accounts, SchoolNames Names)
{
    /// <summary>Reads them.</summary>
    /// <param name="records">The records.</param>
    /// <param name="schoolId">The school; null: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RosterBooks> ReadAsync(RecordsContext records, string? schoolId, CancellationToken cancellationToken)
    {
        bool all = schoolId is null;
        var accounts = await records.Users.AsNoTracking()
            .Where(one => one.Role == Role.Teacher && one.SchoolId != null && (all || one.SchoolId == schoolId))
            .Select(one => new { one.SchoolId, one.UserName }).ToListAsync(cancellationToken);
        return new RosterBooks(
            await records.Schools.AsNoTracking().Where(one => all || one.Id == schoolId).ToListAsync(cancellationToken),
            await records.Subjects.AsNoTracking().ToListAsync(cancellationToken),
            await records.Rooms.AsNoTracking().Where(one => all || one.SchoolId == schoolId).ToListAsync(cancellationToken),
            await records.Teachers.AsNoTracking().Where(one => all || one.SchoolId == schoolId).ToListAsync(cancellationToken),
            await records.Classes.AsNoTracking().Where(one => all || one.SchoolId == schoolId).ToListAsync(cancellationToken),
            accounts.Select(one => (one.SchoolId!, one.UserName!)).ToHashSet(),
            await SchoolNames.ReadAsync(records, schoolId, cancellationToken));
    }
}
