using Xunke.Streaming.Edge;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rtsp;

/// <summary>One attempt at a camera, from its connection to its end.</summary>
internal sealed class CameraSession(string roomId, CameraSource source, MediaServer media, CameraOptions options, TimeProvider time)
{
    private const string Input = "camera";
    private const string Video = "video";
    private const string Audio = "audio";

    // A picture that a busy camera stamps late is no stray yet.
    private const int MostHiccups = 3;

    private volatile CameraChild? _child;

    public bool WithAudio { get; init; } = true;

    /// <summary>What was learnt of the camera.</summary>
    public CameraHabits Habits { get; init; } = new();

    /// <summary>Is called once, when the room has a picture.</summary>
    public Action? OnLive { get; init; }

    /// <summary>Is called once for each kind of blemish that is put right: bytes that belong to nothing, and times that are
    /// astray.</summary>
    public Action<string>? OnBlemish { get; init; }

    /// <summary>Whether the camera offered audio that was asked for.</summary>
    public bool HasAudio { get; private set; }

    /// <summary>The process of its FFmpeg, or null.</summary>
    public int? ProcessId => _child?.ProcessId;

    /// <summary>Runs until it fails or is cancelled; either way nothing of it is left.</summary>
    /// <exception cref="CameraException">The camera cannot be shown, or no longer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task RunAsync(CancellationToken cancellationToken) =>
        CameraRoute.FollowAsync(source, target => RunAtAsync(target, cancellationToken));

    private async Task<bool> RunAtAsync(CameraSource target, CancellationToken cancellationToken)
    {
        var link = await CameraLink.OpenAsync(target, options.Patience, time, cancellationToken).ConfigureAwait(false);
        await using var closingLink = link.ConfigureAwait(false);
        var offer = CameraOffer.From(link.Description, WithAudio);
        HasAudio = offer.HasAudio;
        var door = HasAudio ? new LoopbackDoor(Input, Video, Audio) : new LoopbackDoor(Input, Video);
        await using var closingDoor = door.ConfigureAwait(false);
        var child = CameraChild.Start(
            door.Address(Input), door.Address(Video), HasAudio ? door.Address(Audio) : null, offer.TellsPicture(), time.GetUtcNow());
        await using var endingChild = child.ConfigureAwait(false);
        _child = child;
        var ingest = new CameraIngest(roomId, media, HasAudio, time) { OnLive = OnLive };
        try
        {
            await ServeAsync(link, offer, door, child, ingest, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            ingest.Close(cancellationToken.IsCancellationRequested ? GoneReason.Closed : GoneReason.Vanished);
            _child = null;
        }
    }

    private async Task ServeAsync(
        CameraLink link, CameraOffer offer, LoopbackDoor door, CameraChild child, CameraIngest ingest, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var times = new CameraTimes(offer.Clocks(), time);
        var parts = new List<Task>
        {
            RelayAsync(link, offer, times, door, ending.Token),
            IngestAsync(door, Video, ingest.TakeVideoAsync, ending.Token),
            WatchAsync(link, times, ingest, ending.Token),
            child.WaitAsync(ending.Token),
        };
        if (offer.HasAudio)
        {
            parts.Add(IngestAsync(door, Audio, ingest.TakeAudioAsync, ending.Token));
        }

        // The end of one part soon ends them all. The part that knows why throws; the others just end.
        var running = new List<Task>(parts);
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running).ConfigureAwait(false);
            running.Remove(ended);
            ending.CancelAfter(ended.IsFaulted ? TimeSpan.Zero : options.LastWords);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw parts.Find(part => part.IsFaulted)?.Exception!.InnerException
            ?? new CameraException(CameraFaults.ToolFailed, door.Unnamed(child.Complaint));
    }

    private async Task RelayAsync(
        CameraLink link, CameraOffer offer, CameraTimes times, LoopbackDoor door, CancellationToken cancellationToken)
    {
        var entry = await door.EnterAsync(Input, cancellationToken).ConfigureAwait(false);
        await new CameraRelay(link, offer, Habits, times, time)
            .RunAsync(entry.Connection, entry.First, cancellationToken).ConfigureAwait(false);
    }

    private static async Task IngestAsync(
        LoopbackDoor door, string name, Func<LoopbackDoor.Entry, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        try
        {
            await take(await door.EnterAsync(name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or RtspException or SdpException)
        {
            // FFmpeg has gone in the middle of something; its own end says more.
        }
    }

    private async Task WatchAsync(CameraLink link, CameraTimes times, CameraIngest ingest, CancellationToken cancellationToken)
    {
        var (noise, strays) = (false, false);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!noise && link.Sync.Skipped > 0)
            {
                noise = true;
                OnBlemish?.Invoke("bytes that belong to nothing between its packets");
            }

            if (!strays && times.Strays >= MostHiccups)
            {
                strays = true;
                OnBlemish?.Invoke("time stamps that are astray");
            }

            if (ingest.Silence >= options.Patience)
            {
                throw link.Sync.IsLost
                    ? new CameraException(CameraFaults.Garbled)
                    : new CameraException(
                        CameraFaults.Silent, link.Sync.StrangeChannel is { } channel ? $"RTP/AVP/TCP;interleaved={channel}" : null);
            }
        }
    }
}
