using System.Collections.Immutable;
using Xunke.Actors.Timetable;
using Xunke.Web.Books.Editing;

namespace Xunke.Web.Timetable.Changing;

/// <summary>The lesson that another one changes places with.</summary>
/// <param name="EntryId">The lesson of the timetable.</param>
/// <param name="Date">Its date without changes.</param>
internal sealed record SwapPartner(Guid EntryId, DateOnly Date);

/// <summary>A change of a lesson that somebody wants.</summary>
/// <param name="SchoolId">The school.</param>
/// <param name="EntryId">The lesson of the timetable.</param>
/// <param name="Date">Its date without changes.</param>
/// <param name="Kind">What is to become of it.</param>
/// <param name="GoesOn">Whether from then on; otherwise only on this date.</param>
/// <param name="LastDay">Of one that goes on: until when; null: for good.</param>
/// <param name="TeacherId">Who is to give it.</param>
/// <param name="RoomId">Where it is to be; null: as before.</param>
/// <param name="NewDate">When it is to be; of one that goes on, a date of the same week.</param>
/// <param name="NewPeriod">In which period.</param>
/// <param name="With">The lesson whose place it takes and which takes its place.</param>
/// <param name="Reason">What is written about it.</param>
/// <param name="Anyway">Whether a room may be taken twice.</param>
internal sealed record WantedChange(
    string? SchoolId, Guid EntryId, DateOnly Date, ChangeKind? Kind, bool GoesOn, DateOnly? LastDay, string? TeacherId, string? RoomId,
    DateOnly? NewDate, int? NewPeriod, SwapPartner? With, string? Reason, bool Anyway);

/// <summary>What became of a wish.</summary>
internal abstract record ChangeOutcome
{
    /// <summary>The changes are on record, and count.</summary>
    internal sealed record Made(ImmutableArray<TimetableChange> Changes, Guid Step) : ChangeOutcome;

    /// <summary>That date has no such lesson, or no such change is known.</summary>
    internal sealed record Unknown : ChangeOutcome;

    /// <summary>Something is wrong with it.</summary>
    internal sealed record Wrong(IReadOnlyList<FieldFault> Faults) : ChangeOutcome;

    /// <summary>A class, a teacher or a room has a lesson then.</summary>
    internal sealed record Taken(ImmutableArray<ChangeClash> Clashes) : ChangeOutcome
    {
        /// <summary>Rooms are shared where a school says so; people are in one place.</summary>
        public bool MayGoAnyway => Clashes.All(clash => clash.Kind == ConflictKind.Room);
    }
}
