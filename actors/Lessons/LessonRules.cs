using Xunke.Analytics.Stills;

namespace Xunke.Actors.Lessons;

/// <summary>Where a lesson begins and ends.</summary>
/// <param name="Periods">The district's periods; empty where a lesson lasts as long as a class is seen.</param>
/// <param name="Shortest">Shorter lessons are not kept.</param>
/// <param name="Away">A lesson ends when the class has been gone for this long.</param>
/// <param name="Longest">Without periods, a lesson ends after this long.</param>
/// <param name="Listen">Whether to listen for who speaks.</param>
/// <param name="OnlyPlanned">Whether lessons begin only when the timetable has one, or after-school service.</param>
/// <param name="StillEvery">How often a still is made of a lesson, for its moments; zero: never.</param>
public sealed record LessonRules(
    PeriodTable Periods, TimeSpan Shortest, TimeSpan Away, TimeSpan Longest, bool Listen, bool OnlyPlanned = false,
    TimeSpan StillEvery = default);

/// <summary>Puts lessons on record. Callable from any thread.</summary>
public interface ILessonRecords
{
    /// <summary>
    /// Puts a lesson on record, or what is new of it. A database that fails costs this save; the next one holds everything again.
    /// </summary>
    /// <param name="lesson">The lesson as it is now.</param>
    /// <param name="freeze">Whether its snapshot is computed too: not for one that may go on after the next start.</param>
    /// <param name="stills">Reads the stills that were made of it, of which the snapshot's moments keep one each; asked where there is a
    /// snapshot only. Null: none.</param>
    /// <returns>Whether it is on record.</returns>
    Task<bool> TrySaveAsync(Lesson lesson, bool freeze, Func<IReadOnlyList<Still>>? stills = null);
}

/// <summary>What the lessons of a node need.</summary>
/// <param name="Rules">Where they begin and end.</param>
/// <param name="Spools">Where they are written down while they last.</param>
/// <param name="Records">Where they are put on record.</param>
/// <param name="Timetable">What the rooms have by their schools' timetables.</param>
/// <param name="Changed">Is told the room in which a lesson has begun or ended; returns at once. Null: nobody wants to know.</param>
public sealed record LessonSetup(
    LessonRules Rules, LessonSpools Spools, ILessonRecords Records, ITimetable Timetable, Action<string>? Changed = null);
