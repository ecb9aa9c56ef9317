using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Editing;

/// <summary>A row as it was and as it became; null: it was not there.</summary>
internal sealed record ChangedRow(string Book, string RowId, string? SchoolId, JsonElement? Before, JsonElement? After);

/// <summary>Changes that somebody made at once; at most 20 are shown.</summary>
/// <param name="Step">Its name, for undoing.</param>
/// <param name="At">When.</param>
/// <param name="UserName">Who.</param>
/// <param name="DisplayName">That person's name.</param>
/// <param name="Number">For asking for earlier ones.</param>
/// <param name="Count">How many rows were changed.</param>
/// <param name="MayUndo">Whether it is young enough.</param>
/// <param name="Changes">The rows.</param>
internal sealed record ChangedStep(
    Guid Step, DateTimeOffset At, string UserName, string DisplayName, long Number, int Count, bool MayUndo,
    ImmutableArray<ChangedRow> Changes);

/// <summary>What became of an undoing.</summary>
/// <param name="Changed">How many rows are as they were before; null: none.</param>
/// <param name="Since">The rows that were changed since, or that something speaks against.</param>
internal sealed record Undone(int? Changed, ImmutableArray<string> Since)
{
    public static Undone Unknown { get; } = new(null, []);
}

/// <summary>Who changed what in the books, and how it was before.</summary>
internal sealed class BookHistory(
    IDbContextFactory<RecordsContext> records, IEnumerable<IBook> books, AuditTrail audit, BookReaders readers, TimeProvider time)
{
    /// <summary>How long a step can be undone.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(7);

    /// <summary>The history's word for the timetable of one class in one term.</summary>
    public const string ClassTimetables = "class-timetables";

    private const int MostShown = 20;

    /// <summary>The steps that the caller may know of, newest first.</summary>
    public async Task<ImmutableArray<ChangedStep>> ListAsync(
        Caller caller, string? book, string? rowId, string? schoolId, long? before, int take, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        IQueryable<BookChange> found = VisibleTo(context.BookChanges.AsNoTracking(), caller);
        // What an import did to a timetable is told class by class; changes of single lessons belong to it, too.
        found = book is null ? found : found.Where(change => change.Book == book
            || (book == EntriesBook.BookName && (change.Book == ClassTimetables || change.Book == ChangesBook.BookName)));
        found = rowId is null ? found : found.Where(change => change.RowId == rowId);
        found = schoolId is null ? found : found.Where(change => change.SchoolId == schoolId);
        var steps = await found.GroupBy(change => change.Step)
            .Select(step => new { Step = step.Key, Last = step.Max(change => change.Id), Count = step.Count() })
            .Where(step => before == null || step.Last < before)
            .OrderByDescending(step => step.Last).Take(take)
            .ToListAsync(cancellationToken);
        ImmutableArray<ChangedStep>.Builder shown = ImmutableArray.CreateBuilder<ChangedStep>();
        DateTimeOffset oldest = time.GetUtcNow() - Undoable;
        foreach (var step in steps)
        {
            List<BookChange> changes = await found.Where(change => change.Step == step.Step).OrderBy(change => change.Id).Take(MostShown)
                .ToListAsync(cancellationToken);
            string user = changes[0].UserName;
            string name = await context.Users.Where(account => account.UserName == user).Select(account => account.DisplayName)
                .FirstOrDefaultAsync(cancellationToken) ?? user;
            shown.Add(new ChangedStep(
                step.Step, changes[0].At, user, name, step.Last, step.Count, changes[0].At >= oldest,
                [.. changes.Select(change => new ChangedRow(
                    change.Book, change.RowId, change.SchoolId, Element(change.Before), Element(change.After)))]));
        }

        return shown.ToImmutable();
    }

    /// <summary>Makes the rows of a step what they were before it, all or none. That is a step of its own.</summary>
    public async Task<Undone> UndoAsync(Caller caller, Guid step)
    {
        Undone outcome = Undone.Unknown;
        await audit.CommitAsync(async deed => outcome = await UndoAsync(deed, caller, step));
        if (outcome.Changed > 0)
        {
            await readers.ReadAgainAsync();
        }

        return outcome;
    }

    private async Task<Undone> UndoAsync(Deed deed, Caller caller, Guid step)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset oldest = now - Undoable;
        List<BookChange> changes = await deed.Records.BookChanges.AsNoTracking()
            .Where(change => change.Step == step && change.At >= oldest).OrderByDescending(change => change.Id).ToListAsync();
        // An import of somebody of a school may have put subjects on the district's list: who did that may take it back.
        if (changes.Count == 0 || changes.Any(change => !caller.May(Permission.ManageBooks, change.SchoolId)
            && (change.SchoolId is not null || change.UserName != caller.UserName)))
        {
            return Undone.Unknown;
        }

        var own = new BookStep(caller.UserName, now);
        List<string> since = [];
        foreach (BookChange change in changes)
        {
            IBook book = books.Single(book => book.Name == change.Book);
            if (await book.ReadAsync(deed.Records, change.RowId) != change.After
                || await book.RestoreAsync(deed, change.RowId, change.Before, now) is { Count: > 0 })
            {
                since.Add($"{change.Book}: {change.RowId}");
                continue;
            }

            own.Add(deed, change.Book, change.RowId, change.SchoolId, change.After, change.Before);
            // What the next row refers to must be found.
            await deed.Records.SaveChangesAsync();
            // An import of a district has thousands of rows, which every saving would look through again.
            deed.Records.ChangeTracker.Clear();
        }

        if (since.Count > 0)
        {
            deed.GiveUp();
            return new Undone(null, [.. since]);
        }

        deed.Tell(caller.UserName, "books.undone", $"{step}: {changes.Count}");
        return new Undone(changes.Count, []);
    }

    private static IQueryable<BookChange> VisibleTo(IQueryable<BookChange> changes, Caller caller) =>
        caller.ReachOf(Permission.ManageBooks) switch
        {
            Reach.District => changes,
            Reach.School => changes.Where(change => change.SchoolId == caller.SchoolId),
            _ => changes.Where(_ => false),
        };

    private static JsonElement? Element(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}
