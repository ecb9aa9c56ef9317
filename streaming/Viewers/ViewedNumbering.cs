using System.Security.Cryptography;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Viewers;

/// <summary>
/// The numbering of what one viewer is sent. It goes on when the packets are taken from another place: after a pause, or from
/// another layer. So does that of VP8's pictures.
/// </summary>
internal sealed class ViewedNumbering
{
    // How many pauses, changes of layer and left out pictures ago a lost packet can still be found: two seconds of every
    // other picture.
    private const int MaxStretches = 16;

    // RFC 3550 A.1 takes a timestamp that goes back for a reordered picture: the next one is a millisecond on at least.
    private const uint SmallestStep = 90;

    // A first number in the lower half leaves room before the wrap, where a receiver that misses
    // the first packets would guess a wrong roll-over counter (RFC 3711 3.3.1).
    private readonly long _first = RandomNumberGenerator.GetInt32(1, 1 << 15);
    private readonly Stretch[] _stretches = new Stretch[MaxStretches];
    private int _count;
    private long _highest;
    private long _begun;
    private int _leftOut;

    /// <summary>Whether anything is to be sent.</summary>
    public bool HasBegun => _count > 0;

    /// <summary>The timestamp of the last packet sent.</summary>
    public uint LastTimestamp { get; private set; }

    /// <summary>What is sent now; only once <see cref="HasBegun"/>.</summary>
    public ref Stretch Present => ref _stretches[(_count - 1) % MaxStretches];

    /// <summary>What follows is taken from a track of the room from a packet on.</summary>
    public void Begin(RoomTrack source, long index, uint timestamp)
    {
        var number = HasBegun ? _highest + 1 : _first;
        var late = HasBegun ? (int)(LastTimestamp + SmallestStep - timestamp) : 0;
        _count++;
        Present =
            new Stretch
            {
                Source = source,
                FirstNumber = number,
                ToNumber = number - index,
                Shift = (uint)Math.Max(0, late),
                ReplayEnd = -1
            };
        _highest = number - 1;
        _begun = number;
        _leftOut = -1;
    }

    /// <summary>A packet is left out: the next one gets its number.</summary>
    public void Skip(long index)
    {
        var next = Present with { FirstNumber = index + Present.ToNumber, ToNumber = Present.ToNumber - 1 };
        if (next.Source.TryGet(index, out var packet)
            && Vp8PictureNumbers.TryRead(packet[RtpHeader.FixedLength..], out var numbers) && numbers.Picture != _leftOut)
        {
            _leftOut = numbers.Picture;
            next.PictureShift = next.PictureShift is { } shift ? shift with { Picture = shift.Picture - 1 } : null;
        }

        _count += Present.FirstNumber == next.FirstNumber ? 0 : 1;
        Present = next;
    }

    /// <summary>Whether packets are taken from a track of the room, and from before a packet of it on.</summary>
    public bool Covers(RoomTrack source, long index) =>
        HasBegun && Present.Source == source && index + Present.ToNumber >= Present.FirstNumber;

    /// <summary>Whether a number has not been sent, nor a later one.</summary>
    public bool IsNewest(long number) => number > _highest;

    /// <summary>A packet has been sent.</summary>
    public void Sent(long number, uint timestamp)
    {
        _highest = Math.Max(_highest, number);
        LastTimestamp = timestamp;
    }

    /// <summary>Finds where a packet came from that was sent under a number.</summary>
    /// <param name="stretch">What it belongs to, for <see cref="At"/>.</param>
    /// <returns>False when it was never sent, or too long ago.</returns>
    public bool TryFind(ushort sequenceNumber, out long number, out int stretch)
    {
        number = SequenceNumber.Extend(_highest, sequenceNumber);
        // Packets from before the present key frame are not resent: they would delay it on a path that is already narrow.
        stretch = number <= _highest && number >= _begun ? _count - 1 : -1;
        var oldest = Math.Max(0, _count - MaxStretches);
        while (stretch >= oldest && number < At(stretch).FirstNumber)
        {
            stretch--;
        }

        return stretch >= oldest;
    }

    /// <summary>What <see cref="TryFind"/> found.</summary>
    public ref Stretch At(int stretch) => ref _stretches[stretch % MaxStretches];
}
