namespace Xunke.Streaming.Recording;

/// <summary>One file of a recording on its way to the disk. Its file is touched by the writer's thread only.</summary>
/// <param name="number">From 1.</param>
/// <param name="offset">Its start, from the start of the recording.</param>
internal sealed class RecordingPart(RoomRecording owner, int number, TimeSpan offset, DateTimeOffset startedAt, RecordedTracks tracks)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RecordingFile? _file;
    private bool _failed;
    private long _bytes;

    public RoomRecording Owner => owner;

    /// <summary>From 1.</summary>
    public int Number => number;

    /// <summary>Its start, from the start of the recording.</summary>
    public TimeSpan Offset => offset;

    /// <summary>What it holds.</summary>
    public RecordedTracks Tracks => tracks;

    /// <summary>Bytes on the disk so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Ends when the file is complete, or has been given up.</summary>
    public Task Done => _done.Task;

    /// <summary>Writes a fragment; the first one makes the file.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Append(Fragment fragment, TimeProvider time)
    {
        if (_failed)
        {
            return;
        }

        try
        {
            _file ??= RecordingFile.Create(Path.Combine(owner.Folder, RecordedPart.FileName(number)), tracks, startedAt, time);
            _file.Append(fragment);
            Volatile.Write(ref _bytes, _file.Length);
        }
        catch
        {
            // Nothing may follow what is not there.
            _failed = true;
            throw;
        }
    }

    /// <summary>Completes the file.</summary>
    /// <returns>What is in it, or null when there is none.</returns>
    /// <exception cref="IOException">The disk is full or fails; the next start of the server tries again.</exception>
    public RecordedPart? Complete()
    {
        using (_file)
        {
            return _file is null ? null : new RecordedPart(number, offset, _file.Complete());
        }
    }

    /// <summary>Nothing more will be done.</summary>
    public void End() => _done.TrySetResult();
}
