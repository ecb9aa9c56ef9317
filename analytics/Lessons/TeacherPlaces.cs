using Xunke.Analytics.Behaviours;

namespace Xunke.Analytics.Lessons;

/// <summary>
/// Where the teacher was in a stretch of a lesson (docs/behaviours.md, "Where the teacher is"): shares of the looks that told the place,
/// which add up to one. Their coverage is the share of looks that did.
/// </summary>
/// <param name="Front">In front of the class (讲台前).</param>
/// <param name="AtBoard">At the board (板书).</param>
/// <param name="AmongPupils">Among the pupils (巡视).</param>
public sealed record TeacherPlaces(Figure Front, Figure AtBoard, Figure AmongPupils)
{
    public const string Formula = "teacher-places/1";

    /// <param name="minimumCoverage">Below it there is no value.</param>
    internal static TeacherPlaces Of(IReadOnlyCollection<BehaviourSample> samples, TimeSpan interval, double minimumCoverage)
    {
        int known = samples.Count(sample => sample.Teacher is not (null or TeacherPlace.Unknown));
        double coverage = samples.Count == 0 ? 0 : (double)known / samples.Count;
        return new TeacherPlaces(Share(TeacherPlace.Front), Share(TeacherPlace.AtBoard), Share(TeacherPlace.AmongPupils));

        Figure Share(TeacherPlace place) => Figure.Of(
            known > 0 && coverage >= minimumCoverage ? (double)samples.Count(sample => sample.Teacher == place) / known : null,
            known,
            coverage,
            interval,
            Formula);
    }
}
