using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Xunke.Web.Identity;

/// <summary>
/// What a link carries that stands for itself, such as an invitation. Only its digest is kept: whoever reads the database cannot use it.
/// </summary>
internal static class LinkToken
{
    private const int Bytes = 32;

    /// <summary>Makes one that nobody can guess.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 of it, in hex.</summary>
    public static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
