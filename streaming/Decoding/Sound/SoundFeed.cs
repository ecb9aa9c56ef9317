using System.Buffers;
using System.Threading.Channels;
using Xunke.Streaming.Codecs;

namespace Xunke.Streaming.Decoding.Sound;

/// <summary>Writes a room's packets to one decoder, as Ogg pages.</summary>
/// <param name="packets">The packets; what is read is returned to the pool.</param>
/// <param name="clock">Places packets on the decoder's time line.</param>
/// <param name="written">Is told of each page before it is written: from when to when, on Opus' clock.</param>
internal sealed class SoundFeed(ChannelReader<SoundPacket> packets, Stream input, SoundClock clock, Action<long, long> written)
{
    private const long PageLength = OggPages.Clock / 5;

    private readonly OggPages _pages = new();
    private long _end;
    private long _pageStart;

    /// <summary>Writes until the packets end.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <exception cref="IOException">The decoder no longer reads.</exception>
    public async Task WriteAsync(int channels, CancellationToken cancellationToken)
    {
        await input.WriteAsync(_pages.Head(channels), cancellationToken).ConfigureAwait(false);
        await input.WriteAsync(_pages.Tags(), cancellationToken).ConfigureAwait(false);
        await foreach (var packet in packets.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await AddAsync(packet, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(packet.Buffer);
            }
        }

        if (!_pages.IsEmpty)
        {
            await WritePageAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask AddAsync(SoundPacket packet, CancellationToken cancellationToken)
    {
        var length = OpusPacket.LengthOf(packet.Buffer.AsSpan(0, packet.Length)) * (OggPages.Clock / 1000) / 1000;
        if (length == 0)
        {
            return;
        }

        var start = clock.Place(packet, _end);

        // A gap can only be said between pages.
        if (!_pages.IsEmpty && (start > _end || _end - _pageStart >= PageLength))
        {
            await WritePageAsync(cancellationToken).ConfigureAwait(false);
        }

        _pageStart = _pages.IsEmpty ? start : _pageStart;
        if (!_pages.TryAdd(packet.Buffer.AsSpan(0, packet.Length)))
        {
            await WritePageAsync(cancellationToken).ConfigureAwait(false);
            _pageStart = start;
            _pages.TryAdd(packet.Buffer.AsSpan(0, packet.Length));
        }

        _end = start + length;
    }

    private async ValueTask WritePageAsync(CancellationToken cancellationToken)
    {
        written(_pageStart, _end);
        await input.WriteAsync(_pages.Take(_end), cancellationToken).ConfigureAwait(false);
        await input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
