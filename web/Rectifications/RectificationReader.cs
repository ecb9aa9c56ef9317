using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Observations;
using Xunke.Actors.Patrols;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Rectifications;

/// <summary>Shows notices to those who may see them.</summary>
internal sealed class RectificationReader(
    RecordsContext records, SchoolBook book, TimetableBook timetable, IOptions<RectificationSettings> settings)
{
    /// <summary>The date by the district's clock.</summary>
    public DateOnly Today => timetable.Today;

    /// <summary>A notice that the caller may see, with its events in order and its files; null: there is none.</summary>
    public async Task<Rectification?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken) =>
        InOrder(await records.Rectifications.AsNoTracking().VisibleTo(caller).Include(one => one.Events).Include(one => one.Files)
            .AsSplitQuery().SingleOrDefaultAsync(one => one.Id == id, cancellationToken));

    /// <summary>Puts events and files in their order, which a database does not promise.</summary>
    public static Rectification? InOrder(Rectification? one)
    {
        one?.Events.Sort((a, b) => a.Number.CompareTo(b.Number));
        one?.Files.Sort((a, b) => (a.Round, a.At, a.Id).CompareTo((b.Round, b.At, b.Id)));
        return one;
    }

    /// <summary>A notice as a list shows it.</summary>
    public RectificationSummary SummaryOf(Rectification one) => new(
        one.Id, one.Number, one.Title, one.SchoolId, one.SchoolName, book.FindSchool(one.SchoolId)?.NameEn ?? one.SchoolName, one.RoomId,
        book.FindRoom(one.RoomId)?.Name ?? one.RoomId, one.State, one.Round, one.IssuedOn, one.IssuedName, one.ResponsibleName, one.DueOn,
        one.RecheckOn, one.ReportDueOn, one.ReportedAt, one.EndedAt, RectificationRules.IsOverdue(one, Today),
        RectificationRules.IsReportOverdue(one, Today));

    /// <summary>A notice with all that happened to it, and what the caller may do now.</summary>
    public async Task<RectificationView> ShowAsync(Rectification one, Caller caller, CancellationToken cancellationToken)
    {
        bool answers = caller.MayAnswer(one);
        return new RectificationView(
            SummaryOf(one), one.Version, one.Problem, one.Source,
            await MayOpenAsync(one, caller, cancellationToken) ? one.SourceId : null,
            [
                .. one.Events.Where(happened => happened.Step is not RectificationStep.Reported || caller.MayReport(one)).Select(
                    happened => new RectificationEventView(
                        happened.Number, happened.Round, happened.At, happened.Step, happened.ByName, happened.Text, happened.On,
                        happened.VisitId is not null)),
            ],
            [
                .. one.Files.Where(file => file.SentAt is not null || answers).Select(file => new RectificationFileView(
                    file.Id, file.Round, file.Name, file.Kind, file.Size, file.At, file.SentAt is not null)),
            ],
            answers && RectificationRules.Allows(one.State, RectificationStep.Answered),
            caller.MayJudge(one) && RectificationRules.Allows(one.State, RectificationStep.Returned),
            caller.MayWithdraw(one) && RectificationRules.Allows(one.State, RectificationStep.Withdrawn),
            caller.MayReport(one) && RectificationRules.Allows(one.State, RectificationStep.Reported),
            Today.AddDays(settings.Value.AnswerDays), Today.AddDays(settings.Value.RecheckDays));
    }

    private async Task<bool> MayOpenAsync(Rectification one, Caller caller, CancellationToken cancellationToken) => one.Source switch
    {
        RectificationSource.Remark => await records.Observations.VisibleTo(caller, records)
            .AnyAsync(observation => observation.Id == one.SourceId, cancellationToken),
        RectificationSource.Alert => await records.Alerts.VisibleTo(caller).AnyAsync(alert => alert.Id == one.SourceId, cancellationToken),
        RectificationSource.Patrol => await records.Patrols.VisibleTo(caller, records)
            .AnyAsync(patrol => patrol.VisitId == one.SourceId, cancellationToken),
        _ => false,
    };
}
