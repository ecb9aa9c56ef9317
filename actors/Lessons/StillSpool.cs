using System.Buffers.Binary;
using Xunke.Analytics.Stills;

namespace Xunke.Actors.Lessons;

/// <summary>
/// A file to which the stills of a lesson are written while it lasts. It is bounded: when it has <see cref="Most"/> stills, or
/// <see cref="MostBytes"/> bytes, every second one goes and they come half as often from then on, so that those that are left are
/// of the whole lesson. What was torn by a crash is cut off. Thread-safe.
/// </summary>
/// <param name="path">The file; it is made when it is needed.</param>
internal sealed class StillSpool(string path)
{
    /// <summary>Most stills of a lesson at once: an hour at one every 15 s.</summary>
    public const int Most = 240;

    /// <summary>Most bytes of a lesson's stills at once.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const byte StillFrame = 1;
    private const string Half = ".half";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private long _length = -1;
    private int _count;
    private bool _closed;
    private volatile int _spacing = 1;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>How many times rarer than usual stills are to come.</summary>
    public int Spacing => _spacing;

    /// <summary>Reads a file up to where it was torn or damaged.</summary>
    /// <returns>The stills in order; none where there is no file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<Still> Read(string path) => Read(path, out _);

    /// <summary>Writes a still at the end; after <see cref="Close"/> it is not wanted any more.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Keep(Still still)
    {
        var frame = Frame(still);
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (_length < 0 || !File.Exists(path) || new FileInfo(path).Length < _length)
            {
                _count = Read(path, out _length).Count;
            }

            while (_count > 0 && (_count >= Most || _length + frame.Length > MostBytes))
            {
                Thin();
            }

            using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            File.SetUnixFileMode(file, OwnerOnly);
            RandomAccess.SetLength(file, _length);
            RandomAccess.Write(file, frame, _length);
            _length += frame.Length;
            _count++;
        }
    }

    /// <summary>Writes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    private static IReadOnlyList<Still> Read(string path, out long length)
    {
        var stills = new List<Still>();
        length = 0;
        ReadOnlySpan<byte> bytes = File.Exists(path) ? Content(path) : [];
        while (SpoolFrame.TryRead(bytes[(int)length..], out var kind, out var content)
            && kind == StillFrame && content.Length > sizeof(long))
        {
            var at = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content), TimeSpan.Zero);
            stills.Add(new Still(at, content[sizeof(long)..].ToArray()));
            length += SpoolFrame.HeadLength + content.Length;
        }

        return stills;
    }

    /// <summary>No more than a spool may have, whatever was put in its place.</summary>
    private static byte[] Content(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(file.Length, MostBytes)];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static byte[] Frame(Still still) =>
        SpoolFrame.Make(StillFrame, [.. BitConverter.GetBytes(still.At.UtcTicks), .. still.Jpeg.Span]);

    /// <summary>The half is whole on the disk before it takes the place of all.</summary>
    private void Thin()
    {
        byte[] half = [.. Read(path).Where((_, index) => index % 2 == 1).SelectMany(Frame)];
        var other = path + Half;
        File.Delete(other);
        using (var file = File.OpenHandle(other, FileMode.CreateNew, FileAccess.Write))
        {
            File.SetUnixFileMode(file, OwnerOnly);
            RandomAccess.Write(file, half, 0);
        }

        File.Move(other, path, overwrite: true);
        (_length, _count) = (half.Length, _count / 2);
        _spacing *= 2;
    }
}
