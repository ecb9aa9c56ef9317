using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The key stream of AES in counter mode as SRTP uses it (RFC 3711 section 4.1.1).</summary>
internal sealed class AesCounterKeyStream : IDisposable
{
    private const int BlockLength = 16;

    // One call into the library encrypts the counters of up to 2 KiB: any packet that fits a network frame.
    private const int ScratchLength = 2048;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _salt;
    private readonly byte[] _counters = new byte[ScratchLength];
    private readonly byte[] _stream = new byte[ScratchLength];

    public AesCounterKeyStream(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(key);
        _encryptor = _aes.CreateEncryptor();
        _salt = salt.ToArray();
    }

    /// <summary>XORs <paramref name="data"/> with the stream for this SSRC and packet index, which both encrypts and decrypts.</summary>
    public void Apply(Span<byte> data, uint ssrc, ulong index)
    {
        Span<byte> start = stackalloc byte[BlockLength];
        BinaryPrimitives.WriteUInt64BigEndian(start, ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(start[8..], index << 16);
        for (var position = 0; position < _salt.Length; position++)
        {
            start[position] ^= _salt[position];
        }

        var block = 0;
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(data.Length, ScratchLength)];
            var blocks = (part.Length + BlockLength - 1) / BlockLength;
            for (var position = 0; position < blocks; position++, block++)
            {
                var counter = _counters.AsSpan(position * BlockLength, BlockLength);
                start.CopyTo(counter);
                BinaryPrimitives.WriteUInt16BigEndian(counter[14..], (ushort)block);
            }

            _encryptor.TransformBlock(_counters, 0, blocks * BlockLength, _stream, 0);
            Xor(part, _stream);
            data = data[part.Length..];
        }
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }

    private static void Xor(Span<byte> data, ReadOnlySpan<byte> stream)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        var masks = MemoryMarshal.Cast<byte, Vector<byte>>(stream[..data.Length]);
        for (var position = 0; position < vectors.Length; position++)
        {
            vectors[position] ^= masks[position];
        }

        for (var position = vectors.Length * Vector<byte>.Count; position < data.Length; position++)
        {
            data[position] ^= stream[position];
        }
    }
}
