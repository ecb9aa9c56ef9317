using Xunke.Streaming.Codecs;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>
/// The sound of one file, without holes: Chromium plays Opus packets one after another whatever their times, so that a
/// hole would shift all sound behind it. What is missing is filled with coded silence. Times are microseconds.
/// </summary>
internal sealed class SoundTrack
{
    private const int Overlap = 10_000;

    private long _end;

    /// <summary>Adds a packet, and silence before it where some is missing.</summary>
    /// <param name="time">Its time in the file; what has been filled already is left out.</param>
    public void Add(Fragment fragment, long time, int length, ReadOnlySpan<byte> packet)
    {
        if (time < _end - Overlap)
        {
            return;
        }

        FillTo(fragment, time);
        Write(fragment, time, packet);
        _end = time + length;
    }

    /// <summary>Fills with silence up to a moment, in whole packets.</summary>
    public void FillTo(Fragment fragment, long time)
    {
        for (; time - _end >= OpusPacket.SilenceLength; _end += OpusPacket.SilenceLength)
        {
            Write(fragment, _end, OpusPacket.Silence);
        }
    }

    private static void Write(Fragment fragment, long time, ReadOnlySpan<byte> packet)
    {
        var milliseconds = Math.Max(0, (time + 500) / 1000);
        if (fragment.Reaches(milliseconds))
        {
            fragment.Add(MatroskaHeader.SoundTrack, milliseconds, isKey: true, packet);
        }
    }
}
