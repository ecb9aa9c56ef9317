using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>One challenge of a 401 (RFC 7235 2.1): its scheme and its parameters, unquoted. Every character is a byte as it came.</summary>
/// <param name="Scheme">Such as Digest.</param>
/// <param name="Parameters">By name, which compares without case.</param>
internal sealed record RtspChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    private const string Blank = " \t";

    /// <summary>A parameter's value; empty when it has none.</summary>
    public string this[string name] => Parameters.GetValueOrDefault(name, "");

    /// <summary>Reads the challenges of one header, of which cameras put several into one line.</summary>
    public static IEnumerable<RtspChallenge> Parse(string header)
    {
        string? scheme = null;
        var parameters = New();
        for (var at = 0; at < header.Length;)
        {
            at = SkipAny(header, at, Blank + ",");
            var end = header.AsSpan(at).IndexOfAny(" \t,=");
            end = end < 0 ? header.Length : at + end;
            var word = header[at..end];
            var next = SkipAny(header, end, Blank);
            if (next < header.Length && header[next] == '=' && scheme is not null)
            {
                parameters.TryAdd(word, ReadValue(header, SkipAny(header, next + 1, Blank), out at));
                continue;
            }

            if (scheme is not null && word.Length > 0)
            {
                yield return new RtspChallenge(scheme, parameters);
                parameters = New();
            }

            scheme = word.Length > 0 ? word : scheme;
            at = next < header.Length && header[next] == '=' ? next + 1 : next;
        }

        if (scheme is not null)
        {
            yield return new RtspChallenge(scheme, parameters);
        }
    }

    /// <summary>Reads parameters that follow no scheme, as in Authentication-Info (RFC 7616 3.5).</summary>
    public static RtspChallenge ParseParameters(string header) => Parse("Digest " + header).First();

    private static Dictionary<string, string> New() => new(StringComparer.OrdinalIgnoreCase);

    // A quoted value may hold commas. One without quotes ends at a comma, or at a blank before the next name.
    private static string ReadValue(string header, int at, out int end)
    {
        if (at >= header.Length || header[at] != '"')
        {
            var comma = header.IndexOf(',', at);
            end = comma < 0 ? header.Length : comma;
            for (var blank = header.IndexOf(' ', at, end - at); blank >= 0; blank = header.IndexOf(' ', blank + 1, end - blank - 1))
            {
                var name = header[(blank + 1)..end];
                var equals = name.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0 && name[..equals].All(char.IsAsciiLetter))
                {
                    end = blank;
                    break;
                }
            }

            return header[at..end].Trim(' ', '\t');
        }

        var value = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            at += header[at] == '\\' && at + 1 < header.Length ? 1 : 0;
            value.Append(header[at]);
        }

        end = Math.Min(at + 1, header.Length);
        return value.ToString();
    }

    private static int SkipAny(string text, int at, string letters)
    {
        while (at < text.Length && letters.Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at;
    }
}
