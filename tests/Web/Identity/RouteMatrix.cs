using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Xunke.Tests.Web.Identity;

/// <summary>A row of routes.txt.</summary>
/// <param name="Method">The HTTP method, or HUB.</param>
/// <param name="Pattern">The route's pattern with its query, or the hub's method with its argument.</param>
/// <param name="Expected">What each caller gets.</param>
/// <param name="Body">What is sent; null: nothing.</param>
internal sealed partial record RouteRow(string Method, string Pattern, IReadOnlyList<string> Expected, string? Body)
{
    public const string Hub = "HUB";
    public const string School = "s01";
    public const string Room = "s01-604";

    private const int Callers = 5;

    /// <summary>What the row is about.</summary>
    public string Key => $"{Method} {(Method == Hub ? Pattern.Split('(')[0] : Pattern.Split('?')[0])}";

    /// <summary>The rows of the file.</summary>
    public static IReadOnlyList<RouteRow> ReadAll() =>
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "routes.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2 + Callers + 1, StringSplitOptions.RemoveEmptyEntries))
            .Select(words => new RouteRow(words[0], words[1], words[2..(2 + Callers)], words.Length > 2 + Callers ? words[^1].Trim() : null)),
    ];

    /// <summary>What the server's route is called in the file, once for each of its methods.</summary>
    public static IEnumerable<string> KeysOf(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            .Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}");

    /// <summary>The path with a room, a school and ids of nothing in it.</summary>
    public string PathFor(string room, string school) => Placeholder().Replace(Pattern, match => match.Groups[1].Value switch
    {
        "roomId" => room,
        "schoolId" => school,
        "number" => "1",
        "documentName" => "v1",
        var name when name.EndsWith("Id", StringComparison.Ordinal) && name != "sessionId" => Guid.Empty.ToString(),
        _ => "x",
    });

    [GeneratedRegex(@"\{\*?([A-Za-z]+)(?::[a-z]+)?\}")]
    private static partial Regex Placeholder();
}
