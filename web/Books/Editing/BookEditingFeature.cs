using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Editing;

/// <summary>The books in the browser: <c>/api/books</c>.</summary>
internal static class BookEditingFeature
{
    private const int MostSteps = 100;

    /// <summary>The rows of a book.</summary>
    internal sealed record BookRows<TRow>(IReadOnlyList<TRow> Rows);

    /// <summary>What needs a row.</summary>
    internal sealed record RowUses(IReadOnlyList<BookUse> Uses);

    /// <summary>Steps of the history, newest first.</summary>
    internal sealed record ChangedSteps(ImmutableArray<ChangedStep> Steps);

    /// <summary>How many rows are again as they were.</summary>
    internal sealed record UndoneStep(int Changed);

    public static void AddBookEditing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SchoolsBook>();
        builder.Services.AddSingleton<RoomsBook>();
        builder.Services.AddSingleton<ClassesBook>();
        builder.Services.AddSingleton<SubjectsBook>();
        builder.Services.AddSingleton<TeachersBook>();
        builder.Services.AddSingleton<TermsBook>();
        builder.Services.AddSingleton<DayPlansBook>();
        builder.Services.AddSingleton<CalendarBook>();
        builder.Services.AddSingleton<EntriesBook>();
        builder.Services.AddSingleton<RecordingRulesBook>();
        builder.Services.AddSingleton<ChangesBook>();
        AddBook<SchoolsBook>(builder);
        AddBook<RoomsBook>(builder);
        AddBook<ClassesBook>(builder);
        AddBook<SubjectsBook>(builder);
        AddBook<TeachersBook>(builder);
        AddBook<TermsBook>(builder);
        AddBook<DayPlansBook>(builder);
        AddBook<CalendarBook>(builder);
        AddBook<EntriesBook>(builder);
        AddBook<RecordingRulesBook>(builder);
        AddBook<ChangesBook>(builder);
        builder.Services.AddSingleton<BookEditor>();
        builder.Services.AddSingleton<BookHistory>();
        builder.Services.AddSingleton<BookReaders>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BookReaders>());
    }

    public static void MapBookEditing(this WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/books").Require(Permission.ManageBooks).OpenToMachines(mayWrite: true)
            .WithTags("Books")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        Map(group, app.Services.GetRequiredService<SchoolsBook>());
        Map(group, app.Services.GetRequiredService<RoomsBook>());
        Map(group, app.Services.GetRequiredService<ClassesBook>());
        Map(group, app.Services.GetRequiredService<SubjectsBook>());
        Map(group, app.Services.GetRequiredService<TeachersBook>());
        Map(group, app.Services.GetRequiredService<TermsBook>());
        Map(group, app.Services.GetRequiredService<DayPlansBook>());
        Map(group, app.Services.GetRequiredService<CalendarBook>());
        Map(group, app.Services.GetRequiredService<EntriesBook>());
        Map(group, app.Services.GetRequiredService<RecordingRulesBook>());
        group.MapGet("/history", HistoryAsync)
            .WithSummary("Who changed what in the books, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/steps/{stepId:guid}/undo", UndoAsync)
            .WithSummary("Makes the rows of a step what they were before it, within a week, unless they were changed since")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static void AddBook<TBook>(WebApplicationBuilder builder)
        where TBook : class, IBook => builder.Services.AddSingleton<IBook>(services => services.GetRequiredService<TBook>());

    private static void Map<TEntity, TRow>(RouteGroupBuilder group, Book<TEntity, TRow> book)
        where TEntity : class
        where TRow : class, IBookRow
    {
        string name = book.Name;
        group.MapGet($"/{name}", async Task<Results<Ok<BookRows<TRow>>, ProblemHttpResult>> (
                Caller caller, BookEditor editor, CancellationToken cancellationToken, string? schoolId = null) =>
            caller.ReachOf(Permission.ManageBooks) == Reach.School && book.IsOfSchools && !caller.May(Permission.ManageBooks, schoolId)
                ? Problems.Forbidden()
                : TypedResults.Ok(new BookRows<TRow>(await editor.ListAsync(book, schoolId, cancellationToken))))
            .WithSummary($"The rows of the book {name}, of one school or of all");
        group.MapPost($"/{name}", async (TRow row, Caller caller, BookEditor editor) =>
                Answer(await editor.AddAsync(book, caller, row), isNew: true))
            .WithSummary($"Puts a new row into the book {name}")
            .Produces<TRow>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPut($"/{name}/{{id}}", async (string id, TRow row, Caller caller, BookEditor editor) =>
                Answer(await editor.ChangeAsync(book, caller, id, row)))
            .WithSummary($"Changes a row of the book {name} that is as the caller saw it")
            .Produces<TRow>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete($"/{name}/{{id}}", async (string id, Caller caller, BookEditor editor, string? version = null) =>
                Answer(await editor.DeleteAsync(book, caller, id, version)))
            .WithSummary($"Takes a row out of the book {name} that nothing needs")
            .Produces<TRow>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet($"/{name}/{{id}}/uses", async Task<Results<Ok<RowUses>, ProblemHttpResult>> (
                string id, Caller caller, RecordsContext records, CancellationToken cancellationToken) =>
            await book.FindAsync(records, id) is { } found && caller.May(Permission.ManageBooks, book.Show(found).SchoolId)
                ? TypedResults.Ok(new RowUses(await book.UsesAsync(records, id, cancellationToken)))
                : UnknownRow())
            .WithSummary($"What needs a row of the book {name}")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    // The step goes along in a header, so that the page can offer to undo it.
    private static IResult Answer<TRow>(BookOutcome<TRow> outcome, bool isNew = false)
        where TRow : class, IBookRow => outcome switch
        {
            BookOutcome<TRow>.Done done => new Stepped(
                done.Step, isNew ? TypedResults.Created((string?)null, done.Row) : TypedResults.Ok(done.Row)),
            BookOutcome<TRow>.Forbidden => Problems.Forbidden(),
            BookOutcome<TRow>.Wrong wrong => Problems.Create(
                StatusCodes.Status400BadRequest, "bad-row", string.Join("；", wrong.Faults.Select(fault => fault.Reason)),
                ("faults", wrong.Faults)),
            BookOutcome<TRow>.Changed changed => Problems.Create(
                StatusCodes.Status409Conflict, "changed-meanwhile", "这一行刚被别人改过", ("current", changed.Current)),
            BookOutcome<TRow>.InUse used => Problems.Create(
                StatusCodes.Status409Conflict, "in-use", "还有内容在使用这一行，不能删除", ("uses", used.Uses)),
            _ => UnknownRow(),
        };

    private static ProblemHttpResult UnknownRow() => Problems.NotFound("unknown-row", "没有这一行");

    private static async Task<Results<Ok<ChangedSteps>, ProblemHttpResult>> HistoryAsync(
        Caller caller, BookHistory history, CancellationToken cancellationToken,
        string? book = null, string? rowId = null, string? schoolId = null, long? before = null, int take = 20) =>
        take is < 1 or > MostSteps
            ? Problems.BadRequest("bad-take", $"条数应为 1 到 {MostSteps}")
            : TypedResults.Ok(new ChangedSteps(
                await history.ListAsync(caller, book, rowId, schoolId, before, take, cancellationToken)));

    private static async Task<Results<Ok<UndoneStep>, ProblemHttpResult>> UndoAsync(Guid stepId, Caller caller, BookHistory history)
    {
        Undone undone = await history.UndoAsync(caller, stepId);
        return undone switch
        {
            { Changed: { } count } => TypedResults.Ok(new UndoneStep(count)),
            { Since.Length: > 0 } => Problems.Create(
                StatusCodes.Status409Conflict, "changed-since", $"之后又有改动，不能撤销：{string.Join("、", undone.Since.Take(10))}",
                ("rows", undone.Since)),
            _ => Problems.NotFound("unknown-step", "没有这次修改，或已超过一周"),
        };
    }

    private sealed class Stepped(Guid step, IResult answer) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers["Xunke-Step"] = step.ToString();
            return answer.ExecuteAsync(context);
        }
    }
}
