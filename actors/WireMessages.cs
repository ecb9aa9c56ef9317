using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Hosting;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using static Xunke.Actors.Hosting.WireMessage;

namespace Xunke.Actors;

/// <summary>
/// How everything that may be told to a room, a school or the district travels between nodes, and the answers. What is told often is
/// protobuf, the rest JSON. Samples do not travel but while a room moves: a room is seen on the node that its media come to.
/// </summary>
internal static class WireMessages
{
    private static readonly MessageJson Forms = MessageJson.Default;

    /// <summary>All of them.</summary>
    public static ImmutableArray<WireMessage> All { get; } =
    [
        // Rooms.
        Json("publisher-connected/1", Forms.PublisherConnected),
        Json("publisher-gone/1", Forms.PublisherGone),
        Json("session-gone/1", Forms.SessionGone),
        Json("publisher-ended/1", Forms.PublisherEnded),
        Json("picture-taken/1", Forms.PictureTaken),
        Json("sample-taken/1", Forms.SampleTaken),
        Json("decode-faulted/1", Forms.DecodeFaulted),
        Json("camera-faulted/1", Forms.CameraFaulted),
        Json("watch-wanted/1", Forms.WatchWanted),
        Json("get-history/1", Forms.GetHistory),
        Json("room-history/1", Forms.RoomHistory),
        Json("repeat-view/1", Forms.RepeatView),
        Json("room-registered/1", Forms.RoomRegistered),
        Json("publish-room/1", Forms.PublishRoom),
        Json("room-published/1", Forms.RoomPublished),
        Json("find-publisher/1", Forms.FindPublisher),
        Json("end-publisher/1", Forms.EndPublisher),
        Json("publisher-found/1", Forms.PublisherFound),
        Json("key-rotated/1", Forms.KeyRotated),
        Json("camera-chosen/1", Forms.CameraChosen),
        Json("begin-recording/1", Forms.BeginRecording),
        Json("recording-begun/1", Forms.RecordingBegun),
        Json("end-recording/1", Forms.EndRecording),
        Json("suspend-recording/1", Forms.SuspendRecording),
        Json("check-recording/1", Forms.CheckRecording),
        Json("recording-ended/1", Forms.RecordingEnded),
        Json("room-seen/1", Forms.RoomSeen),
        Json("still-taken/1", Forms.StillTaken),
        Json("get-heard/1", Forms.GetHeard),
        Json("room-heard/1", Forms.RoomHeard),
        Json("get-lesson/1", Forms.GetLesson),
        Json("begin-lesson/1", Forms.BeginLesson),
        Json("end-lesson/1", Forms.EndLesson),
        Json("lesson-now/1", Forms.LessonNow),
        Json("suspend-lessons/1", Forms.SuspendLessons),
        Json("lessons-suspended/1", Forms.LessonsSuspended),
        Json("visit-requested/1", Forms.VisitRequested),
        Json("visit-begun/1", Forms.VisitBegun),

        // Schools and the district.
        Views("room-changed/1", static (RoomChanged changed) => RoomViewWire.Pack(changed.View),
            static bytes => new RoomChanged(RoomViewWire.Unpack(Live.Wire.RoomView.Parser.ParseFrom(bytes)))),
        Json("get-room/1", Forms.GetRoom),
        Views("room-found/1", static (RoomFound found) => Pack(found.View is { } view ? [view] : []),
            static bytes => new RoomFound(Unpack(bytes).SingleOrDefault())),
        Json("get-rooms/1", Forms.GetRooms),
        Views("rooms/1", static (ImmutableArray<RoomView> rooms) => Pack(rooms), static bytes => Unpack(bytes)),
        Json("repeat-school-view/1", Forms.RepeatSchoolView),
        Json("school-registered/1", Forms.SchoolRegistered),
        Json("school-changed/1", Forms.SchoolChanged),
        Json("get-district/1", Forms.GetDistrict),
        Json("district-view/1", Forms.DistrictView),
        Json("district-registered/1", Forms.DistrictRegistered),
    ];

    private static WireMessage Views<T>(string manifest, Func<T, IMessage> pack, Func<byte[], T> read)
        where T : notnull => new(typeof(T), manifest, message => pack((T)message).ToByteArray(), bytes => read(bytes));

    private static Live.Wire.RoomViews Pack(ImmutableArray<RoomView> rooms)
    {
        var packed = new Live.Wire.RoomViews();
        packed.Rooms.AddRange(rooms.Select(RoomViewWire.Pack));
        return packed;
    }

    private static ImmutableArray<RoomView> Unpack(byte[] bytes) =>
        [.. Live.Wire.RoomViews.Parser.ParseFrom(bytes).Rooms.Select(RoomViewWire.Unpack)];
}

/// <summary>The messages that travel as JSON.</summary>
[JsonSerializable(typeof(PublisherConnected))]
[JsonSerializable(typeof(PublisherGone))]
[JsonSerializable(typeof(SessionGone))]
[JsonSerializable(typeof(PublisherEnded))]
[JsonSerializable(typeof(PictureTaken))]
[JsonSerializable(typeof(SampleTaken))]
[JsonSerializable(typeof(DecodeFaulted))]
[JsonSerializable(typeof(CameraFaulted))]
[JsonSerializable(typeof(WatchWanted))]
[JsonSerializable(typeof(GetHistory))]
[JsonSerializable(typeof(RoomHistory))]
[JsonSerializable(typeof(RepeatView))]
[JsonSerializable(typeof(RoomRegistered))]
[JsonSerializable(typeof(PublishRoom))]
[JsonSerializable(typeof(RoomPublished))]
[JsonSerializable(typeof(FindPublisher))]
[JsonSerializable(typeof(EndPublisher))]
[JsonSerializable(typeof(PublisherFound))]
[JsonSerializable(typeof(KeyRotated))]
[JsonSerializable(typeof(CameraChosen))]
[JsonSerializable(typeof(BeginRecording))]
[JsonSerializable(typeof(RecordingBegun))]
[JsonSerializable(typeof(EndRecording))]
[JsonSerializable(typeof(SuspendRecording))]
[JsonSerializable(typeof(CheckRecording))]
[JsonSerializable(typeof(RecordingEnded))]
[JsonSerializable(typeof(RoomSeen))]
[JsonSerializable(typeof(StillTaken))]
[JsonSerializable(typeof(GetHeard))]
[JsonSerializable(typeof(RoomHeard))]
[JsonSerializable(typeof(GetLesson))]
[JsonSerializable(typeof(BeginLesson))]
[JsonSerializable(typeof(EndLesson))]
[JsonSerializable(typeof(LessonNow))]
[JsonSerializable(typeof(SuspendLessons))]
[JsonSerializable(typeof(LessonsSuspended))]
[JsonSerializable(typeof(VisitRequested))]
[JsonSerializable(typeof(VisitBegun))]
[JsonSerializable(typeof(GetRoom))]
[JsonSerializable(typeof(GetRooms))]
[JsonSerializable(typeof(RepeatSchoolView))]
[JsonSerializable(typeof(SchoolRegistered))]
[JsonSerializable(typeof(SchoolChanged))]
[JsonSerializable(typeof(GetDistrict))]
[JsonSerializable(typeof(DistrictView))]
[JsonSerializable(typeof(DistrictRegistered))]
internal sealed partial class MessageJson : JsonSerializerContext;
