using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Xunke.Actors.Lessons;

/// <summary>What was found in a spool.</summary>
/// <param name="Head">Which lesson.</param>
/// <param name="To">When the class was last there.</param>
/// <param name="Samples">What was seen, as a tape has it before it is compressed.</param>
/// <param name="Traces">What was heard, in order.</param>
/// <param name="Spool">Goes on behind it.</param>
internal sealed record SpooledLesson(LessonHead Head, DateTimeOffset To, byte[] Samples, IReadOnlyList<byte[]> Traces, LessonSpool Spool);

/// <summary>
/// A file to which a lesson is written while it lasts, at its end only. What was written outlives the process, however that ends; it is
/// not forced to the disk, so that a power cut costs what the system had not written yet (Linux: up to 30 s). Thread-safe.
/// </summary>
internal sealed class LessonSpool
{
    /// <summary>Some times what a lesson of a day takes.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private const byte BeginFrame = 1;
    private const byte SeenFrame = 2;
    private const byte HeardFrame = 3;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly LessonHead _head;
    private SafeFileHandle? _file;
    private long _length;
    private int _seen;
    private int _heard;
    private bool _closed;

    /// <summary>A spool that has no file yet.</summary>
    public LessonSpool(string path, LessonHead head) => (_path, _head) = (path, head);

    /// <summary>Reads a spool up to where it was torn or damaged. What is behind will be overwritten.</summary>
    /// <returns>Null where not even its beginning can be read.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SpooledLesson? Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        var length = bytes.Length;
        if (!SpoolFrame.TryRead(bytes, out var kind, out var content) || kind != BeginFrame
            || JsonSerializer.Deserialize<LessonHead>(content) is not { } head)
        {
            return null;
        }

        var to = head.From;
        using var samples = new MemoryStream();
        var traces = new List<byte[]>();
        for (bytes = Rest(bytes, content); SpoolFrame.TryRead(bytes, out kind, out content); bytes = Rest(bytes, content))
        {
            if (kind == SeenFrame && content.Length >= sizeof(long))
            {
                to = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content), TimeSpan.Zero);
                samples.Write(content[sizeof(long)..]);
            }
            else if (kind == HeardFrame)
            {
                traces.Add(content.ToArray());
            }
        }

        var spool = new LessonSpool(path, head) { _length = length - bytes.Length, _seen = (int)samples.Length };
        return new SpooledLesson(head, to, samples.ToArray(), traces, spool);

        static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> all, ReadOnlySpan<byte> first) => all[(SpoolFrame.HeadLength + first.Length)..];
    }

    /// <summary>What was heard goes on behind this chunk; said once, before anything is written.</summary>
    public void HeardUpTo(int chunk) => _heard = chunk;

    /// <summary>How many bytes of the lesson's tape are written: none where somebody has deleted or cut the file.</summary>
    public int Seen
    {
        get
        {
            lock (_gate)
            {
                return _length > 0 && IsCut ? 0 : _seen;
            }
        }
    }

    private bool IsCut => !File.Exists(_path) || new FileInfo(_path).Length < _length;

    /// <summary>Writes what is new. What cannot be written is written by a later call.</summary>
    /// <param name="seen">What was seen behind <paramref name="from"/>.</param>
    /// <param name="from">Where on the tape that begins. Where the file was lost meanwhile it is too late, and a later call writes
    /// all.</param>
    /// <param name="to">When the class was last there.</param>
    /// <param name="ears">Who listens.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(byte[] seen, int from, DateTimeOffset to, LessonEars ears)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (_file is null || !File.Exists(_path))
            {
                Open();
            }

            if (seen.Length > 0 && from == _seen)
            {
                Append(SeenFrame, [.. BitConverter.GetBytes(to.UtcTicks), .. seen]);
                _seen += seen.Length;
            }

            if (ears.Trace(_heard) is ({ Length: > 0 } trace, var end))
            {
                Append(HeardFrame, trace);
                _heard = end;
            }
        }
    }

    /// <summary>Writes nothing more.</summary>
    /// <param name="delete">Whether what was written is no longer needed.</param>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Close(bool delete)
    {
        lock (_gate)
        {
            _closed = true;
            _file?.Dispose();
            _file = null;
            if (delete)
            {
                File.Delete(_path);
            }
        }
    }

    /// <summary>
    /// Opens the file where it ended. If it is no longer what was written, somebody has deleted or cut it, and all is written again.
    /// </summary>
    private void Open()
    {
        _file?.Dispose();
        _file = null;
        var file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        try
        {
            File.SetUnixFileMode(file, OwnerOnly);
            (_length, _seen, _heard) = RandomAccess.GetLength(file) < _length ? (0, 0, 0) : (_length, _seen, _heard);
            RandomAccess.SetLength(file, _length);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file = file;
        if (_length == 0)
        {
            Append(BeginFrame, JsonSerializer.SerializeToUtf8Bytes(_head));
        }
    }

    /// <summary>A frame that was written in part is overwritten by the next try, because the length is counted only afterwards.</summary>
    private void Append(byte kind, ReadOnlySpan<byte> content)
    {
        var frame = SpoolFrame.Make(kind, content);
        if (_length + frame.Length > Longest)
        {
            throw new IOException($"The spool {_path} has reached its greatest length.");
        }

        RandomAccess.Write(_file!, frame, _length);
        _length += frame.Length;
    }
}
