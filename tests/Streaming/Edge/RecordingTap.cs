using Xunke.Streaming;
using Xunke.Streaming.Rooms;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>Keeps what a tap is given.</summary>
internal sealed class RecordingTap : IRtpTap
{
    private readonly List<byte[]> _video = [];

    public IReadOnlyList<byte[]> Video
    {
        get
        {
            lock (_video)
            {
                return [.. _video];
            }
        }
    }

    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        if (kind == MediaKind.Video)
        {
            lock (_video)
            {
                _video.Add(rtp.ToArray());
            }
        }
    }
}
