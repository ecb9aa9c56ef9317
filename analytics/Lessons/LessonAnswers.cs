using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;

namespace Xunke.Analytics.Lessons;

/// <summary>The answers of a lesson in which pupils' speech could be told from the teacher's.</summary>
/// <param name="Count">How many; n counts stretches of pupils' speech, coverage is the smaller of seen and heard.</param>
/// <param name="All">Each of them, in order; where too little was covered there may have been more.</param>
public sealed record LessonAnswers(Figure Count, ImmutableArray<Answer> All)
{
    /// <param name="origin">The time that the lesson's first instant stands for.</param>
    /// <param name="sound">What was heard; null without sound.</param>
    /// <param name="minimumCoverage">Below it their number is not known.</param>
    /// <returns>The answers; null where it is not known who speaks.</returns>
    internal static LessonAnswers? Find(
        IReadOnlyList<BehaviourSample> samples, DateTimeOffset origin, HeardLesson? sound, LessonStretch whole, double minimumCoverage)
    {
        if (sound is null || sound.Method is SeparationMethod.None or SeparationMethod.OneVoice)
        {
            return null;
        }

        (TimeSpan From, TimeSpan To)[] speech = [.. Answer.PupilSpeech(sound)];
        ImmutableArray<Answer> answers = [.. speech.Select(part => Answer.Of(samples, origin, part.From, part.To)).OfType<Answer>()];
        double coverage = Math.Min(whole.Interaction.Coverage, Math.Min(1, whole.Participation.Coverage));
        return new LessonAnswers(
            Figure.Of(
                coverage >= minimumCoverage ? answers.Length : null, speech.Length, coverage, whole.Participation.Interval, Answer.Formula),
            answers);
    }
}
