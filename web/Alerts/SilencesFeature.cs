using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;

namespace Xunke.Web.Alerts;

/// <summary>Places of which nobody wants to hear for a while: <c>/api/alerts/silences</c>.</summary>
internal static class SilencesFeature
{
    private const int MostMinutes = 30 * 24 * 60;

    /// <summary>A place that is to be silenced: a school or all, a room or all, a kind or all.</summary>
    internal sealed record WantedSilence(string? SchoolId, string? RoomId, AlertKind? Kind, int Minutes, string? Reason);

    /// <summary>A silence that holds.</summary>
    internal sealed record SilenceView(
        Guid SilenceId, string? SchoolId, string? SchoolName, string? RoomId, string? RoomName, AlertKind? Kind, DateTimeOffset From,
        DateTimeOffset Until, string Reason, string MadeBy, bool MayEnd);

    public static void MapSilences(this RouteGroupBuilder group)
    {
        group.MapGet("/silences", ListAsync).WithSummary("The silences that hold");
        group.MapPost("/silences", MakeAsync).Require(Permission.TendAlerts)
            .WithSummary("Silences a school, a room or a kind for some minutes, with a reason")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/silences/{silenceId:guid}", EndAsync).Require(Permission.TendAlerts).WithSummary("Ends a silence")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<SilenceView[]>> ListAsync(
        Caller caller, RecordsContext records, SchoolBook book, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<AlertSilence> found = await records.AlertSilences.AsNoTracking().Where(one => one.Until > now)
            .OrderBy(one => one.Until).ToListAsync(cancellationToken);
        return TypedResults.Ok(found.Where(one => one.SchoolId is null || caller.May(Permission.SeeAlerts, one.SchoolId))
            .Select(one => Show(one, caller, book)).ToArray());
    }

    private static async Task<Results<Created<SilenceView>, ProblemHttpResult>> MakeAsync(
        WantedSilence wanted, Caller caller, SchoolBook book, AlertBook alerts, AlertDeeds deeds, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (wanted.Minutes is < 5 or > MostMinutes)
        {
            return Problems.BadRequest("bad-alert-minutes", $"时间应为 5 到 {MostMinutes} 分钟");
        }

        if (PlainText.Line(wanted.Reason, 2, 200) is not { } reason)
        {
            return Problems.BadRequest("bad-silence-reason", "请写明原因，2 到 200 字，不能含看不见的字符");
        }

        string? schoolId = wanted.RoomId is null ? wanted.SchoolId : book.FindRoom(wanted.RoomId)?.SchoolId;
        if (!MayTend(caller, schoolId))
        {
            return Problems.Forbidden();
        }

        if ((wanted.RoomId is not null && schoolId is null) || (schoolId is not null && book.FindSchool(schoolId) is null))
        {
            return Problems.UnknownRoom();
        }

        DateTimeOffset now = time.GetUtcNow();
        var silence = new AlertSilence
        {
            Id = Guid.NewGuid(),
            SchoolId = schoolId,
            RoomId = wanted.RoomId,
            Kind = wanted.Kind,
            From = now,
            Until = now.AddMinutes(wanted.Minutes),
            Reason = reason,
            MadeBy = caller.UserName,
            MadeByName = caller.DisplayName,
        };
        await audit.CommitAsync(deed =>
        {
            deed.Records.AlertSilences.Add(silence);
            deed.Tell(caller.UserName, "alert.silenced", Subject(silence), reason);
            deeds.Show(deed);
        });
        await alerts.ReloadAsync(cancellationToken);
        return TypedResults.Created((string?)null, Show(silence, caller, book));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid silenceId, Caller caller, AlertBook alerts, AlertDeeds deeds, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        bool isDone = false;
        await audit.CommitAsync(async deed =>
        {
            AlertSilence? silence = await deed.Records.AlertSilences.SingleOrDefaultAsync(one => one.Id == silenceId);
            if (silence is null || !MayTend(caller, silence.SchoolId))
            {
                deed.GiveUp();
                return;
            }

            isDone = true;
            if (silence.Until > time.GetUtcNow())
            {
                silence.Until = time.GetUtcNow();
                deed.Tell(caller.UserName, "alert.silence-ended", Subject(silence));
                deeds.Show(deed);
            }
        });
        if (!isDone)
        {
            return Problems.NotFound("unknown-silence", "没有这条静音，或您没有权限处理");
        }

        await alerts.ReloadAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    // Whoever silences every school must reach every school.
    private static bool MayTend(Caller caller, string? schoolId) => schoolId is null
        ? caller.ReachOf(Permission.TendAlerts) is Reach.District
        : caller.May(Permission.TendAlerts, schoolId);

    private static string Subject(AlertSilence one) =>
        $"{one.Id} {one.RoomId ?? one.SchoolId ?? "district"} {one.Kind?.ToString() ?? "all"}";

    private static SilenceView Show(AlertSilence one, Caller caller, SchoolBook book) => new(
        one.Id,
        one.SchoolId,
        one.SchoolId is null ? null : book.FindSchool(one.SchoolId)?.Name ?? one.SchoolId,
        one.RoomId,
        one.RoomId is null ? null : book.FindRoom(one.RoomId)?.Name ?? one.RoomId,
        one.Kind,
        one.From,
        one.Until,
        one.Reason,
        one.MadeByName,
        MayTend(caller, one.SchoolId));
}
