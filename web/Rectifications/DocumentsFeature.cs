using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Rectifications;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Documents;
using Xunke.Web.Identity;

namespace Xunke.Web.Rectifications;

/// <summary>A notice with its rounds as a Word document, and the template for the district's own.</summary>
internal static class DocumentsFeature
{
    public static void MapDocuments(this RouteGroupBuilder group)
    {
        group.MapGet("/template", ReadTemplate).Require(Permission.IssueRectifications)
            .WithSummary("The template of notices in use, to begin the district's own with")
            .Produces(StatusCodes.Status200OK);
        group.MapGet("/{rectificationId:guid}/document", WriteAsync)
            .WithSummary("A notice with its rounds as a Word document by the district's template")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> ReadTemplate(NoticeTemplate template)
    {
        try
        {
            return TypedResults.File(template.Read(), WordTemplate.ContentType, "整改通知书模板.docx");
        }
        catch (StartupException)
        {
            return TemplateFile.Broken(NoticeTemplate.Setting);
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> WriteAsync(
        Guid rectificationId, Caller caller, RectificationReader reader, NoticeTemplate template, Looks looks, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(rectificationId, caller, cancellationToken) is not { } one)
        {
            return RectificationDeeds.Unknown();
        }

        byte[] document;
        try
        {
            document = template.Write(one, reader.SummaryOf(one));
        }
        catch (StartupException)
        {
            return TemplateFile.Broken(NoticeTemplate.Setting);
        }

        await looks.RecordAsync(caller, LookKinds.Rectification, $"{one.Id} {one.Number}");
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(document, WordTemplate.ContentType, $"整改通知书 {one.Number}.docx");
    }
}
