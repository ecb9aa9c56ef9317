using Microsoft.Win32.SafeHandles;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>
/// One Matroska file on the disk: the header, one cluster a fragment, and at the end the index. Until then it can be
/// played, but not be sought in quickly, and <see cref="RecordingRepair"/> completes what a crash left.
/// </summary>
/// <remarks>
/// Every fragment goes to the operating system in one write, so that the end of the process costs only what is still in
/// memory. A power cut costs what the disk was not yet made to keep: that is done every <see cref="SyncInterval"/>.
/// </remarks>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>How much a power cut may cost.</summary>
    public static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(10);

    private readonly SafeFileHandle _handle;
    private readonly MatroskaLayout _layout;
    private readonly FileIndex _index = new();
    private readonly TimeProvider _time;
    private long _syncedAt;

    private RecordingFile(SafeFileHandle handle, MatroskaLayout layout, TimeProvider time)
    {
        _handle = handle;
        _layout = layout;
        _time = time;
        _syncedAt = time.GetTimestamp();
    }

    /// <summary>Bytes on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where, in a folder that is there; nothing has this name yet.</param>
    /// <param name="startedAt">The time of day of its time 0.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static RecordingFile Create(string path, RecordedTracks tracks, DateTimeOffset startedAt, TimeProvider time)
    {
        using var header = new EbmlBuffer(4096);
        MatroskaHeader.Write(header, tracks, startedAt);
        var layout = MatroskaLayout.Read(header.Written);
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        var file = new RecordingFile(handle, layout, time);
        file.Append(header.Memory.Span);
        return file;
    }

    /// <summary>Adds a fragment.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Append(Fragment fragment)
    {
        var position = Length - _layout.SegmentStart;
        Append(fragment.Complete().Span);
        _index.Add(fragment.Time, fragment.End, fragment.StartsWithKey, position);
        if (_time.GetElapsedTime(_syncedAt) >= SyncInterval)
        {
            RandomAccess.FlushToDisk(_handle);
            _syncedAt = _time.GetTimestamp();
        }
    }

    /// <summary>Completes the file.</summary>
    /// <returns>What is in it.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public RecordedFile Complete()
    {
        Length = RecordingSeal.Apply(_handle, _layout, _index, Length);
        return RecordedFile.Of(_layout, _index, Length);
    }

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();

    private void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, Length);
        Length += bytes.Length;
    }
}
