using Xunke.Actors.Persistence;
using Xunke.Analytics.Behaviours;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>A lesson that goes on, or has just ended. Guarded by its <see cref="RoomLessons"/>, but for what the keeper alone uses.</summary>
/// <param name="room">Where.</param>
/// <param name="from">Its first sample.</param>
/// <param name="limit">When it ends at the latest.</param>
internal sealed class LessonInHand(RoomEntry room, DateTimeOffset from, DateTimeOffset limit)
{
    private readonly SampleTape _tape = new(from);
    private TimeSpan _length;

    /// <summary>Its name.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Where.</summary>
    public RoomEntry Room => room;

    /// <summary>Its first sample.</summary>
    public DateTimeOffset From { get; } = from;

    /// <summary>When it ends at the latest.</summary>
    public DateTimeOffset Limit => limit;

    /// <summary>When the class was last there.</summary>
    public DateTimeOffset To => From + _length;

    /// <summary>Who listens; null where nobody does. The keeper's.</summary>
    public LessonEars? Ears { get; set; }

    /// <summary>How far it is on record; null before it is. The keeper's.</summary>
    public DateTimeOffset? SavedTo { get; set; }

    /// <summary>Takes a sample in.</summary>
    /// <param name="sample">The next one.</param>
    /// <param name="classIsThere">Whether it shows the class, or at least not that it is gone.</param>
    public void Add(BehaviourSample sample, bool classIsThere)
    {
        _tape.Add(sample);
        _length = classIsThere ? sample.At + sample.Interval - From : _length;
    }

    /// <summary>What was seen so far.</summary>
    public byte[] Samples() => _tape.ToArray();
}
