using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>
/// Gathers a section's rid and simulcast lines (RFC 8851, RFC 8853). A line that does not keep to their syntax is passed
/// over, as RFC 8851 6.2.1 asks.
/// </summary>
internal sealed class SimulcastLines
{
    // RFC 8852 3.1 sends identifiers in header extensions, whose one-byte form holds 16 bytes.
    private const int LongestIdentifier = 16;
    private const int MaxIdentifiers = 16;

    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private string[] _streams = [];

    /// <summary>Takes the value of an <c>a=rid</c> line.</summary>
    public void Restriction(ReadOnlySpan<char> value)
    {
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length >= 2 && parts[1] == "send" && IsIdentifier(parts[0]) && _sent.Count < MaxIdentifiers)
        {
            _sent.Add(parts[0]);
        }
    }

    /// <summary>Takes the value of an <c>a=simulcast</c> line.</summary>
    public void Streams(ReadOnlySpan<char> value)
    {
        // send and recv may both stand here, each followed by its list.
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            if (parts[i] == "send")
            {
                _streams = parts[i + 1].Split(';');
            }
        }
    }

    /// <summary>The identifiers of the streams sent; of alternatives the first.</summary>
    public ImmutableArray<string> Sent()
    {
        var result = ImmutableArray.CreateBuilder<string>();
        foreach (var stream in _streams)
        {
            // A tilde marks a stream that is paused at first (RFC 8853 5.1).
            var identifier = stream.Split(',').Select(alternative => alternative.TrimStart('~')).FirstOrDefault(_sent.Contains);
            if (identifier is not null && !result.Contains(identifier))
            {
                result.Add(identifier);
            }
        }

        return result.ToImmutable();
    }

    private static bool IsIdentifier(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= LongestIdentifier;
    }
}
