namespace Xunke.Streaming.Rtsp;

/// <summary>How the RTP timestamps of one stream run.</summary>
/// <param name="Rate">In Hz.</param>
/// <param name="IsVideo">Whether packets of one timestamp are one picture.</param>
/// <param name="Fragments">Whether a frame of sound may take several packets, the last of which is marked.</param>
internal readonly record struct StreamClock(int Rate, bool IsVideo, bool Fragments);
