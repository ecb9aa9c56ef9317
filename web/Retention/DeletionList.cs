using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Xunke.Web.Retention;

/// <summary>Something that goes: its id, and the SHA-256 of its content in lower-case hex.</summary>
internal sealed record Deletion(string Id, string Sha256)
{
    /// <summary>One of some content.</summary>
    public static Deletion Of(object id, ReadOnlySpan<byte> content) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{id}"), Convert.ToHexStringLower(SHA256.HashData(content)));
}

/// <summary>
/// What one run deletes of a kind: a text file with a line each, written to the disk before anything goes. The audit trail
/// has the file's SHA-256. A list that a crash left open is gone on with: nothing is in it twice, and nothing that stayed.
/// </summary>
internal sealed class DeletionList : IAsyncDisposable
{
    /// <summary>The largest portion, and so the most lines at the end of an open list that may not be true yet.</summary>
    public const int LargestPortion = 5000;

    private const string Open = ".part";
    private const string Closed = ".txt";
    private const string Stamp = "yyyyMMdd'T'HHmmssfff'Z'";

    private readonly FileStream _file;

    private DeletionList(FileStream file, DateTimeOffset limit, long count) => (_file, Limit, Count) = (file, limit, count);

    /// <summary>The list's file name once it is closed.</summary>
    public string Name => NameOf(FilePath);

    /// <summary>Its file.</summary>
    public string FilePath => _file.Name;

    /// <summary>What is older goes.</summary>
    public DateTimeOffset Limit { get; }

    /// <summary>Lines.</summary>
    public long Count { get; private set; }

    /// <summary>The open lists of a kind in a folder, oldest first: what a crash left.</summary>
    public static IReadOnlyList<string> FindLeft(string folder, string kind) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{kind}-before-*{Open}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>How an open list is called once it is closed.</summary>
    public static string NameOf(string path) => Path.GetFileNameWithoutExtension(path) + Closed;

    /// <summary>Begins a list.</summary>
    public static DeletionList Begin(string folder, string kind, DateTimeOffset limit)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string name = $"{kind}-before-{limit.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}{Open}";
        return new DeletionList(
            new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read), limit, 0);
    }

    /// <summary>Goes on with a list that a crash left open, without the lines of its last portion where that was not deleted.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="findLeft">Says which of some ids are still on record.</param>
    public static async Task<DeletionList> ResumeAsync(
        string path, Func<IReadOnlyList<string>, Task<IReadOnlySet<string>>> findLeft)
    {
        (long count, long end) = (0, 0);
        var last = new Queue<(long At, string Id)>();
        using (var reader = new StreamReader(path, Encoding.ASCII))
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Split(' ') is not [{ Length: > 0 } id, { Length: 64 }])
                {
                    break;
                }

                last.Enqueue((end, id));
                (count, end) = (count + 1, end + line.Length + 1);
                if (last.Count > LargestPortion)
                {
                    last.Dequeue();
                }
            }
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        // The last line may lack its end; then its portion was not deleted, for the whole of it is written first.
        (long At, string Id)[] ids = [.. last.Where(line => line.At < file.Length)];
        IReadOnlySet<string> left = await findLeft([.. ids.Select(line => line.Id)]);
        int firstLeft = Array.FindIndex(ids, line => left.Contains(line.Id));
        if (firstLeft >= 0)
        {
            (count, end) = (count - (ids.Length - firstLeft), ids[firstLeft].At);
        }

        file.SetLength(Math.Min(end, file.Length));
        file.Seek(0, SeekOrigin.End);
        string stamp = Path.GetFileNameWithoutExtension(path).Split('-')[^1];
        return new DeletionList(
            file,
            DateTimeOffset.ParseExact(
                stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            count);
    }

    /// <summary>Closes a list, or removes an empty one.</summary>
    public static void Close(string path, bool isEmpty)
    {
        if (isEmpty)
        {
            File.Delete(path);
        }
        else
        {
            File.Move(path, Path.ChangeExtension(path, Closed), overwrite: true);
        }
    }

    /// <summary>Adds lines and waits until they are on the disk.</summary>
    public async Task AddAsync(IReadOnlyCollection<Deletion> some)
    {
        var text = new StringBuilder();
        foreach (Deletion one in some)
        {
            text.Append(one.Id).Append(' ').Append(one.Sha256).Append('\n');
        }

        await _file.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()));
        _file.Flush(flushToDisk: true);
        Count += some.Count;
    }

    /// <summary>The SHA-256 of the whole file, in lower-case hex.</summary>
    public async Task<string> DigestAsync(CancellationToken cancellationToken)
    {
        _file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(_file, cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
