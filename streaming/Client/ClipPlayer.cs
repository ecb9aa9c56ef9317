using Xunke.Streaming.Codecs;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Client;

/// <summary>Plays a clip into a transport, on a thread of its own: reading from the child blocks between frames.</summary>
internal sealed class ClipPlayer(WhipPublisherOptions options, ClipDescription clip, MediaClock clock)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly ClipClock _clipClock = new(clock);

    /// <summary>Plays from a position until the end (never, when it loops), or until cancelled.</summary>
    /// <exception cref="PublishException">The file gives no frames.</exception>
    /// <exception cref="PublishRetryException">The child ended before its time.</exception>
    public Task PlayAsync(TimeSpan from, PublishTransport transport, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Play(from, transport, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Play(TimeSpan from, PublishTransport transport, CancellationToken cancellationToken)
    {
        // FFmpeg loses its pace when it loops after a seek, so the rest of the first round is a run of its own.
        if (from > TimeSpan.Zero || !options.Loop)
        {
            using var rest = FfmpegClip.PlayOnce(options.File, clip, from);
            Send(rest, transport, cancellationToken);
        }

        if (options.Loop && !cancellationToken.IsCancellationRequested)
        {
            using var rounds = FfmpegClip.PlayForever(options.File, clip);
            Send(rounds, transport, cancellationToken);
            if (!cancellationToken.IsCancellationRequested)
            {
                throw new PublishRetryException($"ffmpeg ended by itself: {rounds.LastError}");
            }
        }
    }

    private void Send(FfmpegClip source, PublishTransport transport, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(source.Stop);
        using var watch = source.Watch(LongestSilence);
        _clipClock.Restart();
        var frames = 0L;
        try
        {
            H264Packetizer? packetizer = null;
            while (source.Reader.TryRead(out var frame))
            {
                frames++;
                watch.Progress();
                var moment = _clipClock.Place(frame);
                if (frame.Kind == MediaKind.Video)
                {
                    packetizer ??= new H264Packetizer(H264Configuration.Parse(source.Reader.VideoConfiguration));
                    packetizer.Send(frame.Data, transport.Video.Timestamp(moment), transport.Video);
                }
                else if (transport.Audio is { } audio && frame.Data.Length <= H264Packetizer.LongestPayload)
                {
                    audio.Send(default, frame.Data, audio.Timestamp(moment), marker: false);
                }
            }
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException && cancellationToken.IsCancellationRequested)
        {
            // Cancellation ends the child in the middle of a frame.
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new PublishRetryException($"ffmpeg's output broke off: {fault.Message} {source.LastError}");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (source.ExitCode is var code && (code >= FfmpegClip.Killed || (code != 0 && frames > 0)))
        {
            throw new PublishRetryException($"ffmpeg ended before its time ({code}): {watch.Verdict ?? source.LastError}");
        }

        if (frames == 0)
        {
            throw new PublishException(PublishFault.FileUnreadable, $"{options.File} gives no frames: {source.LastError}");
        }
    }
}
