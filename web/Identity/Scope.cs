using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>What a role of the district is limited to, for one account.</summary>
/// <param name="Schools">The schools' ids; null: all of the district.</param>
/// <param name="Subjects">The subjects' ids: no lesson of another is seen; null: all.</param>
internal sealed record Scope(IReadOnlyList<string>? Schools, IReadOnlyList<string>? Subjects)
{
    /// <summary>No limit.</summary>
    public static readonly Scope Whole = new(null, null);

    /// <summary>Whether accounts of a role may be limited.</summary>
    public static bool MayLimit(Role role) => role is Role.Inspector or Role.Researcher;

    /// <summary>Reads what an account's columns say. An empty one, which somebody wrote by hand, allows nothing.</summary>
    public static Scope Read(string? schools, string? subjects) =>
        schools is null && subjects is null ? Whole : new Scope(Split(schools), Split(subjects));

    /// <summary>Ids as a column keeps them; null for no limit.</summary>
    public static string? Join(IReadOnlyList<string>? ids) =>
        ids is null ? null : string.Join(' ', ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Whether a school is within it.</summary>
    public bool HasSchool(string? schoolId) => Schools is null || (schoolId is not null && Schools.Contains(schoolId));

    /// <summary>Whether lessons of a subject are within it; of a lesson without one only where there is no limit.</summary>
    public bool HasSubject(string? subjectId) => Subjects is null || (subjectId is not null && Subjects.Contains(subjectId));

    private static string[]? Split(string? ids) => ids?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
