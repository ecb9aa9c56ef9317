using CsCheck;
using Xunke.Actors.Books;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>School years of 2024, a leap year, as nobody would make them up.</summary>
internal static class SchoolYears
{
    private static readonly string[] Classes = ["c1", "c2", "c3"];

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 365].Select(day => new DateOnly(2024, 1, 1).AddDays(day));

    private static readonly Gen<int> Weekdays = Gen.Int[1, 7];

    private static readonly Gen<int> Periods = Gen.Int[1, 4];

    private static readonly Gen<Term> Terms = Gen.Select(Days, Gen.Int[0, 300], Gen.Int[1, 20].List[0, 3], (first, length, uncounted) =>
        new Term { Id = "t", Name = "t", FirstDay = first, LastDay = first.AddDays(length), UncountedWeeks = uncounted });

    private static readonly Gen<CalendarDays> Special =
        from first in Days
        from length in Gen.Int[0, 12]
        from kind in Gen.Enum<DayKind>()
        from grade in OneOf<string?>(null, null, "g1", "g2")
        from school in OneOf<string?>(null, "s01")
        from follows in Days.Nullable(0.5)
        from weekday in Weekdays.Nullable(0.5)
        from plan in OneOf<string?>(null, null, "named")
        select new CalendarDays
        {
            Id = Guid.NewGuid().ToString(),
            SchoolId = school,
            FirstDay = first,
            LastDay = first.AddDays(follows is null ? length : 0),
            Kind = kind,
            Grade = grade,
            FollowsDate = follows,
            FollowsWeekday = weekday,
            DayPlanId = plan,
            Name = "",
        };

    private static readonly Gen<TimetableEntry> Entries =
        from id in Gen.Guid
        from weekday in Weekdays
        from period in Periods
        from firstWeek in Gen.Int[1, 6]
        from weeks in Gen.Int[0, 30].Nullable(0.6)
        from rotation in Gen.Int[1, 4]
        from turns in Gen.Int[1, 15]
        from date in Days.Nullable(0.85)
        from one in OneOf(Classes)
        from room in OneOf<string?>(null, null, "r1", "lab")
        select new TimetableEntry
        {
            Id = id,
            TermId = "t",
            SchoolId = "s01",
            Weekday = weekday,
            Period = period,
            FirstWeek = firstWeek,
            LastWeek = firstWeek + weeks,
            Rotation = rotation,
            Turns = turns,
            Date = date,
            ClassId = one,
            SubjectId = "x",
            TeacherId = "a",
            RoomId = room,
        };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>School years in a time zone.</summary>
    public static Gen<TimetableRows> In(TimeZoneInfo zone) =>
        from term in Terms
        from special in Special.List[0, 8]
        from entries in Entries.List[1, 8]
        from changes in Changes(entries).List[0, 12]
        select new TimetableRows("s01", zone)
        {
            Terms = [term],
            DayPlans = [Plan("district", null, [1, 2, 3, 4, 5], 0), Plan("winter", null, [1, 2, 3, 4, 5, 7], 1, new DateOnly(2024, 10, 1)),
                Plan("school", "s01", [2, 7], 2), Plan("named", null, [], 3)],
            Calendar = special,
            Entries = entries,
            Changes = changes,
            Classes = [.. Classes.Select((id, i) => new SchoolClass
            {
                Id = id, SchoolId = "s01", Name = id, Grade = $"g{i + 1}", Enrolled = 40, RoomId = $"r{i + 1}",
            })],
        };

    /// <summary>Mostly of dates on which the lesson may be; some of one date, some from then on, some up to another date.</summary>
    private static Gen<TimetableChange> Changes(List<TimetableEntry> entries) =>
        from id in Gen.Guid
        from index in Gen.Int[0, entries.Count - 1]
        from day in Days
        from exact in Gen.Int[0, 3]
        from length in Gen.Int[0, 60].Nullable(0.4)
        from isSingle in Gen.Bool
        from kind in Gen.Enum<ChangeKind>()
        from teacher in OneOf<string?>(null, "b", "c")
        from room in OneOf<string?>(null, "r2", "lab")
        from newDate in Days.Nullable(0.4)
        from newWeekday in Weekdays.Nullable(0.5)
        from newPeriod in Periods.Nullable(0.5)
        from madeAt in Gen.Int[0, 5]
        let first = exact == 0 ? day : entries[index].Date ?? Weeks.SameWeek(day, entries[index].Weekday)
        select new TimetableChange
        {
            Id = id,
            EntryId = entries[index].Id,
            SchoolId = "s01",
            FirstDay = first,
            Kind = kind,
            TeacherId = teacher,
            RoomId = room,
            LastDay = isSingle ? first : length is { } days ? first.AddDays(days) : null,
            NewDate = isSingle ? newDate : null,
            NewWeekday = newWeekday,
            NewPeriod = newPeriod,
            MadeAt = DateTimeOffset.UnixEpoch.AddDays(madeAt),
        };

    /// <summary>Periods in the small hours, when clocks are changed, and one in the day.</summary>
    private static DayPlan Plan(string id, string? school, List<int> weekdays, int shift, DateOnly? from = null) => new()
    {
        Id = id,
        SchoolId = school,
        Name = id,
        Weekdays = weekdays,
        FirstDay = from,
        Periods =
        [
            .. Enumerable.Range(1, id == "school" ? 3 : 4).Select(number => new Period(
                number, "", PeriodKind.Lesson, new TimeOnly(number == 4 ? 9 : number - 1, 50 - shift),
                number == 4 ? new TimeOnly(9, 55 - shift) : new TimeOnly(number, 40 - shift))),
        ],
    };
}
