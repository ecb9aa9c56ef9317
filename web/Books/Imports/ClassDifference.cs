using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Imports;

/// <summary>What a file changes in the timetable of one class.</summary>
/// <param name="SchoolId">The school of the class.</param>
/// <param name="ClassId">The class; with a mark before its name where it is yet to be made.</param>
/// <param name="Same">Lessons that are as the file says.</param>
/// <param name="Changed">Lessons at whose time the file has another subject, teacher or room.</param>
/// <param name="Added">Lessons that the file adds.</param>
/// <param name="Ended">Lessons that the file does not have.</param>
internal sealed record ClassDifference(
    string SchoolId, string ClassId, IReadOnlyList<TimetableEntry> Same,
    IReadOnlyList<(TimetableEntry Entry, EntryContent Content)> Changed,
    IReadOnlyList<PlannedEntry> Added, IReadOnlyList<TimetableEntry> Ended)
{
    /// <summary>How many lessons are not as they were.</summary>
    public int Changes => Added.Count + Changed.Count + Ended.Count;

    /// <summary>Compares what is on record with what the file says. A lesson keeps its id, and so its changes, where its time
    /// stays.</summary>
    public static ClassDifference Of(
        string schoolId, string classId, IEnumerable<TimetableEntry> onRecord, IEnumerable<PlannedEntry> wanted)
    {
        // Lessons of one date are not of the file's kind: they stay.
        List<TimetableEntry> left = [.. onRecord.Where(entry => entry.Date is null)];
        List<PlannedEntry> open = [.. wanted.Distinct()];
        List<TimetableEntry> same = [];
        foreach (TimetableEntry entry in left.ToList())
        {
            if (open.Remove(new PlannedEntry(EntryTime.Of(entry), EntryContent.Of(entry))))
            {
                same.Add(entry);
                left.Remove(entry);
            }
        }

        List<(TimetableEntry, EntryContent)> changed = [];
        foreach (TimetableEntry entry in left.ToList())
        {
            int at = open.FindIndex(one => one.Time == EntryTime.Of(entry));
            if (at >= 0)
            {
                changed.Add((entry, open[at].Content));
                open.RemoveAt(at);
                left.Remove(entry);
            }
        }

        return new ClassDifference(schoolId, classId, same, changed, open, left);
    }
}
