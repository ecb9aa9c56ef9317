using System.Buffers;
using System.Text;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// The end at which FFmpeg delivers a camera's media: an RTSP server of two addresses that may be recorded to, one
/// for video and one for audio, so that neither waits for the other.
/// </summary>
internal sealed class CameraIngest(string roomId, MediaServer media, bool withAudio, TimeProvider time)
{
    // The first pictures are held back until it is plain that they are no B-frames. FFmpeg looks at more before it
    // delivers the first, so they come in one go.
    private const int HeldPictures = 12;
    private const int HeldBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan HeldTime = TimeSpan.FromMilliseconds(600);

    // FFmpeg's muxers number their only stream so, and Opus has one clock rate only (RFC 7587 4.1).
    private static readonly RtpCodec Opus = new(96, "opus", 48_000, 2, "", []);

    private CameraPublisher? _publisher;
    private long _lastVideo = time.GetTimestamp();

    /// <summary>Is called once, when the room has a picture.</summary>
    public Action? OnLive { get; init; }

    /// <summary>How long no video has come.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _lastVideo));

    /// <summary>Takes video until FFmpeg closes.</summary>
    /// <param name="entry">FFmpeg's connection and first request.</param>
    /// <exception cref="CameraException">The video cannot be shown.</exception>
    public async Task TakeVideoAsync(LoopbackDoor.Entry entry, CancellationToken cancellationToken)
    {
        var description = await RecordAsync(entry, cancellationToken).ConfigureAwait(false);
        var format = SessionDescription.Parse(description).Media.SelectMany(section => section.Codecs)
            .FirstOrDefault(codec => codec.Is("H264", 90_000)) ?? throw new CameraException(CameraFaults.UnsupportedCodec);
        var order = new PictureOrder();
        var held = new ArrayBufferWriter<byte>();
        var since = time.GetTimestamp();
        await TakeAsync(entry.Connection, frames =>
        {
            Interlocked.Exchange(ref _lastVideo, time.GetTimestamp());
            Check(order, frames.Span);
            if (_publisher is { } publisher)
            {
                if (!media.Receive(publisher, MediaKind.Video, frames.Span))
                {
                    throw new CameraException(CameraFaults.Lost, "another publisher took the room");
                }

                return;
            }

            held.Write(frames.Span);
            if (order.Pictures >= HeldPictures || held.WrittenCount >= HeldBytes || time.GetElapsedTime(since) >= HeldTime)
            {
                _publisher = media.PublishCamera(roomId, format, withAudio ? Opus : null);
                media.Receive(_publisher, MediaKind.Video, held.WrittenSpan);
                held = new ArrayBufferWriter<byte>();
                OnLive?.Invoke();
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes audio until FFmpeg closes; what comes before the first picture is dropped.</summary>
    /// <param name="entry">FFmpeg's connection and first request.</param>
    public async Task TakeAudioAsync(LoopbackDoor.Entry entry, CancellationToken cancellationToken)
    {
        await RecordAsync(entry, cancellationToken).ConfigureAwait(false);
        await TakeAsync(entry.Connection, frames =>
        {
            if (_publisher is { } publisher)
            {
                media.Receive(publisher, MediaKind.Audio, frames.Span);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the camera out of the room.</summary>
    public void Close(GoneReason reason)
    {
        if (_publisher is { } publisher)
        {
            media.CloseCamera(publisher, reason);
        }
    }

    private static void Check(PictureOrder order, ReadOnlySpan<byte> frames)
    {
        while (InterleavedFrame.TryRead(frames, out var channel, out var packet))
        {
            frames = frames[(InterleavedFrame.HeaderLength + packet.Length)..];
            if ((channel & 1) == 0 && RtpHeader.TryParse(packet, out var header) && order.Proves(header))
            {
                throw new CameraException(CameraFaults.BFrames);
            }
        }
    }

    // RFC 2326 10: OPTIONS, ANNOUNCE, SETUP, RECORD, and from then on frames.
    private static async Task<string> RecordAsync(LoopbackDoor.Entry entry, CancellationToken cancellationToken)
    {
        var description = "";
        for (var request = entry.First; request is not null;
            request = await entry.Connection.ReadMessageAsync(cancellationToken).ConfigureAwait(false))
        {
            var answer = RtspMessage.Answer(request);
            answer["Session"] = "1";
            answer["Public"] = "OPTIONS, ANNOUNCE, SETUP, RECORD, TEARDOWN";
            answer["Transport"] = request["Transport"];
            await entry.Connection.WriteAsync(answer, cancellationToken).ConfigureAwait(false);
            switch (request.Method)
            {
                case "ANNOUNCE":
                    description = Encoding.UTF8.GetString(request.Body.Span);
                    break;
                case "RECORD":
                    return description;
                default:
                    break;
            }
        }

        throw new IOException("FFmpeg closed before it delivered anything.");
    }

    private static async Task TakeAsync(RtspConnection connection, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        do
        {
            while (connection.TryTakeFrames(out var frames) || connection.TakeMessage() is not null)
            {
                // The only message that comes now is TEARDOWN, and its sender waits for no answer.
                take(frames);
            }
        }
        while (await connection.FillAsync(cancellationToken).ConfigureAwait(false));
    }
}
