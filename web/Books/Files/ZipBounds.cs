using System.IO.Compression;

namespace Xunke.Web.Books.Files;

/// <summary>Refuses archives that unpack to far more than they look like.</summary>
internal static class ZipBounds
{
    /// <summary>Checks what an archive says of itself.</summary>
    /// <exception cref="FileRefusedException">It has too many parts, or they are too large.</exception>
    public static void Check(ZipArchive zip, FileLimits limits)
    {
        if (zip.Entries.Count > limits.Parts)
        {
            throw new FileRefusedException($"文件里部分太多，最多 {limits.Parts} 个 too many parts in the file: at most {limits.Parts}");
        }

        long total = 0;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            total += entry.Length;
            if (entry.Length > limits.UnpackedBytes || total > limits.UnpackedBytes)
            {
                throw TooLarge(limits);
            }
        }
    }

    /// <summary>Unpacks one part.</summary>
    /// <exception cref="FileRefusedException">It is longer than the limits allow.</exception>
    public static byte[] Unpack(ZipArchiveEntry entry, FileLimits limits)
    {
        using Stream packed = entry.Open();
        using var unpacked = new MemoryStream();
        byte[] buffer = new byte[81_920];
        for (int read; (read = packed.Read(buffer)) > 0;)
        {
            unpacked.Write(buffer, 0, read);
            if (unpacked.Length > limits.PartBytes)
            {
                throw TooLarge(limits);
            }
        }

        return unpacked.ToArray();
    }

    private static FileRefusedException TooLarge(FileLimits limits) =>
        new($"解压后太大，最多 {limits.UnpackedBytes / 1024 / 1024} MB the file is too large when it is unpacked: "
            + $"at most {limits.UnpackedBytes / 1024 / 1024} MB");
}
