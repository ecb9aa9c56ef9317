using Xunke.Actors.Lessons;
using Xunke.Analytics.Stills;

namespace Xunke.Web.Lessons;

/// <summary>A still on the lesson's time line, as the snapshot tells of it: <c>/api/lessons/{lessonId}/stills/{number}</c>.</summary>
internal sealed record PlacedStill(int Number, TimeSpan At);

/// <summary>Which of the stills that were made of a lesson are kept: one a moment of its snapshot, and no others.</summary>
internal static class MomentStills
{
    /// <summary>Chooses for each moment the still that is nearest to its middle, and within it.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="frozen">Its snapshot.</param>
    /// <param name="stills">What was made of it.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static IReadOnlyList<LessonStill> Choose(Lesson lesson, byte[] frozen, IReadOnlyList<Still> stills)
    {
        var chosen = new List<LessonStill>();
        foreach ((TimeSpan from, TimeSpan to) in FrozenSnapshot.MomentsOf(frozen).Order())
        {
            TimeSpan middle = (from + to) / 2;
            Still? nearest = stills.Where(still => still.At - lesson.From >= from && still.At - lesson.From < to)
                .MinBy(still => (still.At - lesson.From - middle).Duration());
            if (nearest is not null)
            {
                chosen.Add(new LessonStill
                {
                    Id = Guid.NewGuid(),
                    LessonId = lesson.Id,
                    Number = chosen.Count + 1,
                    At = nearest.At,
                    Picture = nearest.Jpeg.ToArray(),
                });
            }
        }

        return chosen;
    }
}
