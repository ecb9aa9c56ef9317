using System.Text;

namespace Xunke.Web.Books;

/// <summary>Text that was UTF-8, was taken for something else, and was saved so: "æ¹–æ»¨" for "湖滨".</summary>
internal static class Mojibake
{
    private const int FewestSigns = 6;

    /// <summary>Whether all of a text turns into other text when it is encoded back.</summary>
    public static bool IsDecodedTwice(string text)
    {
        string signs = string.Concat(text.Where(character => character > 0x7F));
        return signs.Length >= FewestSigns && (IsUtf8In(signs, "windows-1252") || IsUtf8In(signs, "gb18030"));
    }

    private static bool IsUtf8In(string signs, string encoding)
    {
        try
        {
            byte[] bytes = Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                .GetBytes(signs);
            return BookText.TryDecode(bytes, "utf-8") is not null;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
