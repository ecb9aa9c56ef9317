namespace Xunke.Streaming.Client;

/// <summary>What a clip holds, and how it has to be prepared for WebRTC.</summary>
/// <param name="CopyVideo">The video can be sent as it is: 8-bit 4:2:0 H.264 without B-frames and with frequent key frames.</param>
/// <param name="ProfileLevelId">The H.264 profile-level-id to offer: six hexadecimal digits (RFC 6184 section 8.1).</param>
/// <param name="FrameRate">Frames a second, for the distance of key frames when encoding.</param>
/// <param name="Video">The number of the video stream in the file.</param>
/// <param name="Audio">The number of the audio stream in the file; null without one.</param>
/// <param name="Filter">What makes the picture as it is shown, for encoding.</param>
/// <param name="CopyAudio">The audio can be sent as it is: Opus with one or two channels.</param>
/// <param name="Duration">The length; zero when unknown.</param>
internal sealed record ClipDescription(
    bool CopyVideo, string ProfileLevelId, double FrameRate, int Video, int? Audio, string Filter, bool CopyAudio, TimeSpan Duration)
{
    /// <summary>There is an audio stream.</summary>
    public bool HasAudio => Audio is not null;
}
