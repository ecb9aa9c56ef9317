using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Lessons;
using Xunke.Actors.Observations;
using Xunke.Actors.Patrols;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Actors.Visits;
using Xunke.Web.Timetable;

namespace Xunke.Web.OwnData;

/// <summary>What is on record of one person, list by list, the oldest first.</summary>
internal static class OwnRows
{
    public static Func<RecordsContext, IQueryable<OwnVisit>> VisitsOf(string name) => records =>
        records.Visits.AsNoTracking().Where(visit => visit.UserName == name).OrderBy(visit => visit.From)
            .Select(visit => new OwnVisit(
                visit.Id, visit.RoomId, visit.SchoolId, visit.From, visit.To, visit.Media, visit.Purpose));

    public static Func<RecordsContext, IQueryable<OwnPatrol>> PatrolsOf(string name, string? teacherId) => records =>
        records.Patrols.AsNoTracking()
            .Where(patrol => patrol.UserName == name || (teacherId != null && patrol.TeacherId == teacherId)).OrderBy(patrol => patrol.At)
            .Select(patrol => new OwnPatrol(
                patrol.VisitId, patrol.RoomId, patrol.At, patrol.DisplayName, patrol.IsException, patrol.Answers, patrol.Present,
                patrol.Note));

    public static Func<RecordsContext, IQueryable<OwnRecording>> RecordingsOf(string name) => records =>
        records.Recordings.AsNoTracking().Where(recording => recording.UserName == name).OrderBy(recording => recording.From)
            .Select(recording => new OwnRecording(
                recording.Id, recording.RoomId, recording.SchoolId, recording.From, recording.To, recording.Reason));

    // Not what was seen and heard, which is most of a row.
    public static Func<RecordsContext, IQueryable<OwnLesson>> LessonsOf(string? teacherId, BookNames names) => records =>
        records.Lessons.AsNoTracking().Where(lesson => teacherId != null && lesson.TeacherId == teacherId)
            .OrderBy(lesson => lesson.From)
            .Select(lesson => new OwnLesson(
                lesson.Id, lesson.RoomId, lesson.From, lesson.To, names.Class(lesson.ClassId), names.Subject(lesson.SubjectId),
                lesson.Period, lesson.Snapshot != null));

    public static Func<RecordsContext, IQueryable<OwnDeed>> DeedsOf(string name) => records =>
        records.Audit.AsNoTracking().Where(line => line.UserName == name).OrderBy(line => line.Id)
            .Select(line => new OwnDeed(line.Id, line.At, line.Action, line.Subject, line.Purpose));

    public static Func<RecordsContext, IQueryable<OwnGoal>> GoalsOf(string name) => records =>
        records.Goals.AsNoTracking().Where(goal => goal.UserName == name).OrderBy(goal => goal.Id)
            .Select(goal => new OwnGoal(goal.EntryId, goal.Date, goal.LessonId, goal.Text, goal.Shows));

    public static Func<RecordsContext, IQueryable<OwnJudgement>> JudgementsOf(string name) => records =>
        records.GoalJudgements.AsNoTracking().Where(judgement => judgement.UserName == name).OrderBy(judgement => judgement.MadeAt)
            .Select(judgement => new OwnJudgement(judgement.GoalId, judgement.Outcome, judgement.Evidence, judgement.MadeAt));

    public static Func<RecordsContext, IQueryable<OwnReflection>> ReflectionsOf(string name) => records =>
        records.Reflections.AsNoTracking().Where(reflection => reflection.UserName == name).OrderBy(reflection => reflection.ChangedAt)
            .Select(reflection => new OwnReflection(
                reflection.LessonId, reflection.Text, reflection.IsShared, reflection.ChangedAt));

    public static Func<RecordsContext, IQueryable<OwnRemark>> RemarksOf(string name) => records =>
        records.Remarks.AsNoTracking().Where(remark => remark.UserName == name).OrderBy(remark => remark.MadeAt)
            .Select(remark => new OwnRemark(remark.LessonId, remark.AtSeconds, remark.Text, remark.MadeAt));

    public static Func<RecordsContext, IQueryable<OwnSlice>> SlicesOf(string name) => records =>
        records.Slices.AsNoTracking().Where(slice => slice.UserName == name).OrderBy(slice => slice.MadeAt)
            .Select(slice => new OwnSlice(slice.LessonId, slice.FromSeconds, slice.ToSeconds, slice.Name, slice.Tags, slice.MadeAt));

    public static Func<RecordsContext, IQueryable<OwnObjection>> ObjectionsOf(string name) => records =>
        records.Objections.AsNoTracking().Where(objection => objection.UserName == name).OrderBy(objection => objection.MadeAt)
            .Select(objection => new OwnObjection(
                objection.LessonId, objection.Figure, objection.Value, objection.Text, objection.MadeAt, objection.WithdrawnAt,
                objection.Answer, objection.Outcome, objection.AnsweredAt));

    public static Func<RecordsContext, IQueryable<OwnObservation>> ObservationsOf(string name, string? teacherId) => records =>
        Concerning(records, name, teacherId).OrderBy(one => one.BegunAt)
            .Select(one => new OwnObservation(
                one.Id, one.LessonId, one.UserName == name, one.DisplayName, one.Header, one.FormId, one.FormVersion, one.Form,
                one.Answers, one.Overall, one.State, one.BegunAt, one.SentAt, one.ReadAt, one.RepliedAt, one.Reply));

    public static Func<RecordsContext, IQueryable<OwnObservationRemark>> ObservationRemarksOf(string name, string? teacherId) => records =>
        records.ObservationRemarks.AsNoTracking()
            .Join(Concerning(records, name, teacherId), remark => remark.ObservationId, one => one.Id, (remark, _) => remark)
            .OrderBy(remark => remark.MadeAt)
            .Select(remark => new OwnObservationRemark(
                remark.ObservationId, remark.AtSeconds, remark.Kind, remark.Text, remark.Tags));

    public static Func<RecordsContext, IQueryable<OwnAppeal>> AppealsOf(string name, string? teacherId) => records =>
        records.ObservationAppeals.AsNoTracking()
            .Join(Concerning(records, name, teacherId), appeal => appeal.ObservationId, one => one.Id, (appeal, _) => appeal)
            .OrderBy(appeal => appeal.MadeAt)
            .Select(appeal => new OwnAppeal(
                appeal.ObservationId, appeal.ItemKey, appeal.Answer, appeal.Reason, appeal.MadeAt, appeal.Outcome, appeal.DecidedValue,
                appeal.Decision, appeal.DecidedAt));

    // Another's draft is not about anybody yet.
    private static IQueryable<Observation> Concerning(RecordsContext records, string name, string? teacherId) =>
        records.Observations.AsNoTracking().Where(one => one.UserName == name
            || (teacherId != null && one.TeacherId == teacherId && one.State != ObservationState.Draft));
}
