using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports;

/// <summary>What an import did.</summary>
/// <param name="Step">Its name in the history, for undoing.</param>
/// <param name="Added">Lessons, or rows of lists, that were added.</param>
/// <param name="Changed">Those that were changed.</param>
/// <param name="Ended">Those that were taken away.</param>
/// <param name="NewRows">Classes, subjects and teachers that were put on the books for them.</param>
/// <param name="Remembered">How many ways to read a table are remembered for the next file.</param>
internal sealed record ImportDone(Guid Step, int Added, int Changed, int Ended, int NewRows, int Remembered);

/// <summary>Works out what a file would change, and does it: one deed, with one step of the history.</summary>
internal sealed class TimetableImporter(
    IDbContextFactory<RecordsContext> records, ClassTimetableBook timetables, ClassesBook classes, SubjectsBook subjects,
    TeachersBook teachers, AuditTrail audit, BookReaders readers, ImportProgress progress, TimeProvider time)
{
    // What EF holds at once: it looks through all of it whenever it saves.
    private const int EntriesAtOnce = 2_000;

    /// <summary>What the draft would change now.</summary>
    public async Task<TimetableImport> PreviewAsync(ImportDraft draft, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await PreviewAsync(context, draft, cancellationToken);
    }

    /// <summary>Does it.</summary>
    /// <returns>What was done; null: a person has to say something yet, nothing was done.</returns>
    public async Task<ImportDone?> CommitAsync(ImportDraft draft, Caller caller)
    {
        ImportDone? done = null;
        await audit.CommitAsync(async deed =>
        {
            TimetableImport import = await PreviewAsync(deed.Records, draft, CancellationToken.None);
            if (import.IsOpen)
            {
                return;
            }

            var step = new BookStep(caller.UserName, time.GetUtcNow());
            Dictionary<string, string> made = await MakeRowsAsync(deed, step, import);
            await WriteAsync(deed, step, draft, import.Classes, made);
            int remembered = await RememberedChoices.KeepAsync(deed, draft.SchoolId, draft.File.Choices, caller.UserName, step.At);
            done = new ImportDone(
                step.Id, import.Classes.Sum(one => one.Added.Count), import.Classes.Sum(one => one.Changed.Count),
                import.Classes.Sum(one => one.Ended.Count), made.Count, remembered);
            deed.Tell(
                caller.UserName, "books.imported",
                $"timetable {draft.SchoolId ?? "*"} {draft.TermId}: {done.Added} added, {done.Changed} changed, {done.Ended} ended");
        });
        if (done is not null)
        {
            await readers.ReadAgainAsync();
        }

        return done;
    }

    private static async Task<TimetableImport> PreviewAsync(RecordsContext context, ImportDraft draft, CancellationToken cancellationToken)
    {
        string? school = draft.SchoolId;
        List<TimetableEntry> known = await context.Timetable.AsNoTracking()
            .Where(entry => (school == null || entry.SchoolId == school) && entry.TermId == draft.TermId)
            .ToListAsync(cancellationToken);
        return TimetableImport.Of(
            draft.File.Timetable, school, await SchoolNames.ReadAsync(context, school, cancellationToken), draft.Decisions, known);
    }

    // The marks of new rows, with the ids that they got.
    private async Task<Dictionary<string, string>> MakeRowsAsync(Deed deed, BookStep step, TimetableImport import)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        int order = await deed.Records.Subjects.MaxAsync(subject => (int?)subject.Order) ?? 0;
        // Only names of classes that are written: what is left out makes no rows.
        foreach (string mark in import.Classes.SelectMany(MarksOf).Distinct(StringComparer.Ordinal))
        {
            NamedThing thing = Enum.Parse<NamedThing>(mark[..mark.IndexOf(' ', StringComparison.Ordinal)]);
            string id = mark[(mark.IndexOf(' ', StringComparison.Ordinal) + 1)..], name = NewRow.NameIn(id), school = NewRow.SchoolIn(id);
            made[mark] = thing switch
            {
                NamedThing.Class => Add(classes, new ClassRow(null, school, name, Places.FindGrade(name) ?? name, 0, null)),
                NamedThing.Subject => Add(subjects, new SubjectRow(null, name, name, ++order)),
                _ => Add(teachers, new TeacherRow(null, school, name, null, [], null)),
            };
        }

        // The lessons refer to them.
        await deed.Records.SaveChangesAsync();
        return made;

        string Add<TEntity, TRow>(Book<TEntity, TRow> book, TRow row)
            where TEntity : class
            where TRow : class, IBookRow
        {
            string id = book.MakeId(row);
            book.Set(deed, step, id, null, book.WithIdentity(row, id, null));
            return id;
        }
    }

    private static IEnumerable<string> MarksOf(ClassDifference one)
    {
        IEnumerable<EntryContent> contents = one.Added.Select(added => added.Content).Concat(one.Changed.Select(change => change.Content));
        return contents.SelectMany(content => new[] { (NamedThing.Subject, content.SubjectId), (NamedThing.Teacher, content.TeacherId) })
            .Prepend((NamedThing.Class, one.ClassId)).Where(named => NewRow.Is(named.Item2))
            .Select(named => $"{named.Item1} {named.Item2}");
    }

    private async Task WriteAsync(
        Deed deed, BookStep step, ImportDraft draft, IReadOnlyList<ClassDifference> differences, Dictionary<string, string> made)
    {
        int of = differences.Sum(one => one.Changes), count = 0, held = 0;
        foreach (ClassDifference one in differences.Where(one => one.Changes > 0))
        {
            Write(deed, step, draft.TermId, one, made);
            (count, held) = (count + one.Changes, held + one.Changes);
            if (held >= EntriesAtOnce)
            {
                await deed.Records.SaveChangesAsync();
                deed.Records.ChangeTracker.Clear();
                progress.Report(draft.UserName, ImportStage.Writing, count, of);
                held = 0;
            }
        }

        await deed.Records.SaveChangesAsync();
        deed.Records.ChangeTracker.Clear();
    }

    private void Write(Deed deed, BookStep step, string termId, ClassDifference one, Dictionary<string, string> made)
    {
        string classId = Id(NamedThing.Class, one.ClassId)!;
        List<TimetableEntry> before = [.. one.Same, .. one.Changed.Select(change => change.Entry), .. one.Ended];
        string? was = timetables.Show(before);
        deed.Records.Timetable.AttachRange(one.Changed.Select(change => change.Entry));
        foreach ((TimetableEntry entry, EntryContent content) in one.Changed)
        {
            (entry.SubjectId, entry.TeacherId, entry.RoomId) =
                (Id(NamedThing.Subject, content.SubjectId)!, Id(NamedThing.Teacher, content.TeacherId), content.RoomId);
        }

        TimetableEntry[] added =
        [
            .. one.Added.Select(wanted => wanted.Time.ToEntry(
                termId, one.SchoolId, classId, new EntryContent(
                    Id(NamedThing.Subject, wanted.Content.SubjectId)!, Id(NamedThing.Teacher, wanted.Content.TeacherId),
                    wanted.Content.RoomId))),
        ];
        deed.Records.Timetable.AddRange(added);
        deed.Records.Timetable.RemoveRange(one.Ended);
        step.Add(
            deed, BookHistory.ClassTimetables, ClassTimetableBook.IdOf(classId, termId), one.SchoolId, was,
            timetables.Show([.. one.Same, .. one.Changed.Select(change => change.Entry), .. added]));

        string? Id(NamedThing thing, string? id) => NewRow.Is(id) ? made[$"{thing} {id}"] : id;
    }
}
