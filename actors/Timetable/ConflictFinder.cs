using System.Collections.Frozen;
using System.Collections.Immutable;
using Xunke.Actors.Books;

namespace Xunke.Actors.Timetable;

/// <summary>Finds what the timetable of a term has twice at once. Holidays, make-up days and changes do not matter to it.</summary>
internal static class ConflictFinder
{
    public static ImmutableArray<TimetableConflict> Find(
        Term term, IEnumerable<TimetableEntry> entries, FrozenDictionary<string, SchoolClass> classes)
    {
        var found = ImmutableArray.CreateBuilder<TimetableConflict>();
        var slots = entries.Where(entry => entry.TermId == term.Id)
            .GroupBy(entry => (Weekday: entry.Date is { } date ? Weeks.WeekdayOf(date) : entry.Weekday, entry.Period))
            .OrderBy(slot => slot.Key);
        foreach (var slot in slots)
        {
            var dates = slot.OrderBy(entry => entry.Id).Select(entry => (Entry: entry, Dates: DatesOf(term, entry))).ToArray();
            Add(ConflictKind.Class, entry => entry.ClassId);
            Add(ConflictKind.Teacher, entry => entry.TeacherId);
            Add(ConflictKind.Room, entry => DayPlanner.RoomOf(entry, classes));

            void Add(ConflictKind kind, Func<TimetableEntry, string?> idOf)
            {
                foreach (var group in dates.Where(one => idOf(one.Entry) is not null).GroupBy(one => idOf(one.Entry)!)
                    .OrderBy(group => group.Key, StringComparer.Ordinal))
                {
                    var all = group.ToArray();
                    for (var i = 0; i < all.Length; i++)
                    {
                        for (var j = i + 1; j < all.Length; j++)
                        {
                            var both = all[i].Dates.Intersect(all[j].Dates);
                            if (!both.IsEmpty)
                            {
                                found.Add(new TimetableConflict(kind, group.Key, all[i].Entry, all[j].Entry, both.Min, both.Count));
                            }
                        }
                    }
                }
            }
        }

        return found.DrainToImmutable();
    }

    private static ImmutableSortedSet<DateOnly> DatesOf(Term term, TimetableEntry entry)
    {
        if (entry.Date is { } single)
        {
            return [single];
        }

        var dates = ImmutableSortedSet.CreateBuilder<DateOnly>();
        for (var date = Weeks.SameWeek(term.FirstDay, entry.Weekday); date <= term.LastDay; date = date.AddDays(7))
        {
            var week = Weeks.WeekOf(term, date);
            if (date >= term.FirstDay && Weeks.IsIn(entry, week, Weeks.CountedBefore(term, week)))
            {
                dates.Add(date);
            }
        }

        return dates.ToImmutable();
    }
}
