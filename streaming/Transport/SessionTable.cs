using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Transport;

/// <summary>Finds sessions by name, by ICE user fragment and by the paths that passed a check. Guarded by the media plane's lock.</summary>
internal sealed class SessionTable
{
    // A peer may check several pairs: one for each candidate and interface, over UDP and TCP.
    private const int MaxPaths = 16;
    private const int MaxConnections = 8;
    private const int FragmentLength = sizeof(ulong);

    private readonly Dictionary<string, MediaSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, (MediaSession Session, IceSession Ice)> _byFragment = [];
    private readonly Dictionary<SocketAddress, PeerPath> _byAddress = [];
    private readonly Dictionary<TcpConnection, PeerPath> _byConnection = [];

    public int Count => _byId.Count;

    public Dictionary<string, MediaSession>.ValueCollection All => _byId.Values;

    public void Add(MediaSession session)
    {
        _byId.Add(session.Id, session);
        _byFragment.Add(Key(session.Ice), (session, session.Ice));
    }

    public void Remove(MediaSession session)
    {
        _byId.Remove(session.Id);
        _byFragment.Remove(Key(session.Ice));
        Forget(session.EarlierIce);
        foreach (var path in session.Paths)
        {
            Release(path);
        }
    }

    public MediaSession? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Begins another ICE session; checks of the one in use are answered until a path of the new one is nominated.</summary>
    public void Restart(MediaSession session, IceSession next)
    {
        if (session.EarlierIce is null)
        {
            session.EarlierIce = session.Ice;
        }
        else
        {
            // The last restart came to nothing.
            Forget(session.Ice);
        }

        session.Ice = next;
        _byFragment.Add(Key(next), (session, next));
    }

    /// <summary>Finds the session that gave out a user fragment.</summary>
    public bool TryFindByFragment(
        ReadOnlySpan<byte> fragment, [NotNullWhen(true)] out MediaSession? session, [NotNullWhen(true)] out IceSession? ice)
    {
        (session, ice) = fragment.Length == FragmentLength ? _byFragment.GetValueOrDefault(Key(fragment)) : default;
        return session is not null;
    }

    /// <summary>Finds the path that a datagram came by, once a check has come by it.</summary>
    public PeerPath? Find(in Origin from) =>
        from.Connection is { } connection ? _byConnection.GetValueOrDefault(connection) : _byAddress.GetValueOrDefault(from.Address);

    /// <summary>
    /// Notes that a check of a session came by a path. A connected session's media go another way only when the peer has
    /// restarted ICE, or has nominated the new path and is silent on the old one.
    /// </summary>
    /// <param name="ice">The ICE session that the check belongs to.</param>
    /// <param name="nominated">Whether the peer chose the path for sending.</param>
    /// <returns>False when the address is in use by another session; nothing is noted then.</returns>
    public bool TryBind(MediaSession session, IceSession ice, in Origin from, bool nominated, long now)
    {
        var path = Find(from);
        if (path is not null && path.Session != session)
        {
            if (!path.MayBeTakenBy(session, now))
            {
                return false;
            }

            Drop(path);
            path = null;
        }

        path ??= Add(session, from);
        path.Heard = now;
        path.IsNominated |= nominated;
        var restarted = ice == session.Ice && session.EarlierIce is not null;
        if (session.Path == path)
        {
            if (session.IsConnected)
            {
                path.Use(now);
            }
        }
        else if (session.Path is null || (nominated && (!session.IsConnected || restarted || session.Path.IsSilent(now))))
        {
            Choose(session, path);
        }

        if (nominated && restarted)
        {
            // A path of the newer ICE session was nominated: what came before that session is over.
            Forget(session.EarlierIce);
            session.EarlierIce = null;
        }

        return true;
    }

    /// <summary>Notes that media or reports, under the session's own keys, came by a path.</summary>
    public static void Use(PeerPath path, long now)
    {
        path.Use(now);
        path.IsProved = true;
        if (path.Session.Path != path && path.IsNominated && path.Session.Path?.IsSilent(now) != false)
        {
            Choose(path.Session, path);
        }
    }

    /// <summary>A connection is closed: its session goes on by the path that was found last, if there is another.</summary>
    public void Unbind(TcpConnection connection)
    {
        if (_byConnection.GetValueOrDefault(connection) is { } path)
        {
            Drop(path);
        }
    }

    private static ulong Key(IceSession ice) => Key(Encoding.ASCII.GetBytes(ice.Local.Ufrag));

    private static ulong Key(ReadOnlySpan<byte> fragment) => BinaryPrimitives.ReadUInt64LittleEndian(fragment);

    private static void Choose(MediaSession session, PeerPath? path)
    {
        session.Path?.To.Connection?.IsInUse = false;
        session.Path = path;
        path?.To.Connection?.IsInUse = true;
    }

    private PeerPath Add(MediaSession session, in Origin from)
    {
        var path = new PeerPath(session, Destination.Of(from));
        if (path.To.Connection is { } connection)
        {
            connection.IsTrusted = true;
            _byConnection[connection] = path;
        }
        else
        {
            _byAddress[path.To.Address] = path;
        }

        session.Paths.Add(path);
        if (session.Paths.Count > MaxPaths)
        {
            Spare(session, session.Paths);
        }

        if (path.To.Connection is not null && session.Paths.Count(other => other.To.Connection is not null) > MaxConnections)
        {
            Spare(session, session.Paths.Where(other => other.To.Connection is not null));
        }

        return path;
    }

    // The oldest one goes, unless it is the one in use.
    private void Spare(MediaSession session, IEnumerable<PeerPath> paths)
    {
        var oldest = paths.First(path => path != session.Path);
        Release(oldest);
        session.Paths.Remove(oldest);
    }

    private void Drop(PeerPath path)
    {
        var session = path.Session;
        if (path.To.Connection is { } connection)
        {
            _byConnection.Remove(connection);
        }
        else
        {
            _byAddress.Remove(path.To.Address);
        }

        session.Paths.Remove(path);
        if (session.Path == path)
        {
            Choose(session, session.Paths.LastOrDefault());
        }
    }

    private void Forget(IceSession? ice)
    {
        if (ice is not null)
        {
            _byFragment.Remove(Key(ice));
        }
    }

    private void Release(PeerPath path)
    {
        if (path.To.Connection is { } connection)
        {
            _byConnection.Remove(connection);
            connection.Finish();
        }
        else if (_byAddress.GetValueOrDefault(path.To.Address) == path)
        {
            _byAddress.Remove(path.To.Address);
        }
    }
}
