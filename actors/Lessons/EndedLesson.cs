using Xunke.Analytics.Speech;

namespace Xunke.Actors.Lessons;

/// <summary>A lesson that is over.</summary>
/// <param name="lesson">The lesson; nothing changes it any more.</param>
/// <param name="mayGoOn">The server stops: the next start may go on with it, so its spool stays and its snapshot is not computed
/// yet.</param>
internal sealed class EndedLesson(LessonInHand lesson, bool mayGoOn)
{
    private HeardLesson? _heard;
    private bool _hasHeard;

    /// <summary>The lesson.</summary>
    public LessonInHand Lesson => lesson;

    /// <summary>Whether the next start may go on with it.</summary>
    public bool MayGoOn => mayGoOn;

    /// <summary>As it is put on record.</summary>
    public Lesson Record => lesson.Record(ended: true, _heard);

    /// <summary>Listens to the end, and measures what was heard. What was seen is worth keeping without that.</summary>
    /// <param name="spools">Gets the last of it.</param>
    /// <param name="failed">Gets what went wrong.</param>
    public async Task HearOutAsync(LessonSpools spools, Action<Exception> failed)
    {
        if (_hasHeard)
        {
            return;
        }

        _hasHeard = true;
        try
        {
            await lesson.Ears.CloseAsync().ConfigureAwait(false);
            await spools.KeepAsync(lesson).ConfigureAwait(false);
            _heard = lesson.Ears.Finish();
        }
        catch (Exception fault)
        {
            failed(fault);
        }
    }
}
