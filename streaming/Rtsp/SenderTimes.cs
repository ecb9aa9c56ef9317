using System.Buffers.Binary;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Puts a stream's sender reports right, by which FFmpeg ties picture and sound together: their RTP time follows the
/// packets', and a wall clock that steps is held to the line.
/// </summary>
/// <param name="clockRate">The RTP clock in Hz.</param>
internal sealed class SenderTimes(int clockRate)
{
    private const int SenderReportLength = 28;
    private const byte SenderReport = 200;

    // RFC 3550 6.7: no receiver knows an application's packets of another's.
    private const byte Application = 204;

    // A report tells of now, and the wall clock may be set by so much without harm to lips.
    private const int Near = 10;
    private const long LongestStep = 1L << 32;

    private ulong _wall;
    private long _time;
    private bool _known;

    /// <summary>Repairs the reports of a compound in their place.</summary>
    /// <param name="source">The camera's time of the last one.</param>
    /// <param name="offset">What makes the camera's times those that go out.</param>
    public void Repair(Span<byte> compound, bool begun, long source, long offset)
    {
        for (var rest = compound; rest.Length >= 4;)
        {
            var length = 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (length > rest.Length)
            {
                return;
            }

            if (rest[1] == SenderReport && length >= SenderReportLength)
            {
                RepairOne(rest, begun, source, offset);
            }

            rest = rest[length..];
        }
    }

    private void RepairOne(Span<byte> report, bool begun, long source, long offset)
    {
        var away = (long)(int)(BinaryPrimitives.ReadUInt32BigEndian(report[16..]) - (uint)source);
        if (!begun || Math.Abs(away) > (long)Near * clockRate)
        {
            report[1] = Application;
            return;
        }

        var time = source + away + offset;
        var wall = BinaryPrimitives.ReadUInt64BigEndian(report[8..]);
        if (_known)
        {
            var due = _wall + (ulong)(long)((double)(time - _time) / clockRate * (1L << 32));
            wall = Math.Abs((long)(wall - due)) > LongestStep ? due : wall;
        }

        (_known, _wall, _time) = (true, wall, time);
        BinaryPrimitives.WriteUInt64BigEndian(report[8..], wall);
        BinaryPrimitives.WriteUInt32BigEndian(report[16..], (uint)time);
    }
}
