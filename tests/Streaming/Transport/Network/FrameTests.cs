using System.Buffers.Binary;
using Shouldly;
using Xunit;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Transport.Network;

/// <summary>RFC 4571: each datagram with its length before it.</summary>
public sealed class FrameTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Datagrams_come_out_whole_however_the_stream_is_cut(int piece)
    {
        var datagrams = Enumerable.Range(0, 300).Select(i => Bytes(i * 37 % (FrameBuffer.MaxFrame + 1), i)).ToList();
        var stream = datagrams.SelectMany(Frame).ToArray();
        var buffer = new FrameBuffer();
        List<byte[]> taken = [];
        for (var start = 0; start < stream.Length;)
        {
            var count = Math.Min(Math.Min(piece, buffer.Free.Length), stream.Length - start);
            count.ShouldBeGreaterThan(0);
            stream.AsMemory(start, count).CopyTo(buffer.Free);
            buffer.Fill(count);
            start += count;
            while (buffer.TryTake(out var datagram))
            {
                taken.Add(datagram.ToArray());
            }
        }

        buffer.IsBroken.ShouldBeFalse();
        taken.Count.ShouldBe(datagrams.Count);
        taken.Zip(datagrams).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }

    [Fact]
    public void A_datagram_longer_than_any_that_is_taken_breaks_the_stream()
    {
        var buffer = new FrameBuffer();
        Frame(Bytes(FrameBuffer.MaxFrame + 1, 0)).CopyTo(buffer.Free);
        buffer.Fill(FrameBuffer.MaxFrame + 3);

        buffer.TryTake(out _).ShouldBeFalse();
        buffer.IsBroken.ShouldBeTrue();
    }

    [Fact]
    public void A_full_queue_drops_whole_datagrams_and_goes_on_when_there_is_room()
    {
        var queue = new FrameQueue();
        List<byte[]> kept = [];
        var dropped = 0;
        var read = new MemoryStream();
        for (var i = 0; i < 2000; i++)
        {
            var datagram = Bytes(1 + (i * 131 % 1400), i);
            if (queue.TryAdd(datagram))
            {
                kept.Add(datagram);
            }
            else
            {
                dropped++;
                while (read.Length < i * 500 && !queue.IsEmpty)
                {
                    Take(queue, Math.Min(999, queue.Next.Length), read);
                }
            }
        }

        while (!queue.IsEmpty)
        {
            Take(queue, queue.Next.Length, read);
        }

        dropped.ShouldBeInRange(10, 1900);
        read.ToArray().ShouldBe(kept.SelectMany(Frame).ToArray());
    }

    private static void Take(FrameQueue queue, int count, MemoryStream read)
    {
        read.Write(queue.Next.Span[..count]);
        queue.Advance(count);
    }

    private static byte[] Bytes(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + seed))];

    private static byte[] Frame(byte[] datagram)
    {
        var frame = new byte[2 + datagram.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)datagram.Length);
        datagram.CopyTo(frame, 2);
        return frame;
    }
}
