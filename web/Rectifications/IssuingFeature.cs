using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Identity;
using Xunke.Actors.Observations;
using Xunke.Actors.Patrols;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;
using Words = Xunke.Web.Reviews.Words;

namespace Xunke.Web.Rectifications;

/// <summary>Issuing notices, from a remark, an alert, what was found on a round, or by itself.</summary>
internal static class IssuingFeature
{
    private const int MostDays = 366;

    /// <summary>A notice that is to be issued. DueOn null: the usual deadline; Responsible null: the school's principal or
    /// administrators.</summary>
    internal sealed record WrittenNotice(
        [property: JsonRequired] RectificationSource Source, Guid? SourceId, Guid? RemarkId, string? SchoolId, string? RoomId,
        string? Title, string? Problem, DateOnly? DueOn, string? Responsible);

    /// <summary>What issuing needs.</summary>
    internal sealed record Services(
        RecordsContext Records, RectificationReader Reader, RectificationDeeds Deeds, RectificationNumbers Numbers, SchoolBook Book,
        AuditTrail Audit, TimeProvider Time, IOptions<RectificationSettings> Settings);

    public static void MapIssuing(this RouteGroupBuilder group)
    {
        group.MapGet("/start", StartAsync).Require(Permission.IssueRectifications)
            .WithSummary("What a new notice to a school begins with: the usual deadline, and whom it can name");
        group.MapPut("/{rectificationId:guid}", IssueAsync).Require(Permission.IssueRectifications)
            .WithSummary("Issues a notice under an id that the sender has made; sending it twice is once")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>A date from a request; null: it is in the past or too far ahead.</summary>
    public static DateOnly? Date(DateOnly? written, DateOnly today, int usualDays)
    {
        DateOnly date = written ?? today.AddDays(usualDays);
        return date < today || date > today.AddDays(MostDays) ? null : date;
    }

    private static async Task<Results<Ok<RectificationStart>, ProblemHttpResult>> StartAsync(
        Caller caller, [AsParameters] Services services, CancellationToken cancellationToken, string? schoolId = null)
    {
        if (!caller.May(Permission.IssueRectifications, schoolId) || schoolId is null)
        {
            return Problems.Forbidden();
        }

        DateOnly today = services.Reader.Today;
        return TypedResults.Ok(new RectificationStart(
            today, today.AddDays(services.Settings.Value.AnswerDays),
            [.. await PeopleAsync(services.Records, schoolId, cancellationToken)]));
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> IssueAsync(
        Guid rectificationId, WrittenNotice written, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        if (PlainText.Line(written.Title, 1, Rectification.LongestTitle) is not { } title)
        {
            return Problems.BadRequest("bad-title", $"请用 1 到 {Rectification.LongestTitle} 个字写明事项");
        }

        if (!Words.TryRead(written.Problem, Rectification.LongestText, out string? problem, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        DateOnly today = services.Reader.Today;
        if (Date(written.DueOn, today, services.Settings.Value.AnswerDays) is not { } dueOn)
        {
            return Problems.BadRequest("bad-deadline", $"期限应在今天起 {MostDays} 天以内");
        }

        if (await PlaceAsync(written, caller, services, cancellationToken) is not { } place)
        {
            return Problems.NotFound("unknown-source", "没有这条记录，或您没有权限查看");
        }

        (string schoolId, string? roomId) = place;
        if (!caller.May(Permission.IssueRectifications, schoolId))
        {
            return Problems.Forbidden();
        }

        if (services.Book.FindSchool(schoolId) is not { } school)
        {
            return Problems.UnknownSchool();
        }

        RectificationPerson? responsible = null;
        if (written.Responsible is { Length: > 0 } name)
        {
            responsible = (await PeopleAsync(services.Records, schoolId, cancellationToken)).Find(one => one.UserName == name);
            if (responsible is null)
            {
                return Problems.BadRequest("bad-responsible", "请选择这所学校的人");
            }
        }

        Rectification? issued = null;
        bool isOthers = false;
        await services.Audit.CommitAsync(async deed =>
        {
            if (await deed.Records.Rectifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == rectificationId) is { } before)
            {
                isOthers = before.IssuedBy != caller.UserName || before.SchoolId != schoolId;
                deed.GiveUp();
                return;
            }

            DateTimeOffset now = services.Time.GetUtcNow();
            issued = new Rectification
            {
                Id = rectificationId,
                Number = await services.Numbers.NextAsync(deed.Records, today, schoolId),
                SchoolId = schoolId,
                SchoolName = school.Name,
                RoomId = roomId,
                Source = written.Source,
                SourceId = written.Source is RectificationSource.None ? null : written.SourceId,
                RemarkId = written.Source is RectificationSource.Remark ? written.RemarkId : null,
                Title = title,
                Problem = problem,
                IssuedBy = caller.UserName,
                IssuedName = caller.DisplayName,
                IssuedAt = now,
                IssuedOn = today,
                Responsible = responsible?.UserName,
                ResponsibleName = responsible?.DisplayName,
                State = RectificationState.Issued,
                Round = 1,
                DueOn = dueOn,
                Version = 1,
            };
            issued.Events.Add(new RectificationEvent
            {
                RectificationId = issued.Id,
                Number = 1,
                Round = 1,
                At = now,
                Step = RectificationStep.Issued,
                By = caller.UserName,
                ByName = caller.DisplayName,
                Text = string.Empty,
                On = dueOn,
            });
            deed.Records.Rectifications.Add(issued);
            services.Deeds.Tell(deed, issued, caller.UserName, "rectification.issued");
        });
        return isOthers
            ? Problems.Create(StatusCodes.Status409Conflict, "rectification-exists", "已有一份这样标识的整改通知书")
            : TypedResults.Ok(await services.Reader.ShowAsync(
                (await services.Reader.FindAsync(rectificationId, caller, cancellationToken))!, caller, cancellationToken));
    }

    /// <summary>The school and the room that the notice is about; null: the caller may not see what it comes from.</summary>
    private static async Task<(string SchoolId, string? RoomId)?> PlaceAsync(
        WrittenNotice written, Caller caller, Services services, CancellationToken cancellationToken)
    {
        (RecordsContext records, Guid? id) = (services.Records, written.SourceId);
        switch (written.Source)
        {
            case RectificationSource.Remark:
                IQueryable<ObservationRemark> remarks = records.ObservationRemarks;
                Observation? observation = await records.Observations.AsNoTracking().VisibleTo(caller, records)
                    .Where(one => remarks.Any(remark => remark.ObservationId == one.Id && remark.Id == written.RemarkId))
                    .SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
                return observation is null ? null : (observation.SchoolId, observation.RoomId);
            case RectificationSource.Alert:
                Alert? alert = await records.Alerts.AsNoTracking().VisibleTo(caller)
                    .SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
                return alert is null ? null : (alert.SchoolId, alert.RoomId);
            case RectificationSource.Patrol:
                Patrol? patrol = await records.Patrols.AsNoTracking().VisibleTo(caller, records)
                    .SingleOrDefaultAsync(one => one.VisitId == id, cancellationToken);
                return patrol is null ? null : (patrol.SchoolId, patrol.RoomId);
            default:
                RoomEntry? room = services.Book.FindRoom(written.RoomId);
                return written.SchoolId is not { } schoolId || (written.RoomId is not null && room?.SchoolId != schoolId)
                    ? null : (schoolId, room?.RoomId);
        }
    }

    private static async Task<List<RectificationPerson>> PeopleAsync(
        RecordsContext records, string schoolId, CancellationToken cancellationToken) =>
    [
        .. (await KnownPerson.ReadAsync(records, schoolId, cancellationToken)).Where(one => one.SchoolId == schoolId)
            .Where(one => Permissions.Of(one.Role, Permission.AnswerRectifications) is not Reach.None)
            .Select(one => new RectificationPerson(one.UserName, one.DisplayName, one.Role))
            // Those in charge of the school come first.
            .OrderByDescending(one => one.Role is Role.Principal).ThenByDescending(one => one.Role is Role.SchoolAdministrator),
    ];
}
