using System.Globalization;
using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>A request or response of RTSP 1.0 (RFC 2326 6, 7).</summary>
internal sealed class RtspMessage
{
    private const string Version = "RTSP/1.0";
    private const int MaxHeaders = 100;

    private readonly List<(string Name, string Value)> _headers = [];

    private RtspMessage(string startLine) => StartLine = startLine;

    public string StartLine { get; private set; }

    /// <summary>The entity; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    public bool IsResponse => StartLine.StartsWith("RTSP/", StringComparison.Ordinal);

    /// <summary>A response's status, 100..599; 0 for a request.</summary>
    public int Status => IsResponse ? int.Parse(Word(1), CultureInfo.InvariantCulture) : 0;

    /// <summary>A request's method.</summary>
    public string Method => Word(0);

    /// <summary>A request's address.</summary>
    public string Uri => Word(1);

    /// <summary>The number that ties a response to its request; -1 when it is missing or no number (RFC 2326 12.17).</summary>
    public int Sequence => int.TryParse(this["CSeq"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>The first header of a name, which compares without case; null when there is none. Setting null removes them all.</summary>
    public string? this[string name]
    {
        get => All(name).FirstOrDefault();
        set
        {
            _headers.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (value is not null)
            {
                _headers.Add((name, value));
            }
        }
    }

    public static RtspMessage Request(string method, string uri) => new($"{method} {uri} {Version}");

    public static RtspMessage Answer(RtspMessage request, string status = "200 OK") =>
        new($"{Version} {status}") { ["CSeq"] = request["CSeq"] };

    /// <summary>Reads everything before the body.</summary>
    /// <param name="head">Start line and headers, with or without the empty line at the end.</param>
    /// <exception cref="RtspException">It is not RTSP.</exception>
    public static RtspMessage ParseHead(ReadOnlySpan<byte> head)
    {
        // Latin-1 takes every byte and gives it back unchanged.
        var lines = Encoding.Latin1.GetString(head).Split('\n');
        var message = new RtspMessage(ReadStart(lines[0]));
        foreach (var line in lines.AsSpan(1))
        {
            message.Add(line);
        }

        return message._headers.Count <= MaxHeaders
            ? message
            : throw new RtspException($"An RTSP message has more than {MaxHeaders} headers.");
    }

    /// <summary>Finds the empty line that ends a head; cameras end lines with CR LF or with LF alone.</summary>
    /// <param name="bytes">What has come, from the start line on.</param>
    /// <returns>The length of the head; -1 while its end has not come.</returns>
    public static int FindEnd(ReadOnlySpan<byte> bytes, out int body)
    {
        body = 0;
        for (var start = 0; ;)
        {
            var length = bytes[start..].IndexOf((byte)'\n');
            if (length < 0)
            {
                return -1;
            }

            body = start + length + 1;
            if (start > 0 && bytes.Slice(start, length).Trim((byte)'\r').IsEmpty)
            {
                return start;
            }

            start = body;
        }
    }

    /// <summary>The values of all headers of a name, in their order.</summary>
    public IEnumerable<string> All(string name) =>
        _headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>Asks for something else.</summary>
    public void Address(string uri) => StartLine = $"{Method} {uri} {Version}";

    /// <summary>The message as it is sent.</summary>
    public byte[] ToBytes()
    {
        this["Content-Length"] = Body.IsEmpty ? null : Body.Length.ToString(CultureInfo.InvariantCulture);
        var head = new StringBuilder(StartLine).Append("\r\n");
        foreach (var (name, value) in _headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body.Span];
    }

    private string Word(int index) => StartLine.Split(' ', 3)[index];

    // One space between the words, whatever the camera puts there; a response may lack the reason.
    private static string ReadStart(string line)
    {
        var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var wellFormed = words.Length >= 2 && (words[0].StartsWith("RTSP/", StringComparison.Ordinal)
            ? words[1].Length == 3 && words[1].All(char.IsAsciiDigit) && words[1][0] is >= '1' and <= '5'
            : words.Length == 3 && words[2].StartsWith("RTSP/", StringComparison.Ordinal)
                && words[0].All(letter => char.IsAsciiLetterUpper(letter) || letter == '_'));
        return wellFormed ? string.Join(' ', words) : throw new RtspException("What came does not start like an RTSP message.");
    }

    private void Add(string line)
    {
        if (line.Length > 0 && line[0] is ' ' or '\t' && _headers.Count > 0)
        {
            // RFC 2326 4.2: a line that begins with a blank goes on with the header before.
            var (name, value) = _headers[^1];
            _headers[^1] = (name, $"{value} {Trim(line)}".TrimEnd(' '));
            return;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            _headers.Add((Trim(line[..colon]), Trim(line[(colon + 1)..])));
        }
    }

    // Not what Unicode calls white space: 0x85 and 0xA0 are parts of letters in UTF-8 and GB18030.
    private static string Trim(string text) => text.Trim(' ', '\t', '\r');
}
