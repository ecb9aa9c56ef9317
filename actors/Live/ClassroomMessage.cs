using Xunke.Actors.Messaging;
using Xunke.Analytics.Behaviours;
using Xunke.Streaming;

namespace Xunke.Actors.Live;

/// <summary>What a room's figures are made of, and what is asked of them.</summary>
internal abstract record ClassroomMessage : RoomMessage;

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

/// <summary>Whether the room is to be watched now, or has no lesson. Said again and again.</summary>
/// <param name="IsWanted">Whether it is.</param>
internal sealed record WatchWanted(bool IsWanted) : ClassroomMessage;

/// <summary>A question for the room's last minutes.</summary>
/// <param name="Length">How far back; more than is kept gives all that is kept.</param>
internal sealed record GetHistory(TimeSpan Length) : ClassroomMessage, IQuestion<ClassroomMessage, RoomHistory>;

/// <summary>Tell the school the present view again: it has lost its own copy.</summary>
internal sealed record RepeatView : ClassroomMessage;

/// <summary>The books say something new of the room.</summary>
/// <param name="Room">What they say now.</param>
internal sealed record RoomRegistered(RoomRegistration Room) : ClassroomMessage;
