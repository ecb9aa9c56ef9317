using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Actors.Visits;

namespace Xunke.Web.Patrols;

/// <summary>How often somebody came to a teacher's lessons, and when last.</summary>
internal sealed record TeacherVisits(int Count, DateTimeOffset Last, double Minutes);

/// <summary>Whom somebody has visited this term, by whom the lessons were to be given. A look of under <see cref="Shortest"/> seconds is
/// none.</summary>
internal sealed class TermVisits
{
    /// <summary>Seconds that a visit lasts at least to count; a round takes a minute or two a room.</summary>
    public const int Shortest = 20;

    private readonly FrozenDictionary<string, TeacherVisits> _ofTeachers;

    private TermVisits(Term? term, DateOnly from, FrozenDictionary<string, TeacherVisits> ofTeachers) =>
        (TermId, From, _ofTeachers) = (term?.Id, from, ofTeachers);

    /// <summary>The term; null: between terms.</summary>
    public string? TermId { get; }

    /// <summary>Since when is counted: the term's first day; between terms the last half-year.</summary>
    public DateOnly From { get; }

    /// <summary>Of one teacher; null: nobody came, or no teacher is known.</summary>
    public TeacherVisits? Of(string? teacherId) => teacherId is null ? null : _ofTeachers.GetValueOrDefault(teacherId);

    /// <summary>Reads those of the term that a date lies in.</summary>
    public static async Task<TermVisits> ReadAsync(
        RecordsContext records, DateOnly today, CancellationToken cancellationToken, string? schoolId = null)
    {
        List<Term> terms = await records.Terms.AsNoTracking().ToListAsync(cancellationToken);
        Term? term = terms.Find(one => one.FirstDay <= today && today <= one.LastDay);
        DateOnly from = term?.FirstDay ?? today.AddMonths(-6);
        IQueryable<Visit> visits = records.Visits.AsNoTracking()
            .Where(visit => visit.Lesson != null && visit.Lesson.TeacherId != null && visit.Lesson.Date >= from && visit.To != null);
        visits = schoolId is null ? visits : visits.Where(visit => visit.SchoolId == schoolId);
        var found = await visits.Select(visit => new { visit.Lesson!.TeacherId, visit.From, visit.To }).ToListAsync(cancellationToken);
        return new TermVisits(term, from, found.Where(visit => (visit.To!.Value - visit.From).TotalSeconds >= Shortest)
            .GroupBy(visit => visit.TeacherId!)
            .ToFrozenDictionary(some => some.Key, some => new TeacherVisits(
                some.Count(), some.Max(visit => visit.From), some.Sum(visit => (visit.To!.Value - visit.From).TotalMinutes))));
    }
}
