using Xunke.Streaming;
using Xunke.Streaming.Rooms;
using Xunke.Tests.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>A publisher on the other side of the tap: sends clips in real time and starts again at a key frame when asked.</summary>
internal sealed class TestRoom
{
    private readonly Lock _gate = new();
    private IRtpTap? _tap;
    private int _keyFramesAsked;

    public int KeyFramesAsked => Volatile.Read(ref _keyFramesAsked);

    public IDisposable Tap(IRtpTap tap)
    {
        lock (_gate)
        {
            _tap = tap;
        }

        return new Untap(this);
    }

    public void RequestKeyFrame() => Interlocked.Increment(ref _keyFramesAsked);

    /// <summary>Hands one packet to the tap, if there is one.</summary>
    public void Send(VideoCodec codec, byte[] packet)
    {
        lock (_gate)
        {
            _tap?.OnPacket(MediaKind.Video, codec, packet);
        }
    }

    /// <summary>Plays a clip over and over at its own pace until cancelled; a deaf publisher heeds no request for a key frame.</summary>
    public async Task PlayAsync(CodedClip clip, RtpPacketizer packetizer, bool deaf, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / clip.FramesPerSecond));
        var asked = KeyFramesAsked;
        var next = 0;
        for (uint timestamp = 0; !cancellationToken.IsCancellationRequested; timestamp += (uint)(90_000 / clip.FramesPerSecond))
        {
            // Every clip begins with a key frame, so beginning anew is what an encoder does that is asked for one.
            if ((!deaf && asked != KeyFramesAsked) || next == clip.Units.Count)
            {
                asked = KeyFramesAsked;
                next = 0;
            }

            foreach (var packet in packetizer.Packetize(clip.Units[next++], timestamp))
            {
                Send(clip.Codec, packet);
            }

            try
            {
                await pace.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private sealed class Untap(TestRoom room) : IDisposable
    {
        public void Dispose()
        {
            lock (room._gate)
            {
                room._tap = null;
            }
        }
    }
}
