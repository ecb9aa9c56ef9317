using Xunke.Streaming.Codecs.AccessUnits;
using Xunke.Streaming.Rooms;

namespace Xunke.Streaming.Recording;

/// <summary>The recording of one room, from its beginning to its end. All members may be called from any thread.</summary>
public sealed class RoomRecording : IRtpTap
{
    private readonly Lock _gate = new();
    private readonly Recorder _recorder;
    private readonly MediaKinds _kinds;
    private readonly RecordingProgress _progress;
    private readonly PartIntake _intake;
    private IDisposable? _tap;
    private bool _closed;
    private int _waiting;

    internal RoomRecording(Recorder recorder, string roomId, string folder, MediaKinds kinds, EarlierParts? earlier, AccessUnitPool units)
    {
        _recorder = recorder;
        _kinds = kinds;
        RoomId = roomId;
        Folder = folder;
        _progress = new RecordingProgress(earlier);
        _intake = new PartIntake(this, recorder, kinds, units, _progress, earlier);
    }

    public string RoomId { get; }

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>How it is now.</summary>
    public RecordingStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _progress.Status(_intake.PartEnd ?? TimeSpan.Zero, isReceiving: _intake.PartEnd is not null);
            }
        }
    }

    /// <summary>Fragments that wait for the disk.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Ends the recording and completes its files. A second call waits for the first.</summary>
    public async Task<RecordingStatus> StopAsync()
    {
        _recorder.Remove(this);
        _tap?.Dispose();
        Task done;
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _intake.Close();
            }

            done = _intake.LastPartDone;
        }

        await done.ConfigureAwait(false);
        if (Status.Parts.IsEmpty)
        {
            _progress.Add(RecordingFaults.NoPicture);
        }

        return Status;
    }

    /// <inheritdoc />
    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        if (!_kinds.HasFlag(kind == MediaKind.Video ? MediaKinds.Video : MediaKinds.Audio))
        {
            return;
        }

        bool wanted;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _intake.Take(kind, codec, rtp, _recorder.Clock.Now);
            wanted = _intake.TakeKeyFrameWish();
        }

        RequestKeyFrame(wanted);
    }

    /// <summary>Begins to take packets.</summary>
    /// <param name="media">What the room's publisher sends, where there is one.</param>
    internal void Begin(MediaDescription? media)
    {
        if (media is not null)
        {
            OnPublisher(media);
        }

        _tap = _recorder.Media.Tap(RoomId, this);
    }

    /// <summary>Another publisher, or the first one, is there.</summary>
    internal void OnPublisher(MediaDescription media)
    {
        lock (_gate)
        {
            _intake.OnPublisher(media, _recorder.Clock.Now);
        }
    }

    internal void OnPublisherGone()
    {
        lock (_gate)
        {
            _intake.OnPublisherGone();
        }

        RequestKeyFrame(true);
    }

    /// <summary>Does what is due though no packet comes.</summary>
    internal void Tick()
    {
        // Asked for outside the lock: the media server calls in here with its own lock held.
        var reported = _recorder.Media.TryGetTimestamps(RoomId, out var video, out var sound);
        bool wanted;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (reported)
            {
                _intake.OnReport(video, sound);
            }

            _intake.Watch(_recorder.Clock.Now);
            wanted = _intake.TakeKeyFrameWish();
        }

        RequestKeyFrame(wanted);
    }

    /// <summary>Counts a fragment that is to wait for the disk.</summary>
    /// <returns>False when as many wait already.</returns>
    internal bool TryQueue(int most)
    {
        if (Interlocked.Increment(ref _waiting) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>A fragment has left the queue.</summary>
    internal void OnWritten() => Interlocked.Decrement(ref _waiting);

    /// <summary>A part's file is complete, or there is none.</summary>
    internal void OnPartComplete(RecordingPart part, RecordedPart? recorded) => _progress.Complete(part, recorded);

    /// <summary>The disk could not be written.</summary>
    internal void OnWriteFailed() => _progress.Fail();

    // This calls out of the class, so it may not happen under the lock.
    private void RequestKeyFrame(bool wanted)
    {
        if (wanted)
        {
            _recorder.Media.RequestKeyFrame(RoomId);
        }
    }
}
