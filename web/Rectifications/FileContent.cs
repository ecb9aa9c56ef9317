using System.IO.Compression;
using System.Text;
using Xunke.Actors.Rectifications;
using Xunke.Web.Documents;
using Xunke.Web.Text;

namespace Xunke.Web.Rectifications;

/// <summary>What a file is by its content, whatever it is called, and a name for it that does no harm.</summary>
internal static class FileContent
{
    private const int MostEntries = 5_000;
    private const string ForbiddenSigns = "<>:\"|?*";

    private static readonly (RectificationFileKind Kind, byte[] Begins)[] Beginnings =
    [
        (RectificationFileKind.Jpg, [0xFF, 0xD8, 0xFF]),
        (RectificationFileKind.Png, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        (RectificationFileKind.Pdf, [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-']),
        (RectificationFileKind.Docx, [(byte)'P', (byte)'K', 3, 4]),
        (RectificationFileKind.Doc, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    ];

    // A compound file of Word has this stream; other ones, such as installers and workbooks, have not.
    private static readonly byte[] WordStream = Encoding.Unicode.GetBytes("WordDocument");

    /// <summary>The kind; null: none that is taken.</summary>
    public static RectificationFileKind? KindOf(Stream content)
    {
        byte[] head = new byte[8];
        int length = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Position = 0;
        foreach ((RectificationFileKind kind, byte[] begins) in Beginnings)
        {
            if (head.AsSpan(0, length).StartsWith(begins))
            {
                bool isWhole = kind switch
                {
                    RectificationFileKind.Docx => IsDocx(content),
                    RectificationFileKind.Doc => Contains(content, WordStream),
                    _ => true,
                };
                return isWhole ? kind : null;
            }
        }

        return null;
    }

    /// <summary>The ending and the type that a kind is sent with.</summary>
    public static (string Ending, string Type) Of(RectificationFileKind kind) => kind switch
    {
        RectificationFileKind.Jpg => (".jpg", "image/jpeg"),
        RectificationFileKind.Png => (".png", "image/png"),
        RectificationFileKind.Pdf => (".pdf", "application/pdf"),
        RectificationFileKind.Docx => (".docx", WordTemplate.ContentType),
        _ => (".doc", "application/msword"),
    };

    /// <summary>A name without directories, unseen characters and signs that a system forbids, with the ending of its kind.</summary>
    public static string CleanName(string? name, RectificationFileKind kind)
    {
        string last = (name ?? string.Empty).Split('/', '\\')[^1];
        string plain = PlainText.Tidy(string.Concat(last.EnumerateRunes()
            .Where(rune => !Rune.IsControl(rune) && PlainText.FindHidden(rune.ToString()) is null
                && !(rune.IsBmp && ForbiddenSigns.Contains((char)rune.Value)))
            .Select(rune => rune.ToString())));
        string ending = Of(kind).Ending;
        string stem = plain.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? plain[..^ending.Length]
            : kind is RectificationFileKind.Jpg && plain.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase) ? plain[..^5] : plain;
        stem = stem.Trim('.', ' ');
        int longest = RectificationFile.LongestName - ending.Length;
        if (stem.Length > longest)
        {
            stem = stem[..(char.IsHighSurrogate(stem[longest - 1]) ? longest - 1 : longest)];
        }

        return (stem.Length == 0 ? "附件" : stem) + ending;
    }

    // Only the names are read, so that nothing is unpacked.
    private static bool IsDocx(Stream content)
    {
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Count <= MostEntries
                && zip.GetEntry("[Content_Types].xml") is not null && zip.GetEntry("word/document.xml") is not null
                && !zip.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static bool Contains(Stream content, byte[] sought)
    {
        byte[] all = new byte[content.Length];
        content.ReadExactly(all);
        return all.AsSpan().IndexOf(sought) >= 0;
    }
}
