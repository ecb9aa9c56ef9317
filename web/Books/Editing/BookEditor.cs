using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Editing;

/// <summary>Reads and edits the books. Each edit is a deed with a line in the audit trail, is in the history, and counts at once.</summary>
internal sealed class BookEditor(IDbContextFactory<RecordsContext> records, AuditTrail audit, BookReaders readers, TimeProvider time)
{
    /// <summary>The rows of a school, or all, with their versions.</summary>
    public async Task<IReadOnlyList<TRow>> ListAsync<TEntity, TRow>(
        Book<TEntity, TRow> book, string? schoolId, CancellationToken cancellationToken)
        where TEntity : class
        where TRow : class, IBookRow
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return [.. (await book.Of(context, schoolId).AsNoTracking().ToListAsync(cancellationToken)).Select(book.ShowVersioned)];
    }

    /// <summary>Puts a new row into a book.</summary>
    public Task<BookOutcome<TRow>> AddAsync<TEntity, TRow>(Book<TEntity, TRow> book, Caller caller, TRow wanted)
        where TEntity : class
        where TRow : class, IBookRow => EditAsync<TRow>(caller, "added", book, async (deed, step) =>
        {
            if (!caller.May(Permission.ManageBooks, wanted.SchoolId))
            {
                return new BookOutcome<TRow>.Forbidden();
            }

            var faults = new RowFaults();
            TRow row = await book.CheckAsync(wanted, faults, deed.Records);
            string id = string.IsNullOrEmpty(row.Id) ? book.MakeId(row) : row.Id;
            if (faults.None && await book.FindAsync(deed.Records, id) is not null)
            {
                faults.Unique("id", isFree: false);
            }

            return faults.None
                ? Set(book, deed, step, id, null, book.WithIdentity(row, id, null))
                : new BookOutcome<TRow>.Wrong(faults.All);
        });

    /// <summary>Changes a row that is as the caller saw it.</summary>
    public Task<BookOutcome<TRow>> ChangeAsync<TEntity, TRow>(Book<TEntity, TRow> book, Caller caller, string id, TRow wanted)
        where TEntity : class
        where TRow : class, IBookRow => EditAsync<TRow>(caller, "changed", book, async (deed, step) =>
        {
            if (await KnownAsync(book, deed, caller, id) is not { } known)
            {
                return new BookOutcome<TRow>.Unknown();
            }

            TRow current = book.ShowVersioned(known);
            if (wanted.Version != current.Version)
            {
                return new BookOutcome<TRow>.Changed(current);
            }

            var faults = new RowFaults();
            if (wanted.SchoolId != current.SchoolId)
            {
                faults.Add("schoolId", "学校不能更改", "the school cannot be changed");
            }

            TRow row = await book.CheckAsync(book.WithIdentity(wanted, id, null), faults, deed.Records);
            return faults.None ? Set(book, deed, step, id, known, row) : new BookOutcome<TRow>.Wrong(faults.All);
        });

    /// <summary>Takes a row away that is as the caller saw it and that nothing needs.</summary>
    public Task<BookOutcome<TRow>> DeleteAsync<TEntity, TRow>(Book<TEntity, TRow> book, Caller caller, string id, string? version)
        where TEntity : class
        where TRow : class, IBookRow => EditAsync<TRow>(caller, "deleted", book, async (deed, step) =>
        {
            if (await KnownAsync(book, deed, caller, id) is not { } known)
            {
                return new BookOutcome<TRow>.Unknown();
            }

            TRow current = book.ShowVersioned(known);
            if (version != current.Version)
            {
                return new BookOutcome<TRow>.Changed(current);
            }

            return await book.UsesAsync(deed.Records, id, CancellationToken.None) is { Count: > 0 } uses
                ? new BookOutcome<TRow>.InUse(uses)
                : Set(book, deed, step, id, known, null);
        });

    private static BookOutcome<TRow> Set<TEntity, TRow>(
        Book<TEntity, TRow> book, Deed deed, BookStep step, string id, TEntity? known, TRow? row)
        where TEntity : class
        where TRow : class, IBookRow
    {
        TRow shown = row ?? book.Show(known!);
        book.Set(deed, step, id, known, row);
        return new BookOutcome<TRow>.Done(book.WithIdentity(shown, id, book.VersionOf(book.WithIdentity(shown, id, null))), step.Id);
    }

    // Whether a row exists is told only to those who may change it.
    private static async Task<TEntity?> KnownAsync<TEntity, TRow>(Book<TEntity, TRow> book, Deed deed, Caller caller, string id)
        where TEntity : class
        where TRow : class, IBookRow =>
        await book.FindAsync(deed.Records, id) is { } found && caller.May(Permission.ManageBooks, book.Show(found).SchoolId) ? found : null;

    private async Task<BookOutcome<TRow>> EditAsync<TRow>(
        Caller caller, string what, IBook book, Func<Deed, BookStep, Task<BookOutcome<TRow>>> edit)
        where TRow : class, IBookRow
    {
        BookOutcome<TRow> outcome = new BookOutcome<TRow>.Unknown();
        await audit.CommitAsync(async deed =>
        {
            outcome = await edit(deed, new BookStep(caller.UserName, time.GetUtcNow()));
            if (outcome is BookOutcome<TRow>.Done done)
            {
                deed.Tell(caller.UserName, $"books.{what}", $"{book.Name}: {done.Row.Id}");
            }
        });
        if (outcome is BookOutcome<TRow>.Done)
        {
            await readers.ReadAgainAsync();
        }

        return outcome;
    }
}
