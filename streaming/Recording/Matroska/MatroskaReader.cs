using System.Buffers.Binary;
using System.Text;

namespace Xunke.Streaming.Recording.Matroska;

/// <summary>
/// Reads a Matroska stream as FFmpeg writes it to a pipe (RFC 9559, RFC 8794): one H.264 track, perhaps one Opus
/// track, blocks without lacing. Everything else is skipped.
/// </summary>
internal sealed class MatroskaReader(Stream stream)
{
    private const uint SegmentElement = 0x18538067;
    private const uint InfoElement = 0x1549A966;
    private const uint TimestampScaleElement = 0x2AD7B1;
    private const uint TracksElement = 0x1654AE6B;
    private const uint TrackEntryElement = 0xAE;
    private const uint TrackNumberElement = 0xD7;
    private const uint CodecIdElement = 0x86;
    private const uint CodecPrivateElement = 0x63A2;
    private const uint ClusterElement = 0x1F43B675;
    private const uint ClusterTimestampElement = 0xE7;
    private const uint BlockGroupElement = 0xA0;
    private const uint BlockElement = 0xA1;
    private const uint SimpleBlockElement = 0xA3;

    private const int LargestElement = 16 * 1024 * 1024;
    private const int LacingFlags = 0x06;

    private static readonly TimeSpan LatestTime = TimeSpan.FromDays(3650);

    private readonly byte[] _small = new byte[8];
    private byte[] _data = new byte[256 * 1024];
    private ulong _timestampScale = 1_000_000;
    private ulong _clusterTimestamp;
    private ulong _track;
    private ulong _videoTrack;
    private ulong _audioTrack;

    /// <summary>The AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1); empty before the first frame.</summary>
    public byte[] VideoConfiguration { get; private set; } = [];

    /// <summary>Reads up to the next frame.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">It is not Matroska, or uses what FFmpeg does not write.</exception>
    public bool TryRead(out MatroskaFrame frame)
    {
        frame = default;
        while (TryReadElement(out var id, out var length))
        {
            // The elements inside these are read as if they stood side by side: their lengths may be unknown in a stream.
            if (id is SegmentElement or InfoElement or TracksElement or TrackEntryElement or ClusterElement or BlockGroupElement)
            {
                continue;
            }

            var data = ReadData(length);
            if (id is SimpleBlockElement or BlockElement)
            {
                if (TryReadBlock(data, out frame))
                {
                    return true;
                }
            }
            else
            {
                ReadProperty(id, data);
            }
        }

        return false;
    }

    private void ReadProperty(uint id, ReadOnlySpan<byte> data)
    {
        switch (id)
        {
            case TimestampScaleElement:
                _timestampScale = ReadUnsigned(data);
                break;
            case ClusterTimestampElement:
                _clusterTimestamp = ReadUnsigned(data);
                break;
            case TrackNumberElement:
                _track = ReadUnsigned(data);
                break;
            case CodecIdElement when data.SequenceEqual("V_MPEG4/ISO/AVC"u8):
                _videoTrack = _track;
                break;
            case CodecIdElement when data.SequenceEqual("A_OPUS"u8):
                _audioTrack = _track;
                break;
            case CodecIdElement:
                throw new InvalidDataException($"The codec {Encoding.ASCII.GetString(data)} is not expected.");
            case CodecPrivateElement when _track == _videoTrack:
                VideoConfiguration = data.ToArray();
                break;
            default:
                break;
        }
    }

    /// <summary>Track number, signed 16-bit time relative to the cluster, flags, frame (RFC 9559 section 10).</summary>
    private bool TryReadBlock(ReadOnlySpan<byte> block, out MatroskaFrame frame)
    {
        frame = default;
        var trackLength = block.IsEmpty ? 0 : LengthOfVariableInteger(block[0]);
        if (trackLength == 0 || block.Length < trackLength + 3)
        {
            throw new InvalidDataException("A Matroska block is too short.");
        }

        var track = ReadUnsigned(block[..trackLength]) & ~(1UL << (7 * trackLength));
        if (track == 0 || (track != _videoTrack && track != _audioTrack))
        {
            return false;
        }

        if ((block[trackLength + 2] & LacingFlags) != 0)
        {
            throw new InvalidDataException("Laced Matroska blocks are not expected.");
        }

        var ticks = (double)_clusterTimestamp + BinaryPrimitives.ReadInt16BigEndian(block[trackLength..]);
        var microseconds = ticks * _timestampScale / 1000;
        if (Math.Abs(microseconds) > LatestTime.TotalMicroseconds)
        {
            throw new InvalidDataException("A Matroska timestamp is out of range.");
        }

        frame = new MatroskaFrame
        {
            Kind = track == _videoTrack ? MediaKind.Video : MediaKind.Audio,
            Time = TimeSpan.FromMicroseconds(microseconds),
            Data = block[(trackLength + 3)..],
        };
        return true;
    }

    private bool TryReadElement(out uint id, out ulong length)
    {
        id = 0;
        length = 0;
        if (stream.ReadAtLeast(_small.AsSpan(0, 1), 1, throwOnEndOfStream: false) == 0)
        {
            return false;
        }

        var idLength = LengthOfVariableInteger(_small[0]);
        if (idLength is 0 or > 4)
        {
            throw new InvalidDataException("The stream is not Matroska.");
        }

        stream.ReadExactly(_small.AsSpan(1, idLength - 1));
        id = (uint)ReadUnsigned(_small.AsSpan(0, idLength));

        stream.ReadExactly(_small.AsSpan(0, 1));
        var lengthLength = LengthOfVariableInteger(_small[0]);
        if (lengthLength == 0)
        {
            throw new InvalidDataException("A Matroska element has no valid length.");
        }

        stream.ReadExactly(_small.AsSpan(1, lengthLength - 1));
        length = ReadUnsigned(_small.AsSpan(0, lengthLength)) & ~(1UL << (7 * lengthLength));
        return true;
    }

    private ReadOnlySpan<byte> ReadData(ulong length)
    {
        if (length > LargestElement)
        {
            throw new InvalidDataException("A Matroska element is too large.");
        }

        if (_data.Length < (int)length)
        {
            _data = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length)];
        }

        var data = _data.AsSpan(0, (int)length);
        stream.ReadExactly(data);
        return data;
    }

    /// <summary>The number of leading zero bits tells the length (RFC 8794 section 4.1).</summary>
    private static int LengthOfVariableInteger(byte first) => first == 0 ? 0 : System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 23;

    private static ulong ReadUnsigned(ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        foreach (var part in data)
        {
            value = (value << 8) | part;
        }

        return value;
    }
}
