using System.Buffers.Binary;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// RFC 4571 frames as a TCP connection brings them: whole, cut anywhere, lying about their length. What comes out is
/// compared with the stream read byte by byte, and packed again for the way back.
/// </summary>
internal sealed class FrameTarget : FuzzTarget
{
    private const int HeaderLength = sizeof(ushort);

    private readonly FrameQueue _outgoing = new();
    private readonly byte[] _stream = new byte[32 * 1024];
    private FrameBuffer _incoming = new();
    private int _start;
    private int _end;

    public override string Name => "tcp-frames";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. MediaCorpus.Rtp.Concat(MediaCorpus.Rtcp)
            .Concat(CapturedPackets.Named("stun")).Concat(CapturedPackets.Named("dtls")).Chunk(4).Select(Frames),
        Frames([[], new byte[1], new byte[FrameBuffer.MaxFrame]]),
        Frames([new byte[FrameBuffer.MaxFrame + 1]]),
    ];

    public override int MaximumLength => 6 * 1024;

    // A broken stream ends its connection; the next one has a buffer of its own.
    public override long AllocationBound => 32 * 1024;

    public override void Begin()
    {
        _incoming = new FrameBuffer();
        (_start, _end) = (0, 0);
    }

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        if (_incoming.IsBroken)
        {
            Begin();
        }

        for (ReadOnlySpan<byte> rest = input; !rest.IsEmpty && !_incoming.IsBroken;)
        {
            var free = _incoming.Free.Span;
            Expect.True(!free.IsEmpty, "a connection that has given all has room for more");
            var piece = rest[..Math.Min(1 + random.Below(random.OneIn(2) ? 8 : rest.Length), Math.Min(rest.Length, free.Length))];
            rest = rest[piece.Length..];
            piece.CopyTo(free);
            _incoming.Fill(piece.Length);
            Note(piece);
            while (_incoming.TryTake(out var datagram))
            {
                Check(datagram);
            }

            var whole = _end - _start >= HeaderLength ? BinaryPrimitives.ReadUInt16BigEndian(_stream.AsSpan(_start)) : int.MaxValue;
            Expect.True(_incoming.IsBroken == (whole is > FrameBuffer.MaxFrame and <= ushort.MaxValue),
                "a stream breaks at a frame that is too long, and there only");
            Expect.True(_incoming.IsBroken || _end - _start < HeaderLength + (long)whole, "a whole frame was not given");
        }
    }

    private static byte[] Frames(byte[][] datagrams) =>
        [.. datagrams.SelectMany(datagram => (IEnumerable<byte>)[(byte)(datagram.Length >> 8), (byte)datagram.Length, .. datagram])];

    private void Note(ReadOnlySpan<byte> piece)
    {
        _stream.AsSpan(_start.._end).CopyTo(_stream);
        (_start, _end) = (0, _end - _start);
        piece.CopyTo(_stream.AsSpan(_end));
        _end += piece.Length;
    }

    private void Check(Span<byte> datagram)
    {
        Expect.True(datagram.Length <= FrameBuffer.MaxFrame, "a datagram is longer than any that is taken");
        Expect.True(
            _end - _start >= HeaderLength + datagram.Length
            && BinaryPrimitives.ReadUInt16BigEndian(_stream.AsSpan(_start)) == datagram.Length
            && datagram.SequenceEqual(_stream.AsSpan(_start + HeaderLength, datagram.Length)),
            "a datagram is not what the stream holds");
        Expect.True(_outgoing.TryAdd(datagram), "an empty queue refuses a datagram");
        var sent = _stream.AsSpan(_start, HeaderLength + datagram.Length);
        while (!_outgoing.IsEmpty)
        {
            var next = _outgoing.Next.Span;
            Expect.True(next.Length <= sent.Length && next.SequenceEqual(sent[..next.Length]), "a datagram is framed as something else");
            sent = sent[next.Length..];
            _outgoing.Advance(next.Length);
        }

        Expect.True(sent.IsEmpty, "a frame is cut off");
        _start += HeaderLength + datagram.Length;
    }
}
