using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>Reads what people say of a lesson.</summary>
internal sealed class ReviewReader(RecordsContext records, IOptions<LessonSettings> settings, TimeProvider time)
{
    /// <summary>All that a caller may know of it.</summary>
    public async Task<LessonReview> ReadAsync(KnownLesson lesson, Caller caller, CancellationToken cancellationToken)
    {
        Guid id = lesson.Id;
        List<LessonGoal> goals = await GoalKey.Of(lesson).Find(records.Goals.AsNoTracking()).ToListAsync(cancellationToken);
        Guid[] ids = [.. goals.Select(goal => goal.Id)];
        List<GoalJudgement> judgements = await records.GoalJudgements.AsNoTracking()
            .Where(judgement => ids.Contains(judgement.GoalId)).ToListAsync(cancellationToken);
        Reflection? reflection = await records.Reflections.AsNoTracking()
            .SingleOrDefaultAsync(one => one.LessonId == id, cancellationToken);
        LessonChapters? chapters = await records.LessonChapters.AsNoTracking()
            .SingleOrDefaultAsync(one => one.LessonId == id, cancellationToken);
        List<Objection> objections = await records.Objections.AsNoTracking().Where(one => one.LessonId == id)
            .ToListAsync(cancellationToken);
        List<Remark> remarks = await records.Remarks.AsNoTracking().Where(one => one.LessonId == id).ToListAsync(cancellationToken);
        List<LessonSlice> slices = await records.Slices.AsNoTracking().Where(one => one.LessonId == id).ToListAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        List<LessonShare> shares = !lesson.IsOwn ? [] : await records.LessonShares.AsNoTracking()
            .Where(one => one.LessonId == id && one.ExpiresAt > now).ToListAsync(cancellationToken);
        return new LessonReview(
            lesson.IsOwn, !lesson.IsOwn && caller.May(Permission.AnswerObjections, lesson.SchoolId), MayJudge(lesson, caller),
            chapters?.Chapters ?? [],
            [.. goals.OrderBy(goal => goal.Order).Select(goal => Show(goal, judgements, caller))],
            GoalRate.Of(judgements.Where(one => one.IsTeacher).Select(one => one.Outcome)),
            GoalRate.Of(judgements.Where(one => !one.IsTeacher).Select(one => one.Outcome)),
            reflection is not null && (lesson.IsOwn || reflection.IsShared) ? Show(reflection) : null,
            [.. objections.OrderBy(one => one.MadeAt).Select(Show)],
            [.. remarks.OrderBy(one => one.AtSeconds ?? -1).ThenBy(one => one.MadeAt).Select(one => Show(one, caller))],
            [.. shares.OrderBy(one => one.MadeAt).Select(Show)],
            lesson.Kind, LessonSettings.WordsOf(settings.Value.Kinds),
            [.. slices.OrderBy(one => one.FromSeconds).ThenBy(one => one.MadeAt).Select(one => Show(one, lesson, caller))],
            LessonSettings.WordsOf(settings.Value.SliceTags));
    }

    /// <summary>The lesson's teacher judges the own goals; others who may visit lessons judge what they saw.</summary>
    public static bool MayJudge(KnownLesson lesson, Caller caller) => lesson.IsOwn || caller.May(Permission.VisitRooms, lesson.SchoolId);

    internal static ReflectionView Show(Reflection reflection) => new(reflection.Text, reflection.IsShared, reflection.ChangedAt);

    internal static ObjectionView Show(Objection one) => new(
        one.Id, one.Figure, one.Value, one.Formula, one.Text, one.MadeAt, one.WithdrawnAt, one.Answer, one.Outcome, one.AnsweredName,
        one.AnsweredAt);

    internal static RemarkView Show(Remark remark, Caller caller) => new(
        remark.Id, remark.DisplayName, remark.UserName == caller.UserName, remark.AtSeconds, remark.Text, remark.MadeAt);

    internal static SliceView Show(LessonSlice slice, KnownLesson lesson, Caller caller) => new(
        slice.Id, slice.DisplayName, lesson.IsOwn || slice.UserName == caller.UserName, slice.FromSeconds, slice.ToSeconds, slice.Name,
        slice.Tags, slice.MadeAt);

    private static ShareView Show(LessonShare share) => new(share.Id, share.MadeAt, share.ExpiresAt, share.DisplayName);

    private static GoalView Show(LessonGoal goal, List<GoalJudgement> judgements, Caller caller) => new(
        goal.Id, goal.Text, goal.Shows,
        [.. judgements.Where(one => one.GoalId == goal.Id).OrderByDescending(one => one.IsTeacher).ThenBy(one => one.MadeAt)
            .Select(one => new JudgementView(
                one.DisplayName, one.IsTeacher, one.UserName == caller.UserName, one.Outcome, one.Evidence, one.AtSeconds, one.MadeAt))]);
}
