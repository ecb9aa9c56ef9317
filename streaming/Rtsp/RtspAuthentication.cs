using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Answers a camera's challenge: Digest (RFC 7616, and RFC 2069 where the camera knows no qop), or Basic (RFC 7617)
/// where it offers nothing better. What the camera sent is hashed and sent back byte by byte as it came; user and
/// password are UTF-8. All members may be called from any thread.
/// </summary>
internal sealed class RtspAuthentication
{
    private const string Auth = "auth";
    private const string AuthInt = "auth-int";

    private readonly Lock _gate = new();
    private readonly string _userName;
    private readonly string _password;
    private RtspChallenge? _challenge;
    private string _qop = "";
    private bool _answered;
    private bool _accepted;
    private int _uses;

    /// <summary>Answers for one user.</summary>
    public RtspAuthentication(string userName, string password) => (_userName, _password) = (Wire(userName), Wire(password));

    /// <summary>Learns the challenge of a response with status 401.</summary>
    /// <returns>
    /// Whether asking again may help. After a wrong answer it does not, but a nonce may have grown old: the camera says
    /// so, or it took the same user and password before.
    /// </returns>
    public bool TryLearn(RtspMessage response)
    {
        lock (_gate)
        {
            var challenges = response.All("WWW-Authenticate").SelectMany(RtspChallenge.Parse).ToList();
            var digest = challenges.Find(challenge => Is(challenge, "Digest") && HashName(challenge) is not null);
            var next = digest ?? challenges.Find(challenge => Is(challenge, "Basic"));
            var qops = digest is null ? [] : Words(digest["qop"]);

            // FFmpeg knows no auth-int and leaves the quality out, which most cameras take; those that do not are given it then.
            var firstQop = qops.Contains(Auth) ? Auth : "";
            var moreQop = _answered && _qop.Length == 0 && firstQop.Length == 0 && qops.Contains(AuthInt);
            var mayHelp = next is not null && (!_answered || _accepted || moreQop || Words(next["stale"]).Contains("true"));
            (_challenge, _qop, _uses) = (next, moreQop ? AuthInt : _qop == AuthInt && qops.Contains(AuthInt) ? AuthInt : firstQop, 0);
            (_answered, _accepted) = (false, false);
            return mayHelp;
        }
    }

    /// <summary>The camera has taken a request: it also took what was said of the user.</summary>
    public void Accepted(RtspMessage response)
    {
        lock (_gate)
        {
            _accepted = _answered;
            if (_challenge is not null && response["Authentication-Info"] is { } info
                && RtspChallenge.ParseParameters(info)["nextnonce"] is { Length: > 0 } nonce)
            {
                _challenge = _challenge with
                {
                    Parameters = new Dictionary<string, string>(_challenge.Parameters, StringComparer.OrdinalIgnoreCase)
                    {
                        ["nonce"] = nonce,
                    },
                };
                _uses = 0;
            }
        }
    }

    /// <summary>The Authorization header for a request without a body; null before the first challenge.</summary>
    public string? Authorize(string method, string uri)
    {
        lock (_gate)
        {
            if (_challenge is null)
            {
                return null;
            }

            _answered = true;
            return Is(_challenge, "Basic")
                ? "Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes($"{_userName}:{_password}"))
                : Digest(_challenge, method, uri);
        }
    }

    private string Digest(RtspChallenge challenge, string method, string uri)
    {
        var (realm, nonce) = (challenge["realm"], challenge["nonce"]);
        var algorithm = HashName(challenge)!.Value;
        var clientNonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var secret = Hash(algorithm, $"{_userName}:{realm}:{_password}");
        var isSession = challenge["algorithm"].EndsWith("-sess", StringComparison.OrdinalIgnoreCase);
        if (isSession)
        {
            secret = Hash(algorithm, $"{secret}:{nonce}:{clientNonce}");
        }

        var request = Hash(algorithm, _qop == AuthInt ? $"{method}:{uri}:{Hash(algorithm, "")}" : $"{method}:{uri}");
        var text = new StringBuilder("Digest ")
            .Append(CultureInfo.InvariantCulture,
                $"username=\"{Quoted(_userName)}\", realm=\"{Quoted(realm)}\", nonce=\"{Quoted(nonce)}\", uri=\"{uri}\"");
        if (_qop.Length > 0)
        {
            var count = (++_uses).ToString("x8", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $", qop={_qop}, nc={count}, cnonce=\"{clientNonce}\"")
                .Append(CultureInfo.InvariantCulture,
                    $", response=\"{Hash(algorithm, $"{secret}:{nonce}:{count}:{clientNonce}:{_qop}:{request}")}\"");
        }
        else
        {
            text.Append(isSession ? $", cnonce=\"{clientNonce}\"" : "")
                .Append(CultureInfo.InvariantCulture, $", response=\"{Hash(algorithm, $"{secret}:{nonce}:{request}")}\"");
        }

        foreach (var name in (ReadOnlySpan<string>)["algorithm", "opaque"])
        {
            if (challenge.Parameters.TryGetValue(name, out var value))
            {
                text.Append(CultureInfo.InvariantCulture, $", {name}={(name == "opaque" ? $"\"{Quoted(value)}\"" : value)}");
            }
        }

        return text.ToString();
    }

    private static bool Is(RtspChallenge challenge, string scheme) => challenge.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    private static HashAlgorithmName? HashName(RtspChallenge challenge) => challenge["algorithm"].ToUpperInvariant() switch
    {
        "" or "MD5" or "MD5-SESS" => HashAlgorithmName.MD5,
        "SHA-256" or "SHA-256-SESS" => HashAlgorithmName.SHA256,
        _ => null,
    };

    private static List<string> Words(string list) => [.. list.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries)];

    // Texts of this class hold one byte in each character.
    private static string Hash(HashAlgorithmName algorithm, string text) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, Encoding.Latin1.GetBytes(text)));

    private static string Wire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
