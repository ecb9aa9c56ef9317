using System.Buffers.Binary;
using System.Text;

namespace Xunke.Streaming.Recording.Matroska;

/// <summary>
/// Reads a Matroska stream as FFmpeg writes it to a pipe (RFC 9559, RFC 8794): one H.264 track, perhaps one Opus
/// track, blocks without lacing. Everything else is skipped.
/// </summary>
internal sealed class MatroskaReader(Stream stream)
{
    private const int LargestElement = 16 * 1024 * 1024;
    private const int LongestHead = 12;
    private const int LacingFlags = 0x06;

    private static readonly TimeSpan LatestTime = TimeSpan.FromDays(3650);

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
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
        while (TryReadHead(out var id, out var length))
        {
            // The elements inside these are read as if they stood side by side: their lengths may be unknown in a stream.
            if (id is MatroskaElement.Segment or MatroskaElement.Info or MatroskaElement.Tracks or MatroskaElement.TrackEntry
                or MatroskaElement.Cluster or MatroskaElement.BlockGroup)
            {
                continue;
            }

            var data = ReadData(length);
            if (id is MatroskaElement.SimpleBlock or MatroskaElement.Block)
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
            case MatroskaElement.TimestampScale:
                _timestampScale = EbmlReader.Unsigned(data);
                break;
            case MatroskaElement.ClusterTimestamp:
                _clusterTimestamp = EbmlReader.Unsigned(data);
                break;
            case MatroskaElement.TrackNumber:
                _track = EbmlReader.Unsigned(data);
                break;
            case MatroskaElement.CodecId when data.SequenceEqual("V_MPEG4/ISO/AVC"u8):
                _videoTrack = _track;
                break;
            case MatroskaElement.CodecId when data.SequenceEqual("A_OPUS"u8):
                _audioTrack = _track;
                break;
            case MatroskaElement.CodecId:
                throw new InvalidDataException($"The codec {Encoding.ASCII.GetString(data)} is not expected.");
            case MatroskaElement.CodecPrivate when _track == _videoTrack:
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
        var reader = new EbmlReader(block);
        if (!reader.TryReadNumber(out var track, out _) || block.Length < reader.Position + 3)
        {
            throw new InvalidDataException("A Matroska block is too short.");
        }

        var rest = block[reader.Position..];
        if (track == 0 || (track != _videoTrack && track != _audioTrack))
        {
            return false;
        }

        if ((rest[2] & LacingFlags) != 0)
        {
            throw new InvalidDataException("Laced Matroska blocks are not expected.");
        }

        var ticks = (double)_clusterTimestamp + BinaryPrimitives.ReadInt16BigEndian(rest);
        var microseconds = ticks * _timestampScale / 1000;
        if (Math.Abs(microseconds) > LatestTime.TotalMicroseconds)
        {
            throw new InvalidDataException("A Matroska timestamp is out of range.");
        }

        frame = new MatroskaFrame
        {
            Kind = track == _videoTrack ? MediaKind.Video : MediaKind.Audio,
            Time = TimeSpan.FromMicroseconds(microseconds),
            Data = rest[3..],
        };
        return true;
    }

    /// <summary>Reads the identifier and size of the next element; its content comes next.</summary>
    /// <returns>False at the end of the stream.</returns>
    private bool TryReadHead(out uint id, out long length)
    {
        while (true)
        {
            var reader = new EbmlReader(_buffer.AsSpan(_start, _end - _start));
            if (reader.TryReadHead(out id, out length))
            {
                _start += reader.Position;
                return true;
            }

            if (_end - _start >= LongestHead)
            {
                throw new InvalidDataException("The stream is not Matroska.");
            }

            if (!TryFill())
            {
                return _start == _end ? false : throw new EndOfStreamException();
            }
        }
    }

    private ReadOnlySpan<byte> ReadData(long length)
    {
        if (length > LargestElement)
        {
            throw new InvalidDataException("A Matroska element is too large.");
        }

        while (_end - _start < length)
        {
            if (_buffer.Length < length)
            {
                Array.Resize(ref _buffer, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
            }

            if (!TryFill())
            {
                throw new EndOfStreamException();
            }
        }

        _start += (int)length;
        return _buffer.AsSpan(_start - (int)length, (int)length);
    }

    private bool TryFill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
