using System.Buffers.Binary;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// Makes hostile inputs of real ones: flipped bits, lengths at their borders, cuts, splices and repetitions. The same
/// seed, iteration and corpus give the same input. Allocates nothing per input.
/// </summary>
/// <param name="corpus">Real inputs; not empty.</param>
/// <param name="maximumLength">The longest input made, in bytes.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus, int maximumLength)
{
    private const int MostChanges = 6;

    /// <summary>Where lengths, counts and signs turn over.</summary>
    private static readonly uint[] Borders =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 511, 512, 1023, 1024,
        0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF,
    ];

    private static ReadOnlySpan<byte> Digits => "0199999-+ /:;="u8;

    private readonly byte[] _buffer = new byte[maximumLength];
    private int _length;

    /// <summary>Makes an input, valid until the next one is made.</summary>
    /// <param name="random">The input's generator; what it gives next is for the target's own choices.</param>
    public Span<byte> Produce(ref FuzzRandom random)
    {
        var origin = corpus[random.Below(corpus.Count)];
        _length = Math.Min(origin.Length, maximumLength);
        origin.AsSpan(0, _length).CopyTo(_buffer);

        // Some inputs stay whole: what follows them meets a state that only real traffic brings about.
        for (var changes = random.Below(MostChanges + 1); changes > 0; changes--)
        {
            Change(ref random);
        }

        return _buffer.AsSpan(0, _length);
    }

    private void Change(ref FuzzRandom random)
    {
        switch (random.Below(12))
        {
            case 0 or 1:
                FlipBit(ref random);
                break;
            case 2:
                SetByte(ref random);
                break;
            case 3 or 4:
                SetShort(ref random);
                break;
            case 5:
                SetWord(ref random);
                break;
            case 6:
                _length = random.Below(_length + 1);
                break;
            case 7:
                Extend(ref random);
                break;
            case 8:
                Remove(ref random);
                break;
            case 9:
                Repeat(ref random);
                break;
            case 10:
                Splice(ref random);
                break;
            default:
                SetDigits(ref random);
                break;
        }
    }

    // Headers are where decisions are made: half of the changes fall into the first bytes.
    private int Position(ref FuzzRandom random, int width) =>
        random.Below(random.OneIn(2) ? Math.Min(_length - width + 1, 48) : _length - width + 1);

    private void FlipBit(ref FuzzRandom random)
    {
        if (_length > 0)
        {
            _buffer[Position(ref random, 1)] ^= (byte)(1 << random.Below(8));
        }
    }

    private void SetByte(ref FuzzRandom random)
    {
        if (_length > 0)
        {
            _buffer[Position(ref random, 1)] = (byte)(random.OneIn(2) ? random.Next() : Border(ref random));
        }
    }

    private void SetShort(ref FuzzRandom random)
    {
        if (_length < sizeof(ushort))
        {
            return;
        }

        var field = _buffer.AsSpan(Position(ref random, sizeof(ushort)));
        var near = BinaryPrimitives.ReadUInt16BigEndian(field) + random.Below(9) - 4;
        BinaryPrimitives.WriteUInt16BigEndian(field, random.OneIn(2) ? (ushort)near : (ushort)Border(ref random));
    }

    private void SetWord(ref FuzzRandom random)
    {
        if (_length >= sizeof(uint))
        {
            BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(Position(ref random, sizeof(uint))), Border(ref random));
        }
    }

    private void Extend(ref FuzzRandom random)
    {
        var more = Math.Min(1 + random.Below(random.OneIn(8) ? maximumLength : 64), maximumLength - _length);
        var fill = random.OneIn(2) ? random.Next() : 0;
        for (var end = _length + more; _length < end; _length++)
        {
            _buffer[_length] = (byte)fill;
            fill = (fill * 3) + (fill >> 7);
        }
    }

    private void Remove(ref FuzzRandom random)
    {
        if (_length == 0)
        {
            return;
        }

        var from = random.Below(_length);
        var count = 1 + random.Below(Math.Min(_length - from, random.OneIn(2) ? 8 : _length));
        _buffer.AsSpan(from + count, _length - from - count).CopyTo(_buffer.AsSpan(from));
        _length -= count;
    }

    private void Repeat(ref FuzzRandom random)
    {
        if (_length == 0)
        {
            return;
        }

        var from = random.Below(_length);
        var count = 1 + random.Below(_length - from);
        for (var times = random.OneIn(8) ? 64 : 1; times > 0 && _length + count <= maximumLength; times--)
        {
            _buffer.AsSpan(from, _length - from).CopyTo(_buffer.AsSpan(from + count));
            _length += count;
        }
    }

    private void Splice(ref FuzzRandom random)
    {
        var other = corpus[random.Below(corpus.Count)];
        var tail = other.AsSpan(random.Below(other.Length + 1));
        var kept = random.Below(_length + 1);
        tail = tail[..Math.Min(tail.Length, maximumLength - kept)];
        tail.CopyTo(_buffer.AsSpan(kept));
        _length = kept + tail.Length;
    }

    // Numbers in text: a digit that becomes many, or another sign.
    private void SetDigits(ref FuzzRandom random)
    {
        if (_length == 0)
        {
            return;
        }

        var start = random.Below(_length);
        var digit = _buffer.AsSpan(start, _length - start).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0)
        {
            return;
        }

        for (var i = start + digit; i < _length && char.IsAsciiDigit((char)_buffer[i]); i++)
        {
            _buffer[i] = Digits[random.Below(Digits.Length)];
        }
    }

    private static uint Border(ref FuzzRandom random) => Borders[random.Below(Borders.Length)];
}
