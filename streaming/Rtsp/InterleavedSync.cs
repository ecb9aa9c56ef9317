using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Finds the way back onto an interleaved stream (RFC 2326 10.12) whose camera puts bytes between the frames that belong
/// to nothing, breaks frames off or lies about their length. Nothing marks a frame but a dollar sign, so a frame is
/// trusted by what is known of it: its channel was agreed on, and it holds RTP.
/// </summary>
internal sealed class InterleavedSync
{
    /// <summary>Bytes in a row that belong to nothing after which there is no stream any more.</summary>
    public const int LongestGarbage = 256 * 1024;

    // The header of a frame and the first two bytes of RTP.
    private const int Judged = InterleavedFrame.HeaderLength + 2;
    private const int LongestMethod = 20;
    private const int ShortestReport = 8;
    private const byte None = 0xFF;

    private readonly byte[] _payloadTypes = new byte[256];
    private readonly bool[] _known = new bool[256];
    private int _garbage;

    /// <summary>Whether nothing but garbage has come since the last frame or message.</summary>
    public bool IsLost => _garbage > 0;

    /// <summary>Whether a whole message has come.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Bytes that belonged to nothing.</summary>
    public long Skipped { get; private set; }

    /// <summary>A channel on which frames came that nothing was set up for; null when there was none.</summary>
    public byte? StrangeChannel { get; private set; }

    /// <summary>Frames of a channel are awaited.</summary>
    public void Expect(byte channel) => (_known[channel], _payloadTypes[channel]) = (true, None);

    /// <summary>Whether a whole frame is one of the stream's.</summary>
    public bool Trusts(byte channel, ReadOnlySpan<byte> packet) => _known[channel]
        && packet.Length >= ShortestReport && packet[0] >> 6 == 2;

    /// <summary>A frame of the stream has been taken.</summary>
    public void TookFrame(byte channel, ReadOnlySpan<byte> packet)
    {
        _garbage = 0;
        _payloadTypes[channel] = Kind(packet[1]);
    }

    /// <summary>A frame of a channel that nothing was set up for has been dropped.</summary>
    public void TookStrangeFrame(byte channel) => StrangeChannel = _known[channel] ? StrangeChannel : channel;

    /// <summary>A message has been taken.</summary>
    public void TookMessage() => (_garbage, HasAnswered) = (0, true);

    /// <summary>Counts bytes that belong to nothing.</summary>
    /// <exception cref="RtspException">There are too many, or they are of another protocol.</exception>
    public void Skip(ReadOnlySpan<byte> bytes)
    {
        Skipped += bytes.Length;
        _garbage += bytes.Length;
        if (_garbage > LongestGarbage || (!HasAnswered && bytes.StartsWith("HTTP/"u8)))
        {
            throw new RtspException("What came is not RTSP.");
        }
    }

    /// <summary>Whether a frame or message can begin with a byte.</summary>
    public static bool MayBegin(byte first) => first is (byte)'$' or (byte)'\r' or (byte)'\n' or (>= (byte)'A' and <= (byte)'Z');

    /// <summary>Tells whether a message begins here.</summary>
    /// <returns>Null while too little has come to tell.</returns>
    public static bool? BeginsMessage(ReadOnlySpan<byte> bytes)
    {
        var mark = "RTSP/"u8;
        if (bytes.Length < mark.Length ? mark.StartsWith(bytes) : bytes.StartsWith(mark))
        {
            return bytes.Length < mark.Length ? null : true;
        }

        // A request of the camera's: METHOD address RTSP/1.0
        var letters = bytes.IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"u8);
        if (letters < 0)
        {
            return bytes.Length <= LongestMethod ? null : false;
        }

        if (letters is < 3 or > LongestMethod || bytes[letters] != ' ')
        {
            return false;
        }

        var end = bytes.IndexOf((byte)'\n');
        var line = end < 0 ? bytes : bytes[..end];
        if (line.TrimEnd((byte)'\r').IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
        {
            return false;
        }

        return end < 0 ? null : line.IndexOf(" RTSP/"u8) > 0;
    }

    /// <summary>Finds where the stream goes on, at a frame of it or a response.</summary>
    /// <param name="found">Whether it was found; otherwise nothing before the returned place is of use.</param>
    public int FindNext(ReadOnlySpan<byte> bytes, int from, out bool found)
    {
        while (true)
        {
            var next = bytes[from..].IndexOfAny((byte)'$', (byte)'R');
            found = next >= 0;
            if (!found)
            {
                return bytes.Length;
            }

            from += next;
            var rest = bytes[from..];
            var (begins, open) = rest[0] == '$'
                ? (IsFrame(rest), rest.Length < Judged)
                : (rest.StartsWith("RTSP/1."u8), rest.Length < 7 && "RTSP/1."u8.StartsWith(rest));
            if (begins || open)
            {
                found = begins;
                return from;
            }

            from++;
        }
    }

    // In the middle of nowhere a frame must also go on with what its channel carried.
    private bool IsFrame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Judged
        && _known[bytes[1]]
        && ((bytes[2] << 8) | bytes[3]) >= ShortestReport
        && bytes[4] >> 6 == 2
        && (_payloadTypes[bytes[1]] == None || _payloadTypes[bytes[1]] == Kind(bytes[5]));

    // RFC 5761 4: 200 to 207 are reports, which alternate with each other; of RTP the marker is left out.
    private static byte Kind(byte second) => second is >= 200 and <= 207 ? (byte)200 : (byte)(second & 0x7F);
}
