using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>A term; UncountedWeeks are the numbers of weeks that rotations skip.</summary>
internal sealed record TermRow(
    string? Id, string? Name, DateOnly? FirstDay, DateOnly? LastDay, IReadOnlyList<int>? UncountedWeeks, string? Version = null) : IBookRow
{
    /// <inheritdoc />
    string? IBookRow.SchoolId => null;
}

/// <summary>The terms of the district.</summary>
internal sealed class TermsBook : Book<Term, TermRow>
{
    private const int MostWeeks = 60;

    /// <inheritdoc />
    public override string Name => "terms";

    /// <inheritdoc />
    public override bool IsOfSchools => false;

    /// <inheritdoc />
    public override IQueryable<Term> Of(RecordsContext records, string? schoolId) => records.Terms.OrderByDescending(term => term.FirstDay);

    /// <inheritdoc />
    public override TermRow Show(Term entity) => new(entity.Id, entity.Name, entity.FirstDay, entity.LastDay, entity.UncountedWeeks);

    /// <inheritdoc />
    public override TermRow WithIdentity(TermRow row, string id, string? version) => row with { Id = id, Version = version };

    /// <inheritdoc />
    public override string MakeId(TermRow row) => $"term-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <inheritdoc />
    public override async Task<TermRow> CheckAsync(TermRow row, RowFaults faults, RecordsContext records)
    {
        DateOnly first = faults.Day("firstDay", row.FirstDay);
        DateOnly last = faults.Day("lastDay", row.LastDay, first);
        if (last.DayNumber - first.DayNumber > 7 * MostWeeks)
        {
            faults.Add("lastDay", $"学期最长 {MostWeeks} 周", $"a term has at most {MostWeeks} weeks");
        }

        if (await records.Terms.AnyAsync(term => term.Id != row.Id && term.FirstDay <= last && term.LastDay >= first))
        {
            faults.Add("firstDay", "与另一个学期重叠", "overlaps another term");
        }

        return row with
        {
            Name = faults.Name("name", row.Name),
            FirstDay = first,
            LastDay = last,
            UncountedWeeks = faults.Numbers("uncountedWeeks", row.UncountedWeeks, 1, MostWeeks),
        };
    }

    /// <inheritdoc />
    public override Term Make(TermRow row, DateTimeOffset now) => new()
    {
        Id = row.Id!,
        Name = row.Name!,
        FirstDay = row.FirstDay!.Value,
        LastDay = row.LastDay!.Value,
        UncountedWeeks = [.. row.UncountedWeeks!],
    };

    /// <inheritdoc />
    public override void Write(TermRow row, Term entity) => (entity.Name, entity.FirstDay, entity.LastDay, entity.UncountedWeeks) =
        (row.Name!, row.FirstDay!.Value, row.LastDay!.Value, [.. row.UncountedWeeks!]);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
    [
        .. await new Uses(cancellationToken)
            .Of("timetable", records.Timetable.Where(entry => entry.TermId == id)
                .Join(records.Classes, entry => entry.ClassId, one => one.Id, (entry, one) => one.Name))
            .FoundAsync(),
    ];
}
