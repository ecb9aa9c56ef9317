using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>The records of DTLS (RFC 6347 section 4.1) as they lie behind one another.</summary>
internal static class DtlsRecords
{
    public const int HeaderLength = 13;

    /// <summary>How many bytes at the front of a flight go into one datagram: as many whole records as fit, one at least.</summary>
    /// <param name="flight">Records, of which the last may be incomplete.</param>
    /// <param name="maximum">The longest datagram, in bytes.</param>
    /// <returns>0 when there is no whole record.</returns>
    public static int NextDatagram(ReadOnlySpan<byte> flight, int maximum)
    {
        var end = 0;
        while (end + HeaderLength <= flight.Length)
        {
            var next = end + HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(flight[(end + HeaderLength - sizeof(ushort))..]);
            if (next > flight.Length || (next > maximum && end > 0))
            {
                break;
            }

            end = next;
        }

        return end;
    }
}
