namespace Xunke.Streaming.Transport.Network;

/// <summary>
/// Who must leave so that a newcomer gets in. Strangers are those of whom no check of a session has come: idle ones,
/// however many and from wherever, never shut the port.
/// </summary>
internal static class TcpAdmission
{
    /// <summary>
    /// Strangers at once from one source. A school is one address behind its NAT, and each of its browsers tries several
    /// addresses of this host at once.
    /// </summary>
    public const int MaxStrangersPerSource = 64;

    /// <summary>Strangers at once.</summary>
    public const int MaxStrangers = 512;

    /// <summary>Finds a place for a newcomer.</summary>
    /// <param name="leaving">The connection whose place it takes; null when there is a free one.</param>
    /// <returns>False when every connection carries a session's media.</returns>
    public static bool TryAdmit(
        IReadOnlyCollection<TcpConnection> connections, TcpConnection newcomer, int most, out TcpConnection? leaving)
    {
        var strangers = connections.Where(connection => !connection.IsTrusted).ToLookup(connection => connection.Source);
        var here = strangers[newcomer.Source].ToList();
        var isFull = connections.Count >= most;
        if (here.Count >= MaxStrangersPerSource)
        {
            leaving = Oldest(here);
        }
        else if (isFull || strangers.Sum(source => source.Count()) >= MaxStrangers)
        {
            // The source with most of them gives way: one that has a few honest ones is never the one.
            leaving = Oldest(strangers.MaxBy(source => source.Count())) ?? Oldest(connections.Where(connection => !connection.IsInUse));
            return leaving is not null;
        }
        else
        {
            leaving = null;
        }

        return true;
    }

    private static TcpConnection? Oldest(IEnumerable<TcpConnection>? connections) => connections?.MinBy(connection => connection.Accepted);
}
