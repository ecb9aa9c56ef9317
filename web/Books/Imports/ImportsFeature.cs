using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Files;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports;

/// <summary>Timetables from files: <c>/api/books/imports</c>. A file is read, looked at, and only then imported.</summary>
internal static class ImportsFeature
{
    private const int LongestFileName = 200;

    /// <summary>What a person says about a draft. Names that are not said stay as they are.</summary>
    internal sealed record ImportChoices(IReadOnlyList<TableChoice>? Tables, IReadOnlyList<NameDecision>? Names);

    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ImportDrafts>();
        builder.Services.AddSingleton<ImportProgress>();
        builder.Services.AddSingleton<ClassTimetableBook>();
        builder.Services.AddSingleton<IBook>(services => services.GetRequiredService<ClassTimetableBook>());
        builder.Services.AddSingleton<TimetableImporter>();
        builder.Services.AddScoped<ImportViews>();
    }

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/books/imports").Require(Permission.ManageBooks).OpenToMachines(mayWrite: true)
            .WithTags("Books")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", SendAsync)
            .WithSummary("Reads a timetable file, which is the body, of a school or of the district; nothing is written")
            .Accepts<Stream>("application/octet-stream");
        group.MapGet("/progress", (Caller caller, ImportProgress progress) => progress.Of(caller.UserName))
            .WithSummary("How far the caller's import is: what the page's bar shows");
        group.MapGet("/{importId:guid}", LookAsync).WithSummary("What a file that was sent would change now");
        group.MapPut("/{importId:guid}", ChooseAsync).WithSummary("Says how its tables are to be read and what its names are");
        group.MapPost("/{importId:guid}/commit", CommitAsync).WithSummary("Imports it: all or nothing; undone as any step of the history")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{importId:guid}", Forget).WithSummary("Forgets it");
        group.MapDelete("/choices/{choiceId:guid}", ForgetChoiceAsync)
            .WithSummary("Forgets how tables of a form are read; the next file is guessed again");
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> SendAsync(
        string termId, string name, HttpContext context, Caller caller, RecordsContext records, ImportDrafts drafts, ImportViews views,
        ImportProgress progress, TimeProvider time, CancellationToken cancellationToken, string? schoolId = null)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        if (schoolId is not null && !await records.Schools.AnyAsync(school => school.Id == schoolId, cancellationToken))
        {
            return Problems.UnknownSchool();
        }

        if (!await records.Terms.AnyAsync(term => term.Id == termId, cancellationToken))
        {
            return Problems.NotFound("unknown-term", "没有这个学期");
        }

        if (name.Length is 0 or > LongestFileName)
        {
            return Problems.BadRequest("bad-name", "文件名太长");
        }

        byte[]? content = await ImportBody.ReadAsync(context, cancellationToken);
        if (content is null)
        {
            return Problems.Create(StatusCodes.Status413PayloadTooLarge, "too-large", ImportBody.TooLarge);
        }

        try
        {
            RememberedChoices remembered = await RememberedChoices.ReadAsync(records, schoolId, cancellationToken);
            return TypedResults.Ok(await progress.DuringAsync(caller.UserName, ImportStage.Reading, () => Task.Run(
                async () =>
                {
                    var file = TimetableFile.Read(name, content, remembered.Find);
                    var draft = new ImportDraft(Guid.NewGuid(), caller.UserName, schoolId, termId, time.GetUtcNow(), file, []);
                    drafts.Keep(draft);
                    progress.Report(caller.UserName, ImportStage.Comparing, 0, file.Timetable.Lessons.Count);
                    return await views.ShowAsync(draft, cancellationToken);
                },
                cancellationToken)));
        }
        catch (FileRefusedException refused)
        {
            return Problems.BadRequest("file-refused", refused.Message);
        }
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> LookAsync(
        Guid importId, Caller caller, ImportDrafts drafts, ImportViews views, CancellationToken cancellationToken) =>
        drafts.Find<ImportDraft>(importId, caller.UserName) is { } draft
            ? TypedResults.Ok(await views.ShowAsync(draft, cancellationToken))
            : UnknownImport();

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ChooseAsync(
        Guid importId, ImportChoices wanted, Caller caller, ImportDrafts drafts, ImportViews views, CancellationToken cancellationToken)
    {
        if (drafts.Find<ImportDraft>(importId, caller.UserName) is not { } draft)
        {
            return UnknownImport();
        }

        if (wanted.Tables is { Count: > 0 } tables && draft.File.Workbook is { } workbook)
        {
            if (TableChoices.Apply(workbook, draft.File.Choices, tables) is not { } choices)
            {
                return Problems.BadRequest("bad-region", "区域应写作 A1:F9");
            }

            draft = draft with { File = draft.File with { Choices = choices, Timetable = Timetables.Read(workbook, choices) } };
        }

        if (wanted.Names is { Count: > 0 } names)
        {
            draft = draft with { Decisions = NameDecisions.Join(draft.Decisions, names) };
        }

        drafts.Keep(draft);
        return TypedResults.Ok(await views.ShowAsync(draft, cancellationToken));
    }

    private static async Task<Results<Ok<ImportDone>, ProblemHttpResult>> CommitAsync(
        Guid importId, Caller caller, ImportDrafts drafts, TimetableImporter importer, ImportProgress progress)
    {
        if (drafts.Find<ImportDraft>(importId, caller.UserName) is not { } draft || !caller.May(Permission.ManageBooks, draft.SchoolId))
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

    private static Results<NoContent, ProblemHttpResult> Forget(Guid importId, Caller caller, ImportDrafts drafts)
    {
        if (drafts.Find<IImportDraft>(importId, caller.UserName) is null)
        {
            return UnknownImport();
        }

        drafts.Forget(importId);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ForgetChoiceAsync(Guid choiceId, Caller caller, AuditTrail audit)
    {
        bool found = false;
        await audit.CommitAsync(async deed =>
        {
            RecordsContext records = deed.Records;
            if (await records.ImportChoices.FindAsync(choiceId) is not { } choice
                || !caller.May(Permission.ManageBooks, choice.SchoolId.Length == 0 ? null : choice.SchoolId))
            {
                return;
            }

            found = true;
            records.ImportChoices.Remove(choice);
            deed.Tell(caller.UserName, "books.reading-forgotten", $"{choice.SchoolId} {choiceId}");
        });
        return found ? TypedResults.NoContent() : Problems.NotFound("unknown-choice", "没有记住这种表格，或已经忘记");
    }

    private static ProblemHttpResult UnknownImport() => Problems.NotFound("unknown-import", "没有这个文件，请重新选择");
}
