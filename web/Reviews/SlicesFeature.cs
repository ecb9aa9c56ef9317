using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Reviews;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>Parts of a lesson that are cut out and tagged: <c>/api/lessons/{lessonId}/slices</c>.</summary>
internal static class SlicesFeature
{
    private const int LongestName = 60;
    private const int MostTags = 5;
    private const int MostSlices = 100;

    /// <summary>A slice as it is written; From and To: seconds from the lesson's start.</summary>
    internal sealed record WrittenSlice(double? From, double? To, string? Name, List<string>? Tags);

    public static void MapSlices(this RouteGroupBuilder group)
    {
        group.MapPost("/slices", CutAsync).WithSummary("Cuts a part out of a lesson, with a name and the district's tags")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/slices/{sliceId:guid}", DropAsync)
            .WithSummary("Takes a slice away: whoever cut it, and the lesson's teacher");
    }

    private static async Task<Results<Created<SliceView>, ProblemHttpResult>> CutAsync(
        Guid lessonId, WrittenSlice written, Caller caller, LessonAccess access, IOptions<LessonSettings> settings, AuditTrail audit,
        TimeProvider time, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        if (!Words.TryRead(written.Name, LongestName, out string? name, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        if (written.From is not { } from || written.To is not { } to || !(from < to) || !opened.Lesson.Contains(from)
            || !opened.Lesson.Contains(to))
        {
            return Problems.BadRequest("bad-stretch", "切片应在这节课之内，结束在开始之后");
        }

        List<string> tags = [.. (written.Tags ?? []).Distinct()];
        if (tags.Count > MostTags || tags.Except(LessonSettings.WordsOf(settings.Value.SliceTags)).Any())
        {
            return Problems.BadRequest("bad-tags", $"标签最多 {MostTags} 个，并在本区的标签之内");
        }

        var slice = new LessonSlice
        {
            Id = Guid.NewGuid(),
            LessonId = lessonId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            FromSeconds = from,
            ToSeconds = to,
            Name = name,
            Tags = tags,
            MadeAt = time.GetUtcNow(),
        };
        bool isFull = false;
        await audit.CommitAsync(async deed =>
        {
            isFull = await deed.Records.Slices.CountAsync(one => one.LessonId == lessonId) >= MostSlices;
            if (isFull)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.Slices.Add(slice);
            deed.Tell(caller.UserName, "review.slice-cut", opened.Lesson.Subject);
        });
        return isFull
            ? Problems.BadRequest("too-many", $"一节课最多 {MostSlices} 个切片")
            : TypedResults.Created($"/api/lessons/{lessonId}/slices/{slice.Id}", ReviewReader.Show(slice, opened.Lesson, caller));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DropAsync(
        Guid lessonId, Guid sliceId, Caller caller, LessonAccess access, AuditTrail audit, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        int deleted = 0;
        (bool isTeacher, string who) = (opened.Lesson.IsOwn, caller.UserName);
        await audit.CommitAsync(async deed =>
        {
            deleted = await deed.Records.Slices
                .Where(one => one.Id == sliceId && one.LessonId == lessonId && (isTeacher || one.UserName == who)).ExecuteDeleteAsync();
            if (deleted > 0)
            {
                deed.Tell(caller.UserName, "review.slice-dropped", opened.Lesson.Subject);
            }
        });
        return deleted > 0 ? TypedResults.NoContent() : Problems.NotFound("unknown-slice", "没有这个切片，或它不是您切的");
    }
}
