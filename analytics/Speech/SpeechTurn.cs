using System.Collections.Immutable;

namespace Xunke.Analytics.Speech;

/// <summary>All that one side says until the other side speaks.</summary>
public sealed record SpeechTurn(TimeSpan Start, TimeSpan End, Speaker Speaker)
{
    public static ImmutableArray<SpeechTurn> Of(HeardLesson lesson)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ImmutableArray<SpeechTurn>.Builder turns = ImmutableArray.CreateBuilder<SpeechTurn>();
        foreach (SpokenPart part in lesson.Parts)
        {
            if (turns.Count > 0 && turns[^1].Speaker == part.Speaker)
            {
                turns[^1] = turns[^1] with { End = part.End };
            }
            else
            {
                turns.Add(new SpeechTurn(part.Start, part.End, part.Speaker));
            }
        }

        return turns.ToImmutable();
    }
}
