using System.IO.Compression;
using System.Text;

namespace Xunke.Web.Books.Files;

/// <summary>The files of a OneRoster set: in a zip, or one by one.</summary>
internal static class OneRosterFiles
{
    /// <summary>Those that are read.</summary>
    public static readonly string[] Names =
    [
        "manifest.csv", "orgs.csv", "academicSessions.csv", "courses.csv", "classes.csv", "users.csv", "roles.csv", "enrollments.csv",
    ];

    /// <summary>Whether a zip holds such a set.</summary>
    public static bool IsIn(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return zip.Entries.Any(entry => entry.Name is "manifest.csv" or "orgs.csv" or "users.csv");
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Whether a file has the headers of such a set.</summary>
    public static bool IsOne(byte[] content)
    {
        string beginning = Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 400)))
            .Replace("\0", string.Empty, StringComparison.Ordinal);
        return beginning.Contains("sourcedId", StringComparison.Ordinal) || beginning.Contains("propertyName", StringComparison.Ordinal);
    }

    /// <summary>Unpacks a set.</summary>
    /// <exception cref="FileRefusedException">It is no archive, too large, or has a file twice.</exception>
    public static Dictionary<string, byte[]> Unpack(byte[] content, FileLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            ZipBounds.Check(zip, limits);
            var files = new Dictionary<string, byte[]>();
            foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => Names.Contains(entry.Name)))
            {
                if (!files.TryAdd(entry.Name, ZipBounds.Unpack(entry, limits)))
                {
                    throw new FileRefusedException($"压缩包里有两个 {entry.Name} the archive has two of {entry.Name}");
                }
            }

            return files;
        }
        catch (InvalidDataException fault)
        {
            throw new FileRefusedException("压缩包不完整或已损坏 the archive is incomplete or damaged", fault);
        }
    }
}
