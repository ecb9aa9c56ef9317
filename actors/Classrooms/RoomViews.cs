using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Classrooms;

/// <summary>Puts a room's state and figures together as one view.</summary>
internal static class RoomViews
{
    /// <summary>The shape that an empty room is drawn in.</summary>
    private const double UsualAspect = 16d / 9;

    /// <summary>The view. Unless the room is live, it holds no counts, figures or people.</summary>
    public static RoomView Of(
        RoomRegistration room, long sequence, DateTimeOffset at, ClassroomState state, DateTimeOffset since, string? fault,
        ClassroomFigures figures)
    {
        var live = state == ClassroomState.Live;
        var sample = live ? figures.Sample : null;
        var counts = live ? figures.Counts : null;
        return new RoomView(
            room.RoomId,
            room.SchoolId,
            sequence,
            at,
            state,
            since,
            fault ?? (live && figures.OverEnrolment ? RoomFaults.OverEnrolment : null),
            sample?.LowConfidence ?? false,
            sample is null ? 0 : (int)figures.Interval(at).TotalMilliseconds,
            room.Enrolled,
            counts?.People ?? 0,
            counts?.HandsRaised ?? 0,
            counts?.Standing ?? 0,
            counts?.HeadsUp ?? 0,
            counts?.HeadsDown ?? 0,
            counts?.HeadsOnDesk ?? 0,
            counts?.Unknown ?? 0,
            sample?.Teacher ?? TeacherPlace.Unknown,
            live ? figures.HeadUpRate : ClassroomFigures.NoHeadUpRate,
            live ? figures.Participation : ClassroomFigures.NoParticipation,
            sample is null ? UsualAspect : (double)sample.FrameWidth / sample.FrameHeight,
            sample is null ? [] : Packing.Poses(sample));
    }
}
