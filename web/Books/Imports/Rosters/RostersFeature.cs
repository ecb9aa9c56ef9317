using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>Lists of schools, teachers, classes, rooms and subjects, and OneRoster, from files: <c>/api/books/rosters</c>.</summary>
internal static class RostersFeature
{
    /// <summary>What a person says about lists. Names that are not said stay as they are.</summary>
    internal sealed record RosterChoices(IReadOnlyList<NameDecision>? Names, bool? EndMissing);

    public static void AddRosters(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RosterImporter>();

    public static void MapRosters(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/books/rosters").Require(Permission.ManageBooks).WithTags("Books")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", SendAsync)
            .WithSummary("Reads lists or a set of OneRoster, which are the files of a form, and says what they would change; nothing is "
                + "written, and pupils are not kept")
            .Accepts<Stream>("multipart/form-data");
        group.MapGet("/{importId:guid}", LookAsync).WithSummary("What lists that were sent would change now");
        group.MapPut("/{importId:guid}", ChooseAsync)
            .WithSummary("Says what the names in lists are, and whether what they do not have ends");
        group.MapPost("/{importId:guid}/commit", CommitAsync).WithSummary("Imports them: all or nothing; undone as any step of the history")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<RosterView>, ProblemHttpResult>> SendAsync(
        HttpContext context, Caller caller, RecordsContext records, ImportDrafts drafts, RosterImporter importer, ImportProgress progress,
        TimeProvider time, CancellationToken cancellationToken, string? schoolId = null)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        if (schoolId is not null && !await records.Schools.AnyAsync(school => school.Id == schoolId, cancellationToken))
        {
            return Problems.UnknownSchool();
        }

        IReadOnlyList<(string Name, byte[] Content)>? files = await ImportBody.ReadFormAsync(context, cancellationToken);
        if (files is null)
        {
            return Problems.BadRequest("bad-files", $"请选择 1 到 40 个文件；{ImportBody.TooLarge}");
        }

        try
        {
            return TypedResults.Ok(await progress.DuringAsync(caller.UserName, ImportStage.Reading, () => Task.Run(
                async () =>
                {
                    var file = RosterFile.Read(files);
                    var draft = new RosterDraft(Guid.NewGuid(), caller.UserName, schoolId, time.GetUtcNow(), file, [], EndMissing: false);
                    drafts.Keep(draft);
                    progress.Report(caller.UserName, ImportStage.Comparing);
                    return await ShowAsync(draft, importer, records, cancellationToken);
                },
                cancellationToken)));
        }
        catch (FileRefusedException refused)
        {
            return Problems.BadRequest("file-refused", refused.Message);
        }
    }

    private static async Task<Results<Ok<RosterView>, ProblemHttpResult>> LookAsync(
        Guid importId, Caller caller, RecordsContext records, ImportDrafts drafts, RosterImporter importer,
        CancellationToken cancellationToken) =>
        drafts.Find<RosterDraft>(importId, caller.UserName) is { } draft
            ? TypedResults.Ok(await ShowAsync(draft, importer, records, cancellationToken)) : UnknownImport();

    private static async Task<Results<Ok<RosterView>, ProblemHttpResult>> ChooseAsync(
        Guid importId, RosterChoices wanted, Caller caller, RecordsContext records, ImportDrafts drafts, RosterImporter importer,
        CancellationToken cancellationToken)
    {
        if (drafts.Find<RosterDraft>(importId, caller.UserName) is not { } draft)
        {
            return UnknownImport();
        }

        draft = draft with
        {
            Decisions = NameDecisions.Join(draft.Decisions, wanted.Names ?? []),
            EndMissing = wanted.EndMissing ?? draft.EndMissing,
        };
        drafts.Keep(draft);
        return TypedResults.Ok(await ShowAsync(draft, importer, records, cancellationToken));
    }

    private static async Task<Results<Ok<ImportDone>, ProblemHttpResult>> CommitAsync(
        Guid importId, Caller caller, ImportDrafts drafts, RosterImporter importer, ImportProgress progress)
    {
        if (drafts.Find<RosterDraft>(importId, caller.UserName) is not { } draft || !caller.May(Permission.ManageBooks, draft.SchoolId))
        {
            return UnknownImport();
        }

        ImportDone? done = await progress.DuringAsync(
            caller.UserName, ImportStage.Writing, () => importer.CommitAsync(draft, caller));
        if (done is null)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "names-open", "还有名称没有确认");
        }

        drafts.Forget(importId);
        return TypedResults.Ok(done);
    }

    private static async Task<RosterView> ShowAsync(
        RosterDraft draft, RosterImporter importer, RecordsContext records, CancellationToken cancellationToken) =>
        RosterView.Of(
            draft, await importer.PreviewAsync(draft, cancellationToken),
            await RosterBooks.ReadAsync(records, draft.SchoolId, cancellationToken));

    private static ProblemHttpResult UnknownImport() => Problems.NotFound("unknown-import", "没有这些文件，请重新选择");
}
