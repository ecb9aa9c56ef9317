namespace Xunke.Actors.Live;

/// <summary>The codes of <see cref="RoomView.Fault"/>, beside those of <see cref="Streaming.Rtsp.CameraFaults"/>.</summary>
public static class RoomFaults
{
    /// <summary>A publisher is connected, but no picture comes.</summary>
    public const string NoPicture = "no-picture";

    /// <summary>Video comes that its codec's decoder refuses.</summary>
    public const string CannotDecode = "cannot-decode";

    /// <summary>More people are seen than are on the books, beyond the grown-ups allowed for.</summary>
    public const string OverEnrolment = "over-enrolment";
}
