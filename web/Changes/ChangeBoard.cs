using System.Collections.Concurrent;

namespace Xunke.Web.Changes;

/// <summary>What pages ask for over HTTP, and are told over the hub to ask for again.</summary>
public enum Topic
{
    /// <summary>Whether the clock is believed.</summary>
    Clock,

    /// <summary>Whether the database is out.</summary>
    Outage,

    /// <summary>How much room there is for recordings.</summary>
    Storage,

    /// <summary>The RTSP cameras of a school.</summary>
    Cameras,

    /// <summary>The areas of a room.</summary>
    Areas,

    /// <summary>The recording of a room.</summary>
    Recording,

    /// <summary>Whether a lesson goes on in a room.</summary>
    Lesson,

    /// <summary>What is asked for and booked to be recorded at a school.</summary>
    Bookings,

    /// <summary>Observations of lessons: an account's own, and those of the own lessons; or all of a school.</summary>
    Observations,

    /// <summary>Alerts of any school; each page asks for those that its reader may see.</summary>
    Alerts,

    /// <summary>Notices of rectification of any school; each page asks for those that its reader may see.</summary>
    Rectifications,

    /// <summary>The district's schools, rooms, people and timetables.</summary>
    Books,

    /// <summary>How far an account's import of a file is; the scope is the account.</summary>
    Imports,
}

/// <summary>
/// How often each topic has changed. Whoever changes something says so here, and the connections' pumps compare: nothing is
/// queued, and many changes are one. All members may be called from any thread.
/// </summary>
internal sealed class ChangeBoard
{
    private readonly ConcurrentDictionary<(Topic Topic, string Scope), long> _counts = new();

    /// <summary>How often it has changed since the start of the server.</summary>
    /// <param name="topic">What.</param>
    /// <param name="scope">The school's or room's id, or the account; empty for the district.</param>
    public long Count(Topic topic, string scope) => _counts.GetValueOrDefault((topic, scope));

    /// <summary>Says that it has changed.</summary>
    public void Raise(Topic topic, string scope = "") => _counts.AddOrUpdate((topic, scope), 1, static (_, count) => count + 1);
}
