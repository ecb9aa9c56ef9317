using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Hosting;

namespace Xunke.Web.Books.Imports;

/// <summary>The timetable of one class in one term as one row of the history: an import writes it and is undone by it.</summary>
internal sealed class ClassTimetableBook(EntriesBook entries) : IBook
{
    /// <inheritdoc />
    public string Name => BookHistory.ClassTimetables;

    /// <inheritdoc />
    public bool IsOfSchools => true;

    /// <summary>The row's id.</summary>
    public static string IdOf(string classId, string termId) => $"{classId}@{termId}";

    /// <summary>The row's text.</summary>
    public string? Show(IEnumerable<TimetableEntry> timetable)
    {
        EntryRow[] rows = [.. timetable.OrderBy(entry => entry.Id).Select(entries.Show)];
        return rows.Length == 0 ? null : JsonSerializer.Serialize(rows, Json.Options);
    }

    /// <inheritdoc />
    public async Task<string?> ReadAsync(RecordsContext records, string id) => Show(await OnRecordAsync(records, id));

    /// <inheritdoc />
    public async Task<IReadOnlyList<FieldFault>> RestoreAsync(Deed deed, string id, string? kept, DateTimeOffset now)
    {
        EntryRow[] rows = kept is null ? [] : JsonSerializer.Deserialize<EntryRow[]>(kept, Json.Options)!;
        var known = (await OnRecordAsync(deed.Records, id)).ToDictionary(entry => entry.Id.ToString());
        var faults = new RowFaults();
        foreach (EntryRow row in rows)
        {
            if (known.TryGetValue(row.Id!, out TimetableEntry? same) && entries.Show(same) == row)
            {
                known.Remove(row.Id!);
                continue;
            }

            // A teacher or a subject may be gone since.
            EntryRow checkedRow = await entries.CheckAsync(row, faults, deed.Records);
            if (!faults.None)
            {
                return faults.All;
            }

            if (known.Remove(row.Id!, out TimetableEntry? entry))
            {
                entries.Write(checkedRow, entry);
            }
            else
            {
                deed.Records.Timetable.Add(entries.Make(checkedRow, now));
            }
        }

        deed.Records.Timetable.RemoveRange(known.Values);
        return [];
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BookUse>>([]);

    private static Task<List<TimetableEntry>> OnRecordAsync(RecordsContext records, string id)
    {
        int at = id.LastIndexOf('@');
        (string classId, string termId) = (id[..at], id[(at + 1)..]);
        return records.Timetable.Where(entry => entry.ClassId == classId && entry.TermId == termId).ToListAsync();
    }
}
