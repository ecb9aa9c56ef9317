using System.Buffers.Binary;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>The fields before a unit's data in a Unit message of <see cref="WorkerProtocol"/>.</summary>
/// <param name="Room">The room's number.</param>
/// <param name="CapturedAt">When the picture arrived, in UTC ticks.</param>
/// <param name="Codec">The codec.</param>
/// <param name="IsKey">A decoder can start here.</param>
/// <param name="IsSample">The picture is wanted back.</param>
internal readonly record struct UnitHeader(uint Room, long CapturedAt, VideoCodec Codec, bool IsKey, bool IsSample)
{
    private const int Length = WorkerProtocol.UnitHeaderLength - WorkerProtocol.PrefixLength;

    /// <summary>Writes prefix and fields.</summary>
    /// <param name="message">The whole message, its data already in place.</param>
    public void Write(Span<byte> message)
    {
        WorkerProtocol.WritePrefix(message, message.Length, WorkerProtocol.Unit);
        var fields = message[WorkerProtocol.PrefixLength..];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, Room);
        BinaryPrimitives.WriteInt64LittleEndian(fields[4..], CapturedAt);
        fields[12] = WorkerProtocol.CodecNumber(Codec);
        fields[13] = (byte)((IsKey ? WorkerProtocol.KeyFlag : 0) | (IsSample ? WorkerProtocol.SampleFlag : 0));
    }

    /// <summary>Reads the fields and splits the data off.</summary>
    /// <exception cref="InvalidDataException">The message is cut off or names no codec.</exception>
    public static UnitHeader Read(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> data)
    {
        if (body.Length <= Length)
        {
            throw new InvalidDataException("A unit without data.");
        }

        data = body[Length..];
        return new UnitHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(body),
            BinaryPrimitives.ReadInt64LittleEndian(body[4..]),
            WorkerProtocol.CodecOf(body[12]),
            (body[13] & WorkerProtocol.KeyFlag) != 0,
            (body[13] & WorkerProtocol.SampleFlag) != 0);
    }
}
