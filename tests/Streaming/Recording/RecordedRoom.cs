using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Recording;
using Xunke.Streaming.Rooms;
using Xunke.Tests.Streaming.Codecs;
using Xunke.Tests.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Recording;

/// <summary>A room that is recorded by the real recorder into a real folder, on a clock that only the test moves.</summary>
internal sealed class RecordedRoom : IRoomMedia, IAsyncDisposable
{
    public const string Id = "s01-101";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-recording-");
    private readonly Recorder _recorder;
    private readonly RtpPacketizer _sound = new(VideoCodec.None);
    private IMediaObserver _observer = null!;
    private RoomRecording? _recording;
    private IRtpTap? _tap;

    /// <param name="see">How the recorder sees the test's clock.</param>
    public RecordedRoom(Func<TimeProvider, TimeProvider>? see = null)
    {
        _recorder = new Recorder(this, Observe, see?.Invoke(Time) ?? Time, NullLoggerFactory.Instance);
    }

    public ManualTime Time { get; } = new();

    public string Folder => _folder.FullName;

    public int KeyFramesAsked { get; private set; }

    /// <summary>The test's clock runs faster than a disk does: whether it waits for the disk where it must.</summary>
    public bool Patient { get; set; } = true;

    /// <summary>What the publisher's sender reports say of this moment, if it has sent any.</summary>
    public Func<(uint Video, uint Sound)>? Reports { get; set; }

    /// <summary>The publisher's reports say that both tracks count from the same moment, as <see cref="Play"/> has it.</summary>
    /// <param name="soundLate">How much later, in seconds, the sound of a moment is stamped.</param>
    public void ReportClocks(double soundLate = 0)
    {
        Reports = () => (90_000, (uint)(48_000 * (1 + soundLate)));
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    public RoomRecording Record(MediaKinds kinds = MediaKinds.Both, EarlierParts? earlier = null) =>
        _recording = _recorder.Start(Id, Folder, kinds, earlier);

    public string PathOf(int part) => Path.Combine(Folder, RecordedPart.FileName(part));

    public void Publish(VideoCodec video, AudioCodec audio = AudioCodec.Opus, string refused = "", string session = "camera") =>
        _observer.PublisherConnected(Id, session, new MediaDescription(video, audio) { RefusedAudio = refused });

    public void Unpublish(string session = "camera") => _observer.PublisherGone(Id, session, GoneReason.Vanished);

    public void Send(VideoCodec codec, byte[] packet) =>
        _tap?.OnPacket(codec == VideoCodec.None ? MediaKind.Audio : MediaKind.Video, codec, packet);

    public void SendSound(byte[] opus, uint timestamp) => Send(VideoCodec.None, _sound.Packet(opus, timestamp, marker: false));

    /// <summary>Plays a clip at its own pace, with sound between its pictures.</summary>
    /// <param name="clip">The pictures.</param>
    /// <param name="packetizer">Carries the sequence on from clip to clip.</param>
    /// <param name="sound">Opus packets of 20 ms, played over and over; none for no sound.</param>
    /// <param name="start">Time of the first picture, in seconds of the publisher's clocks.</param>
    /// <param name="soundShift">How far ahead, in seconds, the sound's clock is of the video's.</param>
    /// <param name="lose">Says of a packet, by the number of its picture and its own in it, whether it is lost.</param>
    /// <param name="say">Gives the packet of sound of each 20 ms, or null in a pause; null for <paramref name="sound"/> throughout.</param>
    public void Play(CodedClip clip, RtpPacketizer packetizer, IReadOnlyList<byte[]> sound, double start, double soundShift = 0,
        Func<int, int, bool>? lose = null, Func<int, byte[]?>? say = null)
    {
        var soundSent = 0;
        for (var picture = 0; picture < clip.Units.Count; picture++)
        {
            var at = (double)picture / clip.FramesPerSecond;
            var packets = packetizer.Packetize(clip.Units[picture], (uint)(long)((start + at) * 90_000));
            for (var i = 0; i < packets.Count; i++)
            {
                if (lose?.Invoke(picture, i) != true)
                {
                    Send(clip.Codec, packets[i]);
                }
            }

            for (; sound.Count > 0 && soundSent * 0.02 < at + (1.0 / clip.FramesPerSecond); soundSent++)
            {
                if ((say is null ? sound[soundSent % sound.Count] : say(soundSent)) is { } packet)
                {
                    SendSound(packet, (uint)(long)((start + soundShift + (soundSent * 0.02)) * 48_000));
                }
            }

            if (Patient)
            {
                SpinWait.SpinUntil(() => _recording is not { Waiting: >= RecordingWriter.MostWaiting - 1 }, TimeSpan.FromSeconds(30))
                    .ShouldBeTrue();
            }

            Time.Advance(TimeSpan.FromSeconds(1.0 / clip.FramesPerSecond));
        }
    }

    public IDisposable Tap(string roomId, IRtpTap tap)
    {
        _tap = tap;
        return new Untap(this);
    }

    public void RequestKeyFrame(string roomId) => KeyFramesAsked++;

    public bool TryGetTimestamps(string roomId, out uint video, out uint sound)
    {
        (video, sound) = Reports?.Invoke() ?? (0, 0);
        return Reports is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await _recorder.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private IDisposable Observe(IMediaObserver observer)
    {
        _observer = observer;
        return new Untap(this);
    }

    private sealed class Untap(RecordedRoom room) : IDisposable
    {
        public void Dispose() => room._tap = null;
    }
}
