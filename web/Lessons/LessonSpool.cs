using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Xunke.Web.Lessons;

/// <summary>What a spool begins with: which lesson it is of.</summary>
internal sealed record SpoolHead(Guid Id, string RoomId, string SchoolId, int Enrolled, DateTimeOffset From, DateTimeOffset Limit);

/// <summary>What was found in a spool.</summary>
/// <param name="Head">Which lesson.</param>
/// <param name="To">When the class was last there.</param>
/// <param name="Samples">What was seen, as a tape has it before it is compressed.</param>
/// <param name="Traces">What was heard, in order.</param>
/// <param name="Spool">Goes on behind it.</param>
internal sealed record SpooledLesson(SpoolHead Head, DateTimeOffset To, byte[] Samples, IReadOnlyList<byte[]> Traces, LessonSpool Spool);

/// <summary>
/// A file to which a lesson is written while it lasts, at its end only. What was written outlives the process, however that ends; it is
/// not forced to the disk, so that a power cut costs what the system had not written yet (Linux: up to 30 s). Thread-safe.
/// </summary>
internal sealed class LessonSpool
{
    /// <summary>Some times what a lesson of a day takes.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private const byte Begin = 1;
    private const byte Seen = 2;
    private const byte Heard = 3;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SpoolHead _head;
    private SafeFileHandle? _file;
    private long _length;
    private int _seen;
    private int _heard;
    private bool _closed;

    /// <summary>A spool that has no file yet.</summary>
    public LessonSpool(string path, SpoolHead head) => (_path, _head) = (path, head);

    /// <summary>Reads a spool up to where it was torn or damaged. What is behind will be overwritten.</summary>
    /// <returns>Null where not even its beginning can be read.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SpooledLesson? Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        int length = bytes.Length;
        if (!SpoolFrame.TryRead(bytes, out byte kind, out ReadOnlySpan<byte> content) || kind != Begin
            || JsonSerializer.Deserialize<SpoolHead>(content) is not { } head)
        {
            return null;
        }

        DateTimeOffset to = head.From;
        using var samples = new MemoryStream();
        var traces = new List<byte[]>();
        for (bytes = Rest(bytes, content); SpoolFrame.TryRead(bytes, out kind, out content); bytes = Rest(bytes, content))
        {
            if (kind == Seen && content.Length >= sizeof(long))
            {
                to = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content), TimeSpan.Zero);
                samples.Write(content[sizeof(long)..]);
            }
            else if (kind == Heard)
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

    /// <summary>Writes what is new. What cannot be written is written by a later call.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(RoomLessons room, LessonInHand lesson)
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

            (byte[] samples, DateTimeOffset to) = room.SamplesFrom(lesson, _seen);
            if (samples.Length > 0)
            {
                Append(Seen, [.. BitConverter.GetBytes(to.UtcTicks), .. samples]);
                _seen += samples.Length;
            }

            if (lesson.Ears?.Trace(_heard) is ({ Length: > 0 } trace, var end))
            {
                Append(Heard, trace);
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

    /// <summary>Opens the file where it ended. If it is no longer what was written, somebody has deleted or cut it, and all is written again.</summary>
    private void Open()
    {
        _file?.Dispose();
        _file = null;
        SafeFileHandle file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
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
            Append(Begin, JsonSerializer.SerializeToUtf8Bytes(_head));
        }
    }

    /// <summary>A frame that was written in part is overwritten by the next try, because the length is counted only afterwards.</summary>
    private void Append(byte kind, ReadOnlySpan<byte> content)
    {
        byte[] frame = SpoolFrame.Make(kind, content);
        if (_length + frame.Length > Longest)
        {
            throw new IOException($"The spool {_path} has reached its greatest length.");
        }

        RandomAccess.Write(_file!, frame, _length);
        _length += frame.Length;
    }
}
