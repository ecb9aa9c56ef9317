using System.Collections.Immutable;

namespace Xunke.Actors.Live;

/// <summary>One school on the district's wall.</summary>
/// <param name="SchoolId">Such as "s01".</param>
/// <param name="Sequence">Grows with every view of this school.</param>
/// <param name="At">When the view was made.</param>
/// <param name="Rooms">Rooms on the books.</param>
/// <param name="Live">Rooms live now.</param>
/// <param name="Stalled">Rooms whose picture has stopped.</param>
/// <param name="Resting">Rooms with a camera and without a lesson.</param>
/// <param name="People">People seen at seats in all live rooms.</param>
/// <param name="HandsRaised">Hands raised in all live rooms.</param>
/// <param name="HeadUpRate">Over all live rooms, weighted by their known pupil-samples.</param>
public sealed record SchoolView(
    string SchoolId,
    long Sequence,
    DateTimeOffset At,
    int Rooms,
    int Live,
    int Stalled,
    int Resting,
    int People,
    int HandsRaised,
    Figure HeadUpRate);

/// <summary>The district's wall: every school.</summary>
/// <param name="Sequence">Grows with every view.</param>
/// <param name="At">When the view was made.</param>
/// <param name="Schools">All schools in the order of the books.</param>
public sealed record DistrictView(long Sequence, DateTimeOffset At, ImmutableArray<SchoolView> Schools);
