namespace Xunke.Actors.Live;

/// <summary>The codes of <see cref="RoomView.Fault"/>, beside those of <see cref="Streaming.Rtsp.CameraFaults"/>.</summary>
public static class RoomFaults
{
    /// <summary>A publisher is connected, but no picture comes.</summary>
    public const string NoPicture = "no-picture";

    /// <summary>Video comes that its codec's decoder refuses.</summary>
    public const string CannotDecode = "cannot-decode";

    /// <summary>The view is too dark to see anybody.</summary>
    public const string ViewDark = "view-dark";

    /// <summary>Something covers the camera.</summary>
    public const string ViewCovered = "view-covered";

    /// <summary>The view is out of focus or smeared.</summary>
    public const string ViewBlurred = "view-blurred";

    /// <summary>The same picture comes again and again.</summary>
    public const string ViewFrozen = "view-frozen";

    /// <summary>The camera has just been moved.</summary>
    public const string ViewMoved = "view-moved";

    /// <summary>More people are seen than are on the books, beyond the grown-ups allowed for.</summary>
    public const string OverEnrolment = "over-enrolment";
}
