using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Speech;
using Xunke.Streaming;
using Xunke.Streaming.Decoding.Sound;
using Xunke.Streaming.Rooms;

namespace Xunke.Bench.Voices;

/// <summary>A room's sound as the server hears it: RTP packets in, decoded and listened to.</summary>
/// <remarks>Without ears what was decoded is dropped.</remarks>
internal sealed class ListenedRoom : IRoomMedia, ISoundReceiver, IDisposable, IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const uint SamplesPerPacket = 960;

    private readonly LessonListener? _listener;
    private readonly RoomSound _sound;
    private IRtpTap? _tap;
    private ushort _sequence;
    private uint _timestamp;

    public ListenedRoom(bool hasEars)
    {
        _listener = hasEars ? new LessonListener(1) : null;
        _sound = new RoomSound(
            this, "s01-101", TimeProvider.System.GetUtcNow(), 0, null, SoundFormat.Rate, this, TimeProvider.System,
            NullLogger<RoomSound>.Instance);
    }

    /// <summary>The next 20 ms.</summary>
    public void Send(byte[] opus)
    {
        Span<byte> packet = stackalloc byte[HeaderLength + opus.Length];
        packet.Clear();
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], _timestamp += SamplesPerPacket);
        opus.CopyTo(packet[HeaderLength..]);
        _tap!.OnPacket(MediaKind.Audio, VideoCodec.None, packet);
    }

    public void OnSound(int channels, ReadOnlySpan<float> samples) => _listener?.Hear(samples);

    public void OnGap(int channels, int length) => _listener?.Skip(length);

    public IDisposable Tap(string roomId, IRtpTap tap)
    {
        _tap = tap;
        return this;
    }

    public void RequestKeyFrame(string roomId)
    {
        // Sound has none.
    }

    public bool TryGetTimestamps(string roomId, out uint video, out uint sound)
    {
        (video, sound) = (0, 0);
        return false;
    }

    /// <summary>The tap's end; the room's is <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => _tap = null;

    public async ValueTask DisposeAsync()
    {
        await _sound.DisposeAsync();
        _listener?.Dispose();
    }
}
