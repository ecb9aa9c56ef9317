namespace Xunke.Tests.Web.Identity;

internal static class GuardedAnswers
{
    private static readonly string[] Names =
    [
        "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
    ];

    /// <summary>Checks that the answer has every security header, once.</summary>
    public static void ShouldBeGuarded(this HttpResponseMessage answer, string what)
    {
        foreach (string name in Names)
        {
            answer.Headers.TryGetValues(name, out IEnumerable<string>? values).ShouldBeTrue($"{name} {what}");
            values!.ShouldHaveSingleItem(what);
        }
    }
}
