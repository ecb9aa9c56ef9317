using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;

namespace Xunke.Actors.Classrooms;

/// <summary>What a <see cref="ClassroomActor"/> understands.</summary>
internal abstract record ClassroomMessage;

/// <summary>A publisher finished its handshake.</summary>
/// <param name="SessionId">Its media session.</param>
internal sealed record PublisherConnected(string SessionId) : ClassroomMessage;

/// <summary>A publisher's session ended.</summary>
/// <param name="SessionId">Its media session, which may be an older one than the present publisher's.</param>
/// <param name="Reason">Why.</param>
internal sealed record PublisherGone(string SessionId, GoneReason Reason) : ClassroomMessage;

/// <summary>A picture left the decoder. The newest replaces one that waits.</summary>
internal sealed record PictureTaken : ClassroomMessage, INewestWins
{
    /// <summary>All pictures are alike to a room.</summary>
    public static PictureTaken Instance { get; } = new();

    string INewestWins.Key => nameof(PictureTaken);
}

/// <summary>A picture was analysed. The newest replaces one that waits.</summary>
/// <param name="Sample">What was seen.</param>
internal sealed record SampleTaken(BehaviourSample Sample) : ClassroomMessage, INewestWins
{
    string INewestWins.Key => nameof(SampleTaken);
}

/// <summary>The video cannot be turned into pictures.</summary>
/// <param name="Code">One of <see cref="Streaming.Decoding.DecodeFaults"/>.</param>
internal sealed record DecodeFaulted(string Code) : ClassroomMessage;

/// <summary>The room's RTSP camera cannot be shown, or can be again.</summary>
/// <param name="Code">One of <see cref="Streaming.Rtsp.CameraFaults"/>, or null.</param>
internal sealed record CameraFaulted(string? Code) : ClassroomMessage;

/// <summary>A question for the room's last minutes.</summary>
/// <param name="Length">How far back; more than is kept gives all that is kept.</param>
internal sealed record GetHistory(TimeSpan Length) : ClassroomMessage, IQuestion<ClassroomMessage, RoomHistory>;

/// <summary>Tell the school the present view again: it has lost its own copy.</summary>
internal sealed record RepeatView : ClassroomMessage;

/// <summary>What the room remembers is loaded.</summary>
/// <param name="Memory">What was saved last, or null where nothing was.</param>
/// <param name="Failure">What went wrong with the loading, or null.</param>
internal sealed record MemoryLoaded(ClassroomMemory? Memory, Exception? Failure) : ClassroomMessage, IToSelf;

/// <summary>The room's own timers.</summary>
internal sealed record TimerDue(RoomTimer Timer) : ClassroomMessage;

/// <summary>Names the timers of a room.</summary>
internal enum RoomTimer
{
    /// <summary>Look whether a picture has come lately.</summary>
    Picture,

    /// <summary>No publisher has come in place of the one that was replaced.</summary>
    Replacement,

    /// <summary>A view that was held back is due.</summary>
    View,

    /// <summary>Save what should outlive a restart.</summary>
    Save,
}
