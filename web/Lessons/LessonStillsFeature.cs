using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Lessons;

/// <summary>The stills of a lesson's moments: <c>/api/lessons/{lessonId}/stills/{number}</c>.</summary>
internal static class LessonStillsFeature
{
    private const string Jpeg = "image/jpeg";

    public static void MapLessonStills(this RouteGroupBuilder group) =>
        group.MapGet("/lessons/{lessonId:guid}/stills/{number:int}", ReadAsync)
            .WithSummary("A still of a moment of a lesson, in which nobody can be recognised; the lesson's snapshot lists them")
            .Produces(StatusCodes.Status200OK, contentType: Jpeg);

    /// <summary>It is a part of the look at the snapshot, and has no line of its own.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadAsync(
        Guid lessonId, int number, Caller caller, LessonAccess access, RecordsContext records, Looks looks, HttpContext http,
        CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        await looks.RecordAsync(caller, LookKinds.Lesson, opened.Lesson.Subject);
        byte[]? picture = await records.LessonStills.Where(still => still.LessonId == lessonId && still.Number == number)
            .Select(still => still.Picture).SingleOrDefaultAsync(cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return picture is null ? Problems.NotFound("unknown-still", "没有这张画面，或已到期删除") : TypedResults.Bytes(picture, Jpeg);
    }
}
