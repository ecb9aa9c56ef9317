using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.OwnData;

/// <summary>What the system keeps about the person who is signed in, as a file: <c>/api/session/data</c>.</summary>
internal static class OwnDataFeature
{
    public static void MapOwnData(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/session/data", ReadAsync).RequireAuthorization().WithTags("Session")
            .WithSummary("What the system keeps about who is signed in, as a JSON file; that is in the audit trail")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<PushStreamHttpResult> ReadAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records,
        IDbContextFactory<RecordsContext> factory, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        string name = caller.UserName;
        await audit.RecordAsync(name, "data.exported", name);
        Teacher? teacher = await records.Teachers.AsNoTracking().FirstOrDefaultAsync(one => one.UserName == name, cancellationToken);
        var account = await records.Users.Where(one => one.UserName == name)
            .Select(one => new { one.Id, one.OfficeFrom, one.OfficeUntil, HasSecondFactor = one.SecondFactor != null })
            .FirstOrDefaultAsync(cancellationToken);
        string? accountId = account?.Id;
        List<OwnSession> sessions = await records.LoginSessions.Where(session => session.AccountId == accountId)
            .OrderBy(session => session.From).Select(session => new OwnSession(session.From, session.SeenAt))
            .ToListAsync(cancellationToken);
        List<OwnLink> links = await records.AccountLinks.Where(link => link.AccountId == accountId).OrderBy(link => link.Service)
            .Select(link => new OwnLink(link.Service, link.Subject, link.LinkedAt)).ToListAsync(cancellationToken);
        OwnAlertChoice? choice = await records.AlertChoices.Where(one => one.AccountId == accountId)
            .Select(one => new OwnAlertChoice(one.ByMail, one.Address, one.Least, one.QuietFrom, one.QuietTo))
            .SingleOrDefaultAsync(cancellationToken);
        BookNames names = timetable.Names;
        var everything = new OwnEverything(
            time.GetUtcNow(),
            new OwnAccount(
                name, caller.DisplayName, caller.Role, caller.SchoolId,
                caller.SchoolId is { } school ? book.FindSchool(school)?.Name : null, teacher?.Id, teacher?.Name, teacher?.Number,
                caller.Scope.Schools, caller.Scope.Subjects, account?.OfficeFrom, account?.OfficeUntil, account?.HasSecondFactor is true),
            sessions,
            links,
            choice,
            RowsOf(factory, OwnRows.VisitsOf(name), cancellationToken),
            RowsOf(factory, OwnRows.PatrolsOf(name, teacher?.Id), cancellationToken),
            RowsOf(factory, OwnRows.RecordingsOf(name), cancellationToken),
            RowsOf(factory, OwnRows.LessonsOf(teacher?.Id, names), cancellationToken),
            RowsOf(factory, OwnRows.GoalsOf(name), cancellationToken),
            RowsOf(factory, OwnRows.JudgementsOf(name), cancellationToken),
            RowsOf(factory, OwnRows.ReflectionsOf(name), cancellationToken),
            RowsOf(factory, OwnRows.RemarksOf(name), cancellationToken),
            RowsOf(factory, OwnRows.SlicesOf(name), cancellationToken),
            RowsOf(factory, OwnRows.ObjectionsOf(name), cancellationToken),
            RowsOf(factory, OwnRows.ObservationsOf(name, teacher?.Id), cancellationToken),
            RowsOf(factory, OwnRows.ObservationRemarksOf(name, teacher?.Id), cancellationToken),
            RowsOf(factory, OwnRows.AppealsOf(name, teacher?.Id), cancellationToken),
            RowsOf(factory, OwnRows.DeedsOf(name), cancellationToken));
        return TypedResults.Stream(
            body => JsonSerializer.SerializeAsync(body, everything, Json.Options, cancellationToken),
            "application/json", $"xunke-{name}.json");
    }

    // Each by a connection of its own: the serialiser opens the next list before it leaves the last.
    private static async IAsyncEnumerable<TRow> RowsOf<TRow>(
        IDbContextFactory<RecordsContext> factory, Func<RecordsContext, IQueryable<TRow>> which,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using RecordsContext records = await factory.CreateDbContextAsync(cancellationToken);
        await foreach (TRow row in which(records).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }
}
