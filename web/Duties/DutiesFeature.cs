using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Identity;
using Xunke.Web.Observations;
using Xunke.Web.Rectifications;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Duties;

/// <summary>What waits for the caller today, whatever it is: <c>/api/duties</c>.</summary>
internal static class DutiesFeature
{
    private const int MostListed = 100;
    private const int MostOfKind = 500;

    public static void MapDuties(this IEndpointRouteBuilder app) => app.MapGet("/api/duties", ListAsync)
        .Require(Permission.SeeLessons).WithTags("Duties")
        .WithSummary("What waits for the caller: observations to send or to answer, appeals to decide, alerts, notices of rectification; overdue ones first")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Ok<DutyList>> ListAsync(
        Caller caller, RecordsContext records, SchoolBook book, TimetableBook timetable, CancellationToken cancellationToken)
    {
        DateOnly today = timetable.Today;
        Duty[] all =
        [
            .. (await OfObservationsAsync(caller, records, timetable.Names, today, cancellationToken))
                .Concat(await OfAlertsAsync(caller, records, book, cancellationToken))
                .Concat(await OfRectificationsAsync(caller, records, book, today, cancellationToken))
                .OrderByDescending(duty => duty.IsOverdue).ThenBy(duty => duty.DueOn ?? DateOnly.MaxValue).ThenBy(duty => duty.Since),
        ];
        return TypedResults.Ok(new DutyList(today, all.Length, [.. all.Take(MostListed)]));
    }

    private static async Task<IEnumerable<Duty>> OfObservationsAsync(
        Caller caller, RecordsContext records, BookNames names, DateOnly today, CancellationToken cancellationToken)
    {
        List<Observation> found = await records.Observations.AsNoTracking().VisibleTo(caller, records)
            .Where(one => one.State != ObservationState.Accepted && one.State != ObservationState.Resolved)
            .OrderByDescending(one => one.BegunAt).Take(MostOfKind).ToListAsync(cancellationToken);
        return from one in found
               let kind = KindOf(one, caller, names)
               where kind is not null
               let due = kind is DutyKind.SendObservation ? one.Header.Date : (DateOnly?)null
               let since = kind is DutyKind.SendObservation ? one.BegunAt : one.RepliedAt ?? one.SentAt ?? one.BegunAt
               select new Duty(
                   kind.Value, one.Id, one.SchoolId, one.Header.SchoolName, one.Header.RoomName,
                   string.Join(' ', new[] { one.Header.ClassName, one.Header.SubjectName, one.Header.TeacherName }.OfType<string>()),
                   null, since, due, due < today);
    }

    private static DutyKind? KindOf(Observation one, Caller caller, BookNames names) => one.State switch
    {
        ObservationState.Draft => DutyKind.SendObservation,
        ObservationState.Sent or ObservationState.Read when ObservationReader.IsTeacher(one, caller, names) => DutyKind.AnswerObservation,
        ObservationState.Appealed when ObservationReader.MayDecide(one, caller, names) => DutyKind.DecideAppeal,
        _ => null,
    };

    private static async Task<IEnumerable<Duty>> OfAlertsAsync(
        Caller caller, RecordsContext records, SchoolBook book, CancellationToken cancellationToken)
    {
        List<Alert> found = await records.Alerts.AsNoTracking().VisibleTo(caller)
            .Where(alert => alert.AssignedTo == caller.UserName)
            .Where(alert => alert.State == AlertState.Firing || alert.State == AlertState.Acknowledged)
            .OrderByDescending(alert => alert.RaisedAt).Take(MostOfKind).ToListAsync(cancellationToken);
        return found.Select(alert => new Duty(
            DutyKind.TendAlert, alert.Id, alert.SchoolId, book.FindSchool(alert.SchoolId)?.Name ?? alert.SchoolId,
            book.FindRoom(alert.RoomId)?.Name, string.Empty,
            JsonNamingPolicy.CamelCase.ConvertName(alert.Kind.ToString()), alert.RaisedAt, null, false));
    }

    private static async Task<IEnumerable<Duty>> OfRectificationsAsync(
        Caller caller, RecordsContext records, SchoolBook book, DateOnly today, CancellationToken cancellationToken)
    {
        List<Rectification> found = await records.Rectifications.AsNoTracking().VisibleTo(caller).Include(one => one.Events)
            .Where(one => one.State == RectificationState.Issued
                || (one.IssuedBy == caller.UserName && one.State != RectificationState.Withdrawn
                    && (one.State != RectificationState.Closed || one.ReportedAt == null)))
            .OrderByDescending(one => one.IssuedAt).Take(MostOfKind).ToListAsync(cancellationToken);
        return from one in found.Select(one => RectificationReader.InOrder(one)!)
               from duty in KindsOf(one, caller)
               select new Duty(
                   duty.Kind, one.Id, one.SchoolId, one.SchoolName, book.FindRoom(one.RoomId)?.Name, $"{one.Number} {one.Title}", null,
                   one.Events[^1].At, duty.DueOn, duty.DueOn < today);
    }

    private static IEnumerable<(DutyKind Kind, DateOnly? DueOn)> KindsOf(Rectification one, Caller caller)
    {
        bool isIssuer = one.IssuedBy == caller.UserName;
        if (one.State is RectificationState.Issued && caller.MayAnswer(one))
        {
            yield return (DutyKind.AnswerRectification, one.DueOn);
        }

        if (one.State is RectificationState.Answered && isIssuer && caller.MayJudge(one))
        {
            yield return (DutyKind.JudgeRectification, null);
        }

        if (one.State is RectificationState.Recheck && isIssuer)
        {
            yield return (DutyKind.RecheckRectification, one.RecheckOn);
        }

        if (isIssuer && one is { ReportDueOn: { } due, ReportedAt: null })
        {
            yield return (DutyKind.ReportRectification, due);
        }
    }
}
