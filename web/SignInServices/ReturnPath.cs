using Microsoft.AspNetCore.WebUtilities;

namespace Xunke.Web.SignInServices;

/// <summary>The page that a sign-in leads back to.</summary>
internal static class ReturnPath
{
    /// <summary>The page to sign in at.</summary>
    public const string SignInPage = "/login";

    private const int Longest = 1000;

    /// <summary>Whether it is a page of this server: whoever makes the link must not choose another site.</summary>
    public static bool IsOwn(string path) =>
        path.Length is > 0 and <= Longest && path[0] == '/' && path.All(letter => letter is > ' ' and < '\x7f' and not '\\' and not '#')
        && !path.StartsWith("//", StringComparison.Ordinal);

    /// <summary>The page with what it is to be told.</summary>
    public static string With(string? path, params IEnumerable<(string Name, string? Value)> words) => QueryHelpers.AddQueryString(
        path is not null && IsOwn(path) ? path : SignInPage,
        words.Select(word => KeyValuePair.Create(word.Name, word.Value)));
}
