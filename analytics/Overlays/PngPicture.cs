using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Xunke.Analytics.Overlays;

/// <summary>Writes RGB pictures as PNG (ISO/IEC 15948). Rows are stored as differences, which suits pixelated pictures.</summary>
public static class PngPicture
{
    private const byte BitsPerSample = 8, TrueColour = 2, FilterUp = 2;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">8-bit RGB, rows packed: width * height * 3 bytes.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height * 3);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitsPerSample, TrueColour);
        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(width * 3, pixels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(int stride, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[stride + 1];
            row[0] = FilterUp;
            for (int at = 0; at < pixels.Length; at += stride)
            {
                for (int i = 0; i < stride; i++)
                {
                    row[i + 1] = (byte)(pixels[at + i] - (at == 0 ? 0 : pixels[at - stride + i]));
                }

                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        uint crc = uint.MaxValue;
        foreach (byte value in body)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }

    /// <summary>One entry of the table of CRC-32, polynomial 0xEDB88320.</summary>
    private static uint CrcOf(int value)
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return crc;
    }
}
