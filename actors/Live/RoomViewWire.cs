using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Live;

/// <summary>A room's view as protobuf, a third of its JSON: it is what a room tells most often.</summary>
internal static class RoomViewWire
{
    /// <summary>For the wire.</summary>
    public static Wire.RoomView Pack(RoomView view)
    {
        var packed = new Wire.RoomView
        {
            RoomId = view.RoomId,
            SchoolId = view.SchoolId,
            Sequence = view.Sequence,
            At = view.At.UtcTicks,
            State = (int)view.State,
            StateSince = view.StateSince.UtcTicks,
            LowConfidence = view.LowConfidence,
            IntervalMilliseconds = view.IntervalMilliseconds,
            Enrolled = view.Enrolled,
            People = view.People,
            HandsRaised = view.HandsRaised,
            Standing = view.Standing,
            HeadsUp = view.HeadsUp,
            HeadsDown = view.HeadsDown,
            HeadsOnDesk = view.HeadsOnDesk,
            Unknown = view.Unknown,
            Teacher = (int)view.Teacher,
            HeadUpRate = Pack(view.HeadUpRate),
            Participation = Pack(view.Participation),
            Aspect = view.Aspect,
        };
        if (view.Fault is { } fault)
        {
            packed.Fault = fault;
        }

        foreach (var pose in view.Poses)
        {
            var person = new Wire.Pose { Seat = pose.Seat, Behaviour = (int)pose.Behaviour, Confidence = pose.Confidence };
            person.Joints.AddRange(pose.Joints);
            packed.Poses.Add(person);
        }

        return packed;
    }

    /// <summary>From the wire.</summary>
    public static RoomView Unpack(Wire.RoomView view) => new(
        view.RoomId, view.SchoolId, view.Sequence, Time(view.At), (ClassroomState)view.State, Time(view.StateSince),
        view.HasFault ? view.Fault : null, view.LowConfidence, view.IntervalMilliseconds, view.Enrolled, view.People, view.HandsRaised,
        view.Standing, view.HeadsUp, view.HeadsDown, view.HeadsOnDesk, view.Unknown, (TeacherPlace)view.Teacher,
        Unpack(view.HeadUpRate), Unpack(view.Participation), view.Aspect,
        [.. view.Poses.Select(pose => new PoseView(
            pose.Seat, (Behaviour)pose.Behaviour, pose.Confidence, ImmutableCollectionsMarshal.AsImmutableArray(pose.Joints.ToArray())))]);

    private static Wire.Figure Pack(Figure figure)
    {
        var packed = new Wire.Figure
        {
            Samples = figure.Samples,
            Coverage = figure.Coverage,
            WindowSeconds = figure.WindowSeconds,
            Formula = figure.Formula,
        };
        if (figure.Value is { } value)
        {
            packed.Value = value;
        }

        return packed;
    }

    private static Figure Unpack(Wire.Figure figure) =>
        new(figure.HasValue ? figure.Value : null, figure.Samples, figure.Coverage, figure.WindowSeconds, figure.Formula);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
