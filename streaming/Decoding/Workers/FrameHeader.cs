using System.Buffers.Binary;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>The fields before the pixels in a Frame message of <see cref="WorkerProtocol"/>.</summary>
/// <param name="Room">The room's number.</param>
/// <param name="CapturedAt">When the picture arrived, in UTC ticks.</param>
/// <param name="SourceWidth">Width of the coded picture in pixels.</param>
/// <param name="SourceHeight">Height of the coded picture in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal readonly record struct FrameHeader(uint Room, long CapturedAt, int SourceWidth, int SourceHeight, int Width, int Height)
{
    private const int Length = WorkerProtocol.FrameHeaderLength - WorkerProtocol.PrefixLength;

    /// <summary>Bytes of pixels that follow.</summary>
    public int PixelLength => Width * Height * 3;

    /// <summary>Writes prefix and fields.</summary>
    /// <param name="message">The whole message, its pixels already in place.</param>
    public void Write(Span<byte> message)
    {
        WorkerProtocol.WritePrefix(message, message.Length, WorkerProtocol.Frame);
        var fields = message[WorkerProtocol.PrefixLength..];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, Room);
        BinaryPrimitives.WriteInt64LittleEndian(fields[4..], CapturedAt);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[12..], (ushort)SourceWidth);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[14..], (ushort)SourceHeight);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[16..], (ushort)Width);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[18..], (ushort)Height);
    }

    /// <summary>Tells whether any frame that fits the box has a message of this length, before more of it is awaited.</summary>
    /// <param name="bodyLength">The length after the prefix that the message claims.</param>
    public static bool IsPossible(int bodyLength, AnalysisSize size) =>
        bodyLength > Length && bodyLength <= Length + (size.MaximumWidth * size.MaximumHeight * 3);

    /// <summary>Reads and checks the fields.</summary>
    /// <param name="fields">What follows the prefix, up to the pixels.</param>
    /// <param name="bodyLength">The length after the prefix that the message claims.</param>
    /// <param name="size">The box that the picture must fit into.</param>
    /// <exception cref="InvalidDataException">Sizes and length do not agree, or are outside the box.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> fields, int bodyLength, AnalysisSize size)
    {
        var header = new FrameHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(fields),
            BinaryPrimitives.ReadInt64LittleEndian(fields[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[14..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[16..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[18..]));
        var fits = header.Width >= 1 && header.Width <= size.MaximumWidth && header.Height >= 1 && header.Height <= size.MaximumHeight;
        var isTime = header.CapturedAt >= DateTime.MinValue.Ticks && header.CapturedAt <= DateTime.MaxValue.Ticks;
        if (!fits || !isTime || header.SourceWidth < 1 || header.SourceHeight < 1
            || bodyLength != Length + header.PixelLength)
        {
            throw new InvalidDataException($"A frame of {header.Width}x{header.Height} in {bodyLength} bytes.");
        }

        return header;
    }
}
