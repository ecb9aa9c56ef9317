namespace Xunke.Streaming.Rtp;

/// <summary>Arithmetic on 16-bit sequence numbers that wrap (RFC 3550 A.1, RFC 1982).</summary>
internal static class SequenceNumber
{
    /// <summary>How far <paramref name="later"/> is after <paramref name="earlier"/>, -32768..32767.</summary>
    public static int Distance(ushort earlier, ushort later) => (short)(later - earlier);

    /// <summary>Whether <paramref name="candidate"/> comes after <paramref name="reference"/>.</summary>
    public static bool IsAfter(ushort candidate, ushort reference) => (short)(candidate - reference) > 0;

    /// <summary>The 64-bit index nearest to <paramref name="reference"/> whose low 16 bits are <paramref name="sequence"/>.</summary>
    public static long Extend(long reference, ushort sequence) => reference + (short)(sequence - (ushort)reference);
}
