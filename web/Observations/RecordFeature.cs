using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Documents;
using Xunke.Web.Identity;

namespace Xunke.Web.Observations;

/// <summary>An observation as a Word document by the district's template, and the template itself.</summary>
internal static class RecordFeature
{
    public static void MapRecord(this RouteGroupBuilder group)
    {
        group.MapGet("/template", ReadTemplate).Require(Permission.Observe)
            .WithSummary("The template of records in use, to begin the district's own with")
            .Produces(StatusCodes.Status200OK);
        group.MapGet("/{observationId:guid}/document", WriteAsync)
            .WithSummary("An observation as a Word document by the district's template; whoever may read it")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> ReadTemplate(RecordTemplate template)
    {
        try
        {
            return TypedResults.File(template.Read(), WordTemplate.ContentType, "听课记录表模板.docx");
        }
        catch (StartupException)
        {
            return TemplateFile.Broken(RecordTemplate.Setting);
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> WriteAsync(
        Guid observationId, Caller caller, RecordsContext records, ObservationReader reader, RecordTemplate template, Looks looks,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (await records.Observations.AsNoTracking().VisibleTo(caller, records)
            .SingleOrDefaultAsync(one => one.Id == observationId, cancellationToken) is not { } found)
        {
            return ObservationDeeds.Unknown();
        }

        ObservationView view = await reader.ShowAsync(found, caller, cancellationToken);
        byte[] document;
        try
        {
            document = template.Write(view);
        }
        catch (StartupException)
        {
            return TemplateFile.Broken(RecordTemplate.Setting);
        }

        if (view is { IsMine: false, IsTeacher: false })
        {
            await looks.RecordAsync(caller, LookKinds.Observation, $"{found.Id} {found.RoomId}");
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(document, WordTemplate.ContentType, $"听课记录 {view.Header.Date:yyyy-MM-dd} {view.Header.RoomName}.docx");
    }
}
