using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Files;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports;

/// <summary>Timetables from files: <c>/api/books/imports</c>. A file is read, looked at, and only then imported.</summary>
internal static class ImportsFeature
{
    private const int LongestFileName = 200;

    /// <summary>How a person says that a table is to be read.</summary>
    internal sealed record TableChoice(int Table, string? Region, string? OwnerName, IReadOnlyList<SheetFact>? CellOrder, bool LeaveOut);

    /// <summary>What a person says about a draft.</summary>
    internal sealed record ImportChoices(IReadOnlyList<TableChoice>? Tables, IReadOnlyList<NameDecision>? Names);

    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ImportDrafts>();
        builder.Services.AddSingleton<ClassTimetableBook>();
        builder.Services.AddSingleton<IBook>(services => services.GetRequiredService<ClassTimetableBook>());
        builder.Services.AddSingleton<TimetableImporter>();
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
            .WithSummary("Reads a timetable file, which is the body, and says what it would change; nothing is written")
            .Accepts<Stream>("application/octet-stream");
        group.MapGet("/{importId:guid}", LookAsync).WithSummary("What a file that was sent would change now");
        group.MapPut("/{importId:guid}", ChooseAsync).WithSummary("Says how its tables are to be read and what its names are");
        group.MapPost("/{importId:guid}/commit", CommitAsync).WithSummary("Imports it: all or nothing; undone as any step of the history")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{importId:guid}", Forget).WithSummary("Forgets it");
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> SendAsync(
        string schoolId, string termId, string name, HttpContext context, Caller caller, RecordsContext records, ImportDrafts drafts,
        TimetableImporter importer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        if (!await records.Schools.AnyAsync(school => school.Id == schoolId, cancellationToken))
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

        byte[]? content = await ReadBodyAsync(context, cancellationToken);
        if (content is null)
        {
            return Problems.Create(
                StatusCodes.Status413PayloadTooLarge, "too-large", $"文件太大，最多 {FileLimits.Default.Bytes >> 20} MB");
        }

        try
        {
            var file = TimetableFile.Read(name, content);
            var draft = new ImportDraft(Guid.NewGuid(), caller.UserName, schoolId, termId, time.GetUtcNow(), file, []);
            drafts.Keep(draft);
            return TypedResults.Ok(await ShowAsync(draft, importer, records, cancellationToken));
        }
        catch (FileRefusedException refused)
        {
            return Problems.BadRequest("file-refused", refused.Message);
        }
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> LookAsync(
        Guid importId, Caller caller, RecordsContext records, ImportDrafts drafts, TimetableImporter importer,
        CancellationToken cancellationToken) =>
        drafts.Find(importId, caller.UserName) is { } draft
            ? TypedResults.Ok(await ShowAsync(draft, importer, records, cancellationToken))
            : UnknownImport();

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ChooseAsync(
        Guid importId, ImportChoices wanted, Caller caller, RecordsContext records, ImportDrafts drafts, TimetableImporter importer,
        CancellationToken cancellationToken)
    {
        if (drafts.Find(importId, caller.UserName) is not { } draft)
        {
            return UnknownImport();
        }

        if (wanted.Tables is { Count: > 0 } tables && draft.File.Workbook is { } workbook)
        {
            if (Choose(draft.File.Choices, tables) is not { } choices)
            {
                return Problems.BadRequest("bad-region", "区域应写作 A1:F9");
            }

            draft = draft with { File = draft.File with { Choices = choices, Timetable = Timetables.Read(workbook, choices) } };
        }

        if (wanted.Names is { } names)
        {
            draft = draft with { Decisions = [.. names] };
        }

        drafts.Keep(draft);
        return TypedResults.Ok(await ShowAsync(draft, importer, records, cancellationToken));
    }

    private static async Task<Results<Ok<ImportDone>, ProblemHttpResult>> CommitAsync(
        Guid importId, Caller caller, ImportDrafts drafts, TimetableImporter importer)
    {
        if (drafts.Find(importId, caller.UserName) is not { } draft || !caller.May(Permission.ManageBooks, draft.SchoolId))
        {
            return UnknownImport();
        }

        if (await importer.CommitAsync(draft, caller) is not { } done)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "names-open", "还有名称没有确认");
        }

        drafts.Forget(importId);
        return TypedResults.Ok(done);
    }

    private static Results<NoContent, ProblemHttpResult> Forget(Guid importId, Caller caller, ImportDrafts drafts)
    {
        if (drafts.Find(importId, caller.UserName) is null)
        {
            return UnknownImport();
        }

        drafts.Forget(importId);
        return TypedResults.NoContent();
    }

    // The rest of the server takes no body of this size.
    private static async Task<byte[]?> ReadBodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        int most = FileLimits.Default.Bytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most + 1;
        }

        if (context.Request.ContentLength > most)
        {
            return null;
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, cancellationToken);
        return content.Length > most ? null : content.ToArray();
    }

    private static List<SheetChoice>? Choose(IReadOnlyList<SheetChoice> known, IReadOnlyList<TableChoice> wanted)
    {
        List<SheetChoice> choices = [];
        for (int table = 0; table < known.Count; table++)
        {
            SheetChoice choice = known[table];
            if (wanted.LastOrDefault(one => one.Table == table) is { } said)
            {
                if (said.LeaveOut)
                {
                    continue;
                }

                CellRange region = choice.Region;
                if (said.Region is { Length: > 0 } text && !CellRange.TryParse(text.Trim().ToUpperInvariant(), out region))
                {
                    return null;
                }

                choice = choice with
                {
                    Region = region,
                    OwnerName = string.IsNullOrWhiteSpace(said.OwnerName) ? choice.OwnerName : Words.Name(said.OwnerName),
                    CellOrder = said.CellOrder is { Count: > 0 } order ? order : choice.CellOrder,
                };
            }

            choices.Add(choice);
        }

        return choices;
    }

    private static async Task<ImportView> ShowAsync(
        ImportDraft draft, TimetableImporter importer, RecordsContext records, CancellationToken cancellationToken)
    {
        TimetableImport import = await importer.PreviewAsync(draft, cancellationToken);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in await records.Classes.Where(one => one.SchoolId == draft.SchoolId)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        foreach (var one in await records.Subjects.Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        foreach (var one in await records.Teachers.Where(one => one.SchoolId == draft.SchoolId)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        // A room's id may be a class's: the room's name is asked for by itself.
        foreach (var one in await records.Rooms.Where(one => one.SchoolId == draft.SchoolId)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names.TryAdd(one.Id, one.Name);
        }

        return ImportView.Of(draft, import, id => id[0] == TimetableImport.New ? id[1..] : names.GetValueOrDefault(id) ?? id);
    }

    private static ProblemHttpResult UnknownImport() => Problems.NotFound("unknown-import", "没有这个文件，请重新选择");
}
