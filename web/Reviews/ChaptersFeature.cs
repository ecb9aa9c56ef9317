using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Reviews;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>A teacher's own division of a lesson: <c>/api/lessons/{lessonId}/chapters</c>.</summary>
internal static class ChaptersFeature
{
    private const int MostChapters = 40;
    private const int LongestName = 40;

    /// <summary>A chapter as it is written; From: seconds from the lesson's start.</summary>
    internal sealed record WrittenChapter(double? From, string? Name);

    public static void MapChapters(this RouteGroupBuilder group)
    {
        group.MapPut("/chapters", DivideAsync)
            .WithSummary("The teacher's own division of a lesson, in its order, the first from the start; none: the computed one alone")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<IReadOnlyList<Chapter>>, ProblemHttpResult>> DivideAsync(
        Guid lessonId, List<WrittenChapter> written, Caller caller, LessonAccess access, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        if (!opened.Lesson.IsOwn)
        {
            return Problems.Forbidden();
        }

        if (Read(written, opened.Lesson) is not { } chapters)
        {
            return Problems.BadRequest(
                "bad-chapters", $"环节最多 {MostChapters} 个，名称 1 到 {LongestName} 个字，从 0 秒开始、依次往后，并在这节课之内");
        }

        await audit.CommitAsync(async deed =>
        {
            await deed.Records.LessonChapters.Where(one => one.LessonId == lessonId).ExecuteDeleteAsync();
            if (chapters.Count > 0)
            {
                deed.Records.LessonChapters.Add(new LessonChapters
                {
                    LessonId = lessonId,
                    UserName = caller.UserName,
                    Chapters = chapters,
                    ChangedAt = time.GetUtcNow(),
                });
            }

            deed.Tell(caller.UserName, "review.chapters-set", opened.Lesson.Subject);
        });
        return TypedResults.Ok<IReadOnlyList<Chapter>>(chapters);
    }

    private static List<Chapter>? Read(List<WrittenChapter> written, KnownLesson lesson)
    {
        var chapters = new List<Chapter>();
        double last = -1;
        foreach (WrittenChapter one in written)
        {
            if (one.From is not { } from || !lesson.Contains(from) || from <= last
                || !Words.TryRead(one.Name, LongestName, out string? name, out _))
            {
                return null;
            }

            chapters.Add(new Chapter(from, name));
            last = from;
        }

        return chapters.Count <= MostChapters && (chapters.Count == 0 || chapters[0].From == 0) ? chapters : null;
    }
}
