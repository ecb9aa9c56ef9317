using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Lessons;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>What kind of lesson it was (课型), as its teacher says: <c>/api/lessons/{lessonId}/kind</c>.</summary>
internal static class LessonKindFeature
{
    /// <summary>One of the district's kinds; null: not said.</summary>
    internal sealed record WrittenKind(string? Kind);

    public static void MapLessonKind(this RouteGroupBuilder group) => group.MapPut("/kind", SetAsync)
        .WithSummary("What kind of lesson it was, one of the district's; its figures are compared with lessons of the same kind")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        Guid lessonId, WrittenKind written, Caller caller, LessonAccess access, IOptions<LessonSettings> settings, AuditTrail audit,
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

        if (written.Kind is { } kind && !LessonSettings.WordsOf(settings.Value.Kinds).Contains(kind))
        {
            return Problems.BadRequest("bad-kind", "请选本区的一种课型");
        }

        await audit.CommitAsync(async deed =>
        {
            await deed.Records.Lessons.Where(one => one.Id == lessonId)
                .ExecuteUpdateAsync(one => one.SetProperty(lesson => lesson.Kind, written.Kind));
            deed.Tell(caller.UserName, "review.kind-set", opened.Lesson.Subject);
        });
        return TypedResults.NoContent();
    }
}
