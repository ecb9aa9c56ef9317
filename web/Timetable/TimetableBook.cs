using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Changes;

namespace Xunke.Web.Timetable;

/// <summary>
/// The timetables of all schools, held in memory: every room asks each second. After a change of the books only the schools that it
/// concerns are read again.
/// </summary>
internal sealed class TimetableBook(IDbContextFactory<RecordsContext> records, TimeProvider time) : ITimetable, IBookReader
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile FrozenDictionary<string, SchoolTimetable> _schools = FrozenDictionary<string, SchoolTimetable>.Empty;
    private long? _newestChange;

    /// <summary>Classes, teachers and subjects.</summary>
    public BookNames Names { get; private set; } = BookNames.None;

    /// <summary>The date by the district's clock.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>A school's timetable; an empty one where nothing is on the books.</summary>
    public SchoolTimetable Of(string schoolId) =>
        _schools.GetValueOrDefault(schoolId) ?? new SchoolTimetable(new TimetableRows(schoolId, time.LocalTimeZone));

    /// <summary>The timetables of all schools.</summary>
    public IEnumerable<SchoolTimetable> All => _schools.Values;

    /// <inheritdoc />
    public RoomPlan? At(string schoolId, string roomId, DateTimeOffset at) =>
        _schools.TryGetValue(schoolId, out SchoolTimetable? school) && school.HasPeriods ? school.At(roomId, at) : null;

    /// <inheritdoc />
    public int? EnrolledOf(string classId) => Names.Classes.GetValueOrDefault(classId) is { Enrolled: > 0 } one ? one.Enrolled : null;

    /// <inheritdoc />
    public async Task ReadBooksAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        long? before = _newestChange;
        long newest = await context.BookChanges.MaxAsync(change => (long?)change.Id, cancellationToken) ?? 0;
        List<string?>? changed = before is null ? null : await context.BookChanges
            .Where(change => change.Id > before && change.Id <= newest)
            .Select(change => change.SchoolId).Distinct().ToListAsync(cancellationToken);
        await ReloadAsync(changed?.Contains(null) != false ? null : [.. changed.OfType<string>()], cancellationToken);
        _newestChange = newest;
    }

    /// <summary>Reads timetables again.</summary>
    /// <param name="schoolIds">The schools that have changed; null: all, or what is the district's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="System.Data.Common.DbException">They cannot be read now; what was known stays.</exception>
    public async Task ReloadAsync(IReadOnlyCollection<string>? schoolIds, CancellationToken cancellationToken)
    {
        if (schoolIds is { Count: 0 })
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
            await ReadAsync(context, schoolIds, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(RecordsContext context, IReadOnlyCollection<string>? schoolIds, CancellationToken cancellationToken)
    {
        List<SchoolClass> classes = await context.Classes.AsNoTracking().ToListAsync(cancellationToken);
        List<Teacher> teachers = await context.Teachers.AsNoTracking().ToListAsync(cancellationToken);
        List<Subject> subjects = await context.Subjects.AsNoTracking().ToListAsync(cancellationToken);
        List<Term> terms = await context.Terms.AsNoTracking().ToListAsync(cancellationToken);
        List<DayPlan> plans = await context.DayPlans.AsNoTracking().ToListAsync(cancellationToken);
        List<CalendarDays> calendar = await context.CalendarDays.AsNoTracking().ToListAsync(cancellationToken);
        string[] wanted = [.. schoolIds ?? await context.Schools.Select(school => school.Id).ToListAsync(cancellationToken)];
        IQueryable<TimetableEntry> timetable = context.Timetable.AsNoTracking();
        IQueryable<TimetableChange> moved = context.TimetableChanges.AsNoTracking();
        timetable = schoolIds is null ? timetable : timetable.Where(entry => wanted.Contains(entry.SchoolId));
        moved = schoolIds is null ? moved : moved.Where(change => wanted.Contains(change.SchoolId));
        ILookup<string, TimetableEntry> entries = (await timetable.ToListAsync(cancellationToken)).ToLookup(entry => entry.SchoolId);
        ILookup<string, TimetableChange> changes = (await moved.ToListAsync(cancellationToken)).ToLookup(change => change.SchoolId);

        Names = new BookNames(
            classes.ToFrozenDictionary(one => one.Id), teachers.ToFrozenDictionary(one => one.Id),
            subjects.ToFrozenDictionary(one => one.Id));
        IEnumerable<SchoolTimetable> read = wanted.Select(schoolId => new SchoolTimetable(new TimetableRows(schoolId, time.LocalTimeZone)
        {
            Terms = terms,
            DayPlans = plans,
            Calendar = calendar,
            Entries = [.. entries[schoolId]],
            Changes = [.. changes[schoolId]],
            Classes = [.. classes.Where(one => one.SchoolId == schoolId)],
        }));
        IEnumerable<SchoolTimetable> kept = schoolIds is null ? [] : _schools.Values.Where(school => !wanted.Contains(school.SchoolId));
        _schools = read.Concat(kept).ToFrozenDictionary(school => school.SchoolId);
    }
}
