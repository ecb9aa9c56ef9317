using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Books;
using Xunke.Actors.Forms;
using Xunke.Actors.Lessons;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;
using Xunke.Web.Timetable;

namespace Xunke.Web.Observations;

/// <summary>Reads observations for those who may see them.</summary>
internal sealed class ObservationReader(RecordsContext records, TimetableBook timetable, IOptions<LessonSettings> settings)
{
    /// <summary>Whether the caller gave the lesson.</summary>
    public static bool IsTeacher(Observation observation, Caller caller, BookNames names) =>
        AccountOf(observation, names) == caller.UserName;

    /// <summary>The account of whoever gave the lesson; null: there is none.</summary>
    public static string? AccountOf(Observation observation, BookNames names) =>
        observation.TeacherId is { } id ? names.Teachers.GetValueOrDefault(id)?.UserName : null;

    /// <summary>Whether the caller decides about appeals in it: never the observer, and never the teacher.</summary>
    public static bool MayDecide(Observation observation, Caller caller, BookNames names) =>
        observation.State is not ObservationState.Draft && caller.May(Permission.DecideAppeals, observation.SchoolId)
        && observation.UserName != caller.UserName && !IsTeacher(observation, caller, names);

    /// <summary>What the answers come to with what was changed on appeal; null: nothing was.</summary>
    public static FormTotal? TotalAfter(Observation observation, IEnumerable<ObservationAppeal> appeals)
    {
        ObservationAppeal[] changed = [.. appeals.Where(one => one is { Outcome: AppealOutcome.Changed, DecidedValue: not null })];
        if (changed is [])
        {
            return null;
        }

        var answers = new Dictionary<string, FormAnswer>(observation.Answers);
        foreach (ObservationAppeal appeal in changed)
        {
            answers[appeal.ItemKey] = new FormAnswer(appeal.DecidedValue, null, false, null);
        }

        return FormTotal.Compute(observation.Form, answers);
    }

    /// <summary>One of them, with all that belongs to it.</summary>
    public async Task<ObservationView> ShowAsync(Observation one, Caller caller, CancellationToken cancellationToken)
    {
        Guid id = one.Id;
        List<ObservationRemark> remarks = await records.ObservationRemarks.AsNoTracking().Where(remark => remark.ObservationId == id)
            .ToListAsync(cancellationToken);
        List<ObservationAppeal> appeals = await records.ObservationAppeals.AsNoTracking().Where(appeal => appeal.ObservationId == id)
            .ToListAsync(cancellationToken);
        List<bool> ended = await records.Lessons.Where(lesson => lesson.Id == one.LessonId).Select(lesson => lesson.Ended)
            .ToListAsync(cancellationToken);
        List<string> order = [.. one.Form.Items().Select(item => item.Key)];
        BookNames names = timetable.Names;
        return new ObservationView(
            id, one.LessonId, ended.Count > 0, ended is [true], one.SchoolId, one.RoomId, one.UserName == caller.UserName,
            IsTeacher(one, caller, names), MayDecide(one, caller, names), AccountOf(one, names) is not null, one.DisplayName, one.Header,
            one.FormId, one.FormVersion, one.Form, one.Answers, one.Overall, FormTotal.Compute(one.Form, one.Answers),
            TotalAfter(one, appeals), one.Version, one.State, one.BegunAt, one.ChangedAt, one.SentAt, one.ReadAt, one.RepliedAt, one.Reply,
            [.. remarks.OrderBy(remark => remark.AtSeconds).ThenBy(remark => remark.MadeAt).Select(ObservationRemarkView.Of)],
            [.. appeals.OrderBy(appeal => order.IndexOf(appeal.ItemKey)).Select(ObservationAppealView.Of)],
            LessonSettings.WordsOf(settings.Value.SliceTags));
    }

    /// <summary>Many of them, for a list.</summary>
    public async Task<ObservationSummary[]> ListAsync(
        IReadOnlyList<Observation> found, Caller caller, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. found.Where(one => one.State is ObservationState.Appealed or ObservationState.Resolved).Select(one => one.Id)];
        ILookup<Guid, ObservationAppeal> appeals = (ids is [] ? [] : await records.ObservationAppeals.AsNoTracking()
            .Where(appeal => ids.Contains(appeal.ObservationId)).ToListAsync(cancellationToken)).ToLookup(appeal => appeal.ObservationId);
        BookNames names = timetable.Names;
        return
        [
            .. found.Select(one => new ObservationSummary(
                one.Id, one.LessonId, one.RoomId, one.UserName == caller.UserName, IsTeacher(one, caller, names),
                MayDecide(one, caller, names), AccountOf(one, names) is not null, one.DisplayName, one.Header, one.FormVersion,
                FormTotal.Compute(one.Form, one.Answers), TotalAfter(one, appeals[one.Id]), one.State, one.BegunAt, one.ChangedAt,
                one.SentAt, one.ReadAt, one.RepliedAt, appeals[one.Id].Count(appeal => appeal.Outcome is null))),
        ];
    }
}
