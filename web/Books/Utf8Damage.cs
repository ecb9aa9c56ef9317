using System.Buffers;
using System.Text;

namespace Xunke.Web.Books;

/// <summary>Tells damaged UTF-8 from other encodings.</summary>
internal static class Utf8Damage
{
    /// <summary>The line of the first bytes that are not UTF-8, where nearly all of the others are; null otherwise.</summary>
    public static int? FirstBrokenLine(ReadOnlySpan<byte> content)
    {
        int whole = 0, broken = 0, line = 1, brokenLine = 0;
        while (!content.IsEmpty)
        {
            bool read = Rune.DecodeFromUtf8(content, out Rune rune, out int length) == OperationStatus.Done;
            whole += read && length > 1 ? 1 : 0;
            broken += read ? 0 : 1;
            brokenLine = !read && brokenLine == 0 ? line : brokenLine;
            line += read && rune.Value == '\n' ? 1 : 0;
            content = content[length..];
        }

        return broken > 0 && whole >= 4 * broken ? brokenLine : null;
    }
}
