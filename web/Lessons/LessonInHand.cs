using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Analytics.Behaviours;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>A lesson that goes on, or has just ended. Guarded by its <see cref="RoomLessons"/>, but for what the keeper alone uses.</summary>
/// <param name="room">Where.</param>
/// <param name="id">Its name.</param>
/// <param name="from">Its first sample.</param>
/// <param name="limit">When it ends at the latest.</param>
/// <param name="tape">What was seen so far.</param>
/// <param name="to">When the class was last there.</param>
internal sealed class LessonInHand(RoomEntry room, Guid id, DateTimeOffset from, DateTimeOffset limit, SampleTape tape, DateTimeOffset to)
{
    /// <summary>A lesson that begins.</summary>
    public LessonInHand(RoomEntry room, DateTimeOffset from, DateTimeOffset limit)
        : this(room, Guid.NewGuid(), from, limit, new SampleTape(from), from)
    {
    }

    /// <summary>Its name.</summary>
    public Guid Id => id;

    /// <summary>Where.</summary>
    public RoomEntry Room => room;

    /// <summary>Its first sample.</summary>
    public DateTimeOffset From => from;

    /// <summary>When it ends at the latest.</summary>
    public DateTimeOffset Limit => limit;

    /// <summary>When the class was last there.</summary>
    public DateTimeOffset To { get; private set; } = to;

    /// <summary>Who listens; null where nobody does. The keeper's.</summary>
    public LessonEars? Ears { get; set; }

    /// <summary>How far it is on record; null before it is. The keeper's.</summary>
    public DateTimeOffset? SavedTo { get; set; }

    /// <summary>Where it is written down. The spools'.</summary>
    public LessonSpool? Spool { get; set; }

    /// <summary>Takes a sample in.</summary>
    /// <param name="sample">The next one.</param>
    /// <param name="classIsThere">Whether it shows the class, or at least not that it is gone.</param>
    public void Add(BehaviourSample sample, bool classIsThere)
    {
        tape.Add(sample);
        To = classIsThere ? sample.At + sample.Interval : To;
    }

    /// <summary>What was seen so far.</summary>
    public byte[] Samples() => tape.ToArray();

    /// <summary>What was seen behind a byte of the tape.</summary>
    public byte[] SamplesFrom(int start) => tape.BytesFrom(start).ToArray();
}
