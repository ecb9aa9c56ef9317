using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Xunke.Tests.Web.Identity;

/// <summary>A row of routes.txt.</summary>
/// <param name="Method">The HTTP method, HUB, or GROUP; of media, whose visit it is about and the HTTP method.</param>
/// <param name="Pattern">The route's pattern with its query, the hub's method with its arguments, or the hub's topic with its
/// scope.</param>
/// <param name="Expected">What each caller gets.</param>
/// <param name="Body">What is sent; null: nothing.</param>
internal sealed partial record RouteRow(string Method, string Pattern, IReadOnlyList<string> Expected, string? Body)
{
    public const string Hub = "HUB";
    public const string Group = "GROUP";
    public const string School = "s01";
    public const string Room = "s01-604";

    /// <summary>Who asks, in the order of the columns; null: nobody is signed in.</summary>
    public static readonly string?[] Callers =
    [
        null, "inspector", "principal", "principal2", "administrator", "schoolAdministrator", "schoolAdministrator2", "researcher",
        "teacher", "coordinator", "auditor", "limited", "limited2", "machine", "machine2",
    ];

    /// <summary>What the row is about.</summary>
    public string Key => $"{Method} {(IsOfHub ? Pattern.Split('(')[0] : Query().Replace(Pattern, string.Empty))}";

    /// <summary>Whether it is asked for over the hub.</summary>
    public bool IsOfHub => Method is Hub or Group;

    /// <summary>The hub's method and its arguments.</summary>
    public (string Method, string[] Arguments) Call
    {
        get
        {
            string[] parts = Pattern.TrimEnd(')').Split('(', ',');
            return Method == Group ? ("Follow", [parts[0], parts.ElementAtOrDefault(1) ?? string.Empty]) : (parts[0], parts[1..]);
        }
    }

    /// <summary>The rows about routes and the hub.</summary>
    public static IReadOnlyList<RouteRow> ReadAll() => [.. ReadFile().Where(row => !row.Method.Contains(':', StringComparison.Ordinal))];

    /// <summary>The rows about media sessions.</summary>
    public static IReadOnlyList<RouteRow> ReadMedia() => [.. ReadFile().Where(row => row.Method.Contains(':', StringComparison.Ordinal))];

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
        "date" => "2026-09-01",
        "documentName" => "v1",
        var name when name.EndsWith("Id", StringComparison.Ordinal) && name != "sessionId" => Guid.Empty.ToString(),
        _ => "x",
    });

    private static IEnumerable<RouteRow> ReadFile() =>
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "routes.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2 + Callers.Length + 1, StringSplitOptions.RemoveEmptyEntries))
            .Select(
                words => new RouteRow(
                    words[0], words[1], words[2..(2 + Callers.Length)], words.Length > 2 + Callers.Length ? words[^1].Trim() : null)),
    ];

    [GeneratedRegex(@"\{\*?([A-Za-z]+)(?::[a-z]+|\?)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\?[^}].*$")]
    private static partial Regex Query();
}
