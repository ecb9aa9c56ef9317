using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Answers a camera's challenge: Digest (RFC 7616, and RFC 2069 where the camera knows no qop), or Basic (RFC 7617)
/// where it offers nothing better.
/// </summary>
internal sealed class RtspAuthentication(string userName, string password)
{
    private Dictionary<string, string> _challenge = [];
    private bool _digest;
    private bool _challenged;
    private int _uses;

    /// <summary>Learns the challenge of a response with status 401.</summary>
    /// <returns>False when it holds none that can be answered.</returns>
    public bool TryLearn(RtspMessage response)
    {
        _challenged = false;
        foreach (var header in response.All("WWW-Authenticate"))
        {
            var space = header.IndexOf(' ', StringComparison.Ordinal);
            var scheme = space < 0 ? header : header[..space];
            var parameters = Parameters(space < 0 ? "" : header[(space + 1)..]);
            if (scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase) && HashName(parameters) is not null)
            {
                (_challenge, _digest, _challenged, _uses) = (parameters, true, true, 0);
                return true;
            }

            if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            {
                (_challenge, _digest, _challenged) = (parameters, false, true);
            }
        }

        return _challenged;
    }

    /// <summary>The Authorization header for a request; null before the first challenge.</summary>
    public string? Authorize(string method, string uri)
    {
        if (!_challenged)
        {
            return null;
        }

        return _digest
            ? Digest(method, uri)
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"));
    }

    private string Digest(string method, string uri)
    {
        var realm = _challenge.GetValueOrDefault("realm", "");
        var nonce = _challenge.GetValueOrDefault("nonce", "");
        var algorithm = HashName(_challenge)!.Value;
        var secret = Hash(algorithm, $"{userName}:{realm}:{password}");
        var request = Hash(algorithm, $"{method}:{uri}");
        var text = new StringBuilder("Digest ")
            .Append(CultureInfo.InvariantCulture, $"username=\"{Quoted(userName)}\", realm=\"{Quoted(realm)}\", nonce=\"{Quoted(nonce)}\", uri=\"{uri}\"");
        if (_challenge.GetValueOrDefault("qop", "").Split(',').Any(word => word.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase)))
        {
            var count = (++_uses).ToString("x8", CultureInfo.InvariantCulture);
            var clientNonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            text.Append(CultureInfo.InvariantCulture, $", qop=auth, nc={count}, cnonce=\"{clientNonce}\"")
                .Append(CultureInfo.InvariantCulture, $", response=\"{Hash(algorithm, $"{secret}:{nonce}:{count}:{clientNonce}:auth:{request}")}\"");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $", response=\"{Hash(algorithm, $"{secret}:{nonce}:{request}")}\"");
        }

        foreach (var name in (ReadOnlySpan<string>)["algorithm", "opaque"])
        {
            if (_challenge.TryGetValue(name, out var value))
            {
                text.Append(CultureInfo.InvariantCulture, $", {name}={(name == "opaque" ? $"\"{Quoted(value)}\"" : value)}");
            }
        }

        return text.ToString();
    }

    private static HashAlgorithmName? HashName(Dictionary<string, string> challenge) =>
        challenge.GetValueOrDefault("algorithm", "MD5").ToUpperInvariant() switch
        {
            "MD5" => HashAlgorithmName.MD5,
            "SHA-256" => HashAlgorithmName.SHA256,
            _ => null,
        };

    private static string Hash(HashAlgorithmName algorithm, string text) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, Encoding.UTF8.GetBytes(text)));

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // RFC 7235 2.1: name=token or name="quoted", separated by commas, which quoted values may hold as well.
    private static Dictionary<string, string> Parameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var name = text[at..equals].Trim(' ', ',');
            var value = new StringBuilder();
            at = equals + 1;
            if (at < text.Length && text[at] == '"')
            {
                for (at++; at < text.Length && text[at] != '"'; at++)
                {
                    at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
                    value.Append(text[at]);
                }

                at++;
            }
            else
            {
                for (; at < text.Length && text[at] != ','; at++)
                {
                    value.Append(text[at]);
                }
            }

            parameters.TryAdd(name, value.ToString().Trim());
        }

        return parameters;
    }
}
