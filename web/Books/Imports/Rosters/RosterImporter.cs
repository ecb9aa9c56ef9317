using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>A row that would end but for what needs it.</summary>
internal sealed record KeptRow(EndedRow Row, IReadOnlyList<BookUse> Uses);

/// <summary>What lists would do now.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Ending">Rows that end.</param>
/// <param name="Kept">Rows that would end but are needed: they stay.</param>
internal sealed record RosterPreview(RosterPlan Plan, IReadOnlyList<EndedRow> Ending, IReadOnlyList<KeptRow> Kept);

/// <summary>Works out what lists would change, and does it: one deed, with one step of the history.</summary>
internal sealed class RosterImporter(
    IDbContextFactory<RecordsContext> records, SchoolsBook schools, SubjectsBook subjects, RoomsBook rooms, TeachersBook teachers,
    ClassesBook classes, AuditTrail audit, BookReaders readers, ImportProgress progress, TimeProvider time)
{
    // What EF holds at once: it looks through all of it whenever it saves.
    private const int RowsAtOnce = 500;

    /// <summary>What the draft would change now.</summary>
    public async Task<RosterPreview> PreviewAsync(RosterDraft draft, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await PreviewAsync(context, draft, cancellationToken);
    }

    /// <summary>Does it.</summary>
    /// <returns>What was done; null: a person has to say something yet, nothing was done.</returns>
    public async Task<ImportDone?> CommitAsync(RosterDraft draft, Caller caller)
    {
        ImportDone? done = null;
        await audit.CommitAsync(async deed =>
        {
            RosterPreview preview = await PreviewAsync(deed.Records, draft, CancellationToken.None);
            RosterPlan plan = preview.Plan;
            if (plan.IsOpen)
            {
                return;
            }

            var step = new BookStep(caller.UserName, time.GetUtcNow());
            void Report(int count, int of) => progress.Report(draft.UserName, ImportStage.Writing, count, of);
            var writer = new Writer(deed, step, Report, plan.Changes);
            // What others refer to comes first.
            await writer.WriteAsync(schools, plan.Schools);
            await writer.WriteAsync(subjects, plan.Subjects);
            await writer.WriteAsync(rooms, plan.Rooms);
            await writer.WriteAsync(teachers, plan.Teachers);
            await writer.WriteAsync(classes, plan.Classes);
            await writer.EndAsync(teachers, preview.Ending);
            await writer.EndAsync(classes, preview.Ending);
            await writer.SaveAsync();
            done = new ImportDone(step.Id, writer.Added, writer.Changed, preview.Ending.Count, writer.Added, 0);
            deed.Tell(
                caller.UserName, "books.imported",
                $"lists {draft.SchoolId ?? "*"}: {done.Added} added, {done.Changed} changed, {done.Ended} ended");
        });
        if (done is not null)
        {
            await readers.ReadAgainAsync();
        }

        return done;
    }

    private async Task<RosterPreview> PreviewAsync(RecordsContext context, RosterDraft draft, CancellationToken cancellationToken)
    {
        var plan = RosterPlan.Of(draft, await RosterBooks.ReadAsync(context, draft.SchoolId, cancellationToken));
        List<EndedRow> ending = [];
        List<KeptRow> kept = [];
        foreach (EndedRow row in plan.Ended)
        {
            IBook book = row.Book == teachers.Name ? teachers : classes;
            IReadOnlyList<BookUse> uses = await book.UsesAsync(context, row.Id, cancellationToken);
            if (uses.Count > 0)
            {
                kept.Add(new KeptRow(row, uses));
            }
            else
            {
                ending.Add(row);
            }
        }

        return new RosterPreview(plan, ending, kept);
    }

    /// <summary>Writes rows and counts them.</summary>
    private sealed class Writer(Deed deed, BookStep step, Action<int, int> report, int of)
    {
        private int _held;

        public int Added { get; private set; }

        public int Changed { get; private set; }

        public async Task WriteAsync<TEntity, TRow>(Book<TEntity, TRow> book, IReadOnlyList<PlannedRow<TRow>> rows)
            where TEntity : class
            where TRow : class, IBookRow
        {
            foreach (PlannedRow<TRow> planned in rows)
            {
                string id = planned.Row.Id!;
                TEntity? known = planned.Before is null ? null : await book.FindAsync(deed.Records, id);
                book.Set(deed, step, id, known, book.WithIdentity(planned.Row, id, null));
                Added += planned.Before is null ? 1 : 0;
                Changed += planned.Before is null ? 0 : 1;
                if (++_held >= RowsAtOnce)
                {
                    await SaveAsync();
                }
            }
        }

        public async Task EndAsync<TEntity, TRow>(Book<TEntity, TRow> book, IEnumerable<EndedRow> rows)
            where TEntity : class
            where TRow : class, IBookRow
        {
            foreach (EndedRow row in rows.Where(row => row.Book == book.Name))
            {
                book.Set(deed, step, row.Id, await book.FindAsync(deed.Records, row.Id), null);
            }
        }

        public async Task SaveAsync()
        {
            await deed.Records.SaveChangesAsync();
            deed.Records.ChangeTracker.Clear();
            _held = 0;
            report(Added + Changed, of);
        }
    }
}
