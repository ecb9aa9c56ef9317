namespace Xunke.Web.Books.Files;

/// <summary>A timetable as a file says it.</summary>
/// <param name="Lessons">Every lesson that could be read.</param>
/// <param name="Periods">The periods with times, where the file gives them, by number.</param>
/// <param name="Faults">What could not be read; the lessons do not have it.</param>
/// <param name="Skipped">How many entries of no class were left out: duties, meetings and the like.</param>
internal sealed record ImportedTimetable(
    IReadOnlyList<ImportedLesson> Lessons, IReadOnlyList<ImportedPeriod> Periods, IReadOnlyList<FileFault> Faults, int Skipped = 0);
