using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Rectifications;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Rectifications;

/// <summary>The files of answers: sent one by one while the answer is written, and fixed when it is given.</summary>
internal static class FilesFeature
{
    private const int LongestSentName = 500;

    /// <summary>What files need.</summary>
    internal sealed record Services(
        RectificationReader Reader, RectificationDeeds Deeds, RectificationFiles Files, AuditTrail Audit, TimeProvider Time);

    public static void MapFiles(this RouteGroupBuilder group)
    {
        group.MapPost("/{rectificationId:guid}/files", SendAsync).Require(Permission.AnswerRectifications)
            .WithSummary("Adds a file, which is the body, to the answer that is being written: jpg, png, pdf, docx or doc, by content; "
                + "20 MB each and ten a round at most")
            .Accepts<Stream>("application/octet-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        group.MapGet("/{rectificationId:guid}/files/{fileId:guid}", ReadAsync).WithSummary("A file, to be saved")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{rectificationId:guid}/files/{fileId:guid}", RemoveAsync).Require(Permission.AnswerRectifications)
            .WithSummary("Removes a file of an answer that is not given yet")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> SendAsync(
        Guid rectificationId, string name, HttpContext context, Caller caller, [AsParameters] Services services,
        CancellationToken cancellationToken)
    {
        if (await services.Reader.FindAsync(rectificationId, caller, cancellationToken) is not { } one)
        {
            return RectificationDeeds.Unknown();
        }

        if (Refuse(one, caller) is { } refused)
        {
            return refused;
        }

        if (name.Length > LongestSentName)
        {
            return Problems.BadRequest("bad-name", "文件名太长");
        }

        // The rest of the server takes no body of this size.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = RectificationFile.MostBytes + 1;
        }

        if (context.Request.ContentLength > RectificationFile.MostBytes)
        {
            return TooLarge();
        }

        (ReceivedFile? file, FileRefusal refusal) = await services.Files.ReceiveAsync(context.Request.Body, cancellationToken);
        return file is not null ? await KeepAsync(one.Id, file, name, caller, services, cancellationToken)
            : refusal is FileRefusal.TooLarge ? TooLarge()
            : Problems.BadRequest("bad-file", "只收 JPG、PNG 图片和 PDF、Word 文档（不含宏），以文件内容为准");
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> KeepAsync(
        Guid id, ReceivedFile file, string name, Caller caller, Services services, CancellationToken cancellationToken)
    {
        ProblemHttpResult? refusal = null;
        bool isKept = false;
        try
        {
            await services.Audit.CommitAsync(async deed =>
            {
                Rectification? one = RectificationReader.InOrder(await deed.Records.Rectifications.Include(found => found.Events)
                    .Include(found => found.Files).AsSplitQuery().SingleOrDefaultAsync(found => found.Id == id));
                refusal = one is null ? RectificationDeeds.Unknown() : Refuse(one, caller);
                if (one is null || refusal is not null)
                {
                    deed.GiveUp();
                    return;
                }

                deed.Records.RectificationFiles.Add(new RectificationFile
                {
                    Id = file.Id,
                    RectificationId = id,
                    Round = one.Round,
                    Name = FileContent.CleanName(name, file.Kind),
                    Kind = file.Kind,
                    Size = file.Size,
                    Sha256 = file.Sha256,
                    By = caller.UserName,
                    At = services.Time.GetUtcNow(),
                });
                services.Deeds.Tell(deed, one, caller.UserName, "rectification.file-added");
            });
            isKept = refusal is null;
        }
        finally
        {
            if (!isKept)
            {
                services.Files.Delete(file.Id);
            }
        }

        return refusal is not null ? refusal : await ShowAsync(id, caller, services, cancellationToken);
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> ReadAsync(
        Guid rectificationId, Guid fileId, Caller caller, RectificationReader reader, RectificationFiles files, Looks looks,
        HttpContext context, CancellationToken cancellationToken)
    {
        Rectification? one = await reader.FindAsync(rectificationId, caller, cancellationToken);
        RectificationFile? file = one?.Files.Find(found => found.Id == fileId && (found.SentAt is not null || caller.MayAnswer(one)));
        if (one is null || file is null || !File.Exists(files.Of(fileId)))
        {
            return Problems.NotFound("unknown-file", "没有这个附件，或已到期删除");
        }

        await looks.RecordAsync(caller, LookKinds.Rectification, $"{one.Id} {one.Number}");
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.PhysicalFile(files.Of(fileId), FileContent.Of(file.Kind).Type, file.Name);
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> RemoveAsync(
        Guid rectificationId, Guid fileId, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        if (await services.Reader.FindAsync(rectificationId, caller, cancellationToken) is not { } known)
        {
            return RectificationDeeds.Unknown();
        }

        if (!caller.MayAnswer(known))
        {
            return Problems.Forbidden();
        }

        (bool isKnown, bool isSent) = (false, false);
        await services.Audit.CommitAsync(async deed =>
        {
            RectificationFile? file = await deed.Records.RectificationFiles
                .SingleOrDefaultAsync(one => one.Id == fileId && one.RectificationId == rectificationId);
            (isKnown, isSent) = (file is not null, file?.SentAt is not null);
            if (file is null || isSent)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.RectificationFiles.Remove(file);
            services.Deeds.Tell(deed, known, caller.UserName, "rectification.file-removed");
        });
        if (isKnown && !isSent)
        {
            services.Files.Delete(fileId);
        }

        return !isKnown ? Problems.NotFound("unknown-file", "没有这个附件，或已到期删除")
            : isSent ? RectificationDeeds.Past()
            : await ShowAsync(rectificationId, caller, services, cancellationToken);
    }

    private static ProblemHttpResult? Refuse(Rectification one, Caller caller) =>
        !caller.MayAnswer(one) ? Problems.Forbidden()
        : one.State is not RectificationState.Issued ? RectificationDeeds.Past()
        : one.Files.Count(file => file.Round == one.Round) >= RectificationFile.MostOfRound
            ? Problems.Create(StatusCodes.Status409Conflict, "too-many-files", $"一轮最多 {RectificationFile.MostOfRound} 个附件")
        : null;

    private static ProblemHttpResult TooLarge() => Problems.Create(
        StatusCodes.Status413PayloadTooLarge, "too-large", $"附件太大，每个最多 {RectificationFile.MostBytes >> 20} MB");

    private static async Task<Ok<RectificationView>> ShowAsync(
        Guid id, Caller caller, Services services, CancellationToken cancellationToken) =>
        TypedResults.Ok(await services.Reader.ShowAsync(
            (await services.Reader.FindAsync(id, caller, cancellationToken))!, caller, cancellationToken));
}
