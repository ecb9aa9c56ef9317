using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Xunke.Streaming.Network;

namespace Xunke.Streaming.Sessions;

/// <summary>Finds sessions by name, by ICE user fragment and by the addresses that passed a check. Guarded by the media plane's lock.</summary>
internal sealed class SessionTable
{
    // A peer may check several pairs: one for each candidate and interface, over UDP and TCP.
    private const int MaxAddresses = 16;
    private const int FragmentLength = sizeof(ulong);

    private readonly Dictionary<string, MediaSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, (MediaSession Session, IceSession Ice)> _byFragment = [];
    private readonly Dictionary<SocketAddress, MediaSession> _byAddress = [];
    private readonly Dictionary<TcpConnection, MediaSession> _byConnection = [];

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
        foreach (var address in session.Addresses)
        {
            Release(address, session);
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

    /// <summary>A path of an ICE session was nominated: what came before that session is over.</summary>
    public void Nominate(MediaSession session, IceSession ice)
    {
        if (ice == session.Ice)
        {
            Forget(session.EarlierIce);
            session.EarlierIce = null;
        }
    }

    /// <summary>Finds the session that gave out a user fragment.</summary>
    /// <param name="fragment">As it came, of any content.</param>
    public bool TryFindByFragment(
        ReadOnlySpan<byte> fragment, [NotNullWhen(true)] out MediaSession? session, [NotNullWhen(true)] out IceSession? ice)
    {
        (session, ice) = fragment.Length == FragmentLength ? _byFragment.GetValueOrDefault(Key(fragment)) : default;
        return session is not null;
    }

    /// <summary>Finds the session that has passed a check from where a datagram came.</summary>
    public MediaSession? Find(in Origin from) =>
        from.Connection is { } connection ? _byConnection.GetValueOrDefault(connection) : _byAddress.GetValueOrDefault(from.Address);

    /// <summary>Notes that a check of a session came from an address.</summary>
    /// <param name="nominated">Whether the peer chose it for sending.</param>
    public void Bind(MediaSession session, in Origin from, bool nominated)
    {
        var destination = Find(from) == session ? Find(session, from) : null;
        destination ??= Add(session, from);
        if (session.Address is null || nominated)
        {
            session.Address = destination;
        }
    }

    /// <summary>A connection is closed: its session goes on by the path that was found last, if there is another.</summary>
    public void Unbind(TcpConnection connection)
    {
        if (_byConnection.Remove(connection, out var session))
        {
            session.Addresses.Remove(connection.Destination);
            if (session.Address == connection.Destination)
            {
                session.Address = session.Addresses.LastOrDefault();
            }
        }
    }

    private static ulong Key(IceSession ice) => Key(Encoding.ASCII.GetBytes(ice.Local.Ufrag));

    private static ulong Key(ReadOnlySpan<byte> fragment) => BinaryPrimitives.ReadUInt64LittleEndian(fragment);

    private static Destination? Find(MediaSession session, in Origin from)
    {
        foreach (var destination in session.Addresses)
        {
            if (from.Is(destination))
            {
                return destination;
            }
        }

        return null;
    }

    private Destination Add(MediaSession session, in Origin from)
    {
        var destination = Destination.Of(from);
        if (destination.Connection is { } connection)
        {
            connection.IsTrusted = true;
            _byConnection[connection] = session;
        }
        else
        {
            _byAddress[destination.Address] = session;
        }

        session.Addresses.Add(destination);
        if (session.Addresses.Count > MaxAddresses)
        {
            // The oldest one, unless it is the one in use.
            var oldest = session.Addresses[0] == session.Address ? 1 : 0;
            Release(session.Addresses[oldest], session);
            session.Addresses.RemoveAt(oldest);
        }

        return destination;
    }

    private void Forget(IceSession? ice)
    {
        if (ice is not null)
        {
            _byFragment.Remove(Key(ice));
        }
    }

    private void Release(Destination destination, MediaSession session)
    {
        if (destination.Connection is { } connection)
        {
            _byConnection.Remove(connection);
            connection.Finish();
        }
        else if (_byAddress.GetValueOrDefault(destination.Address) == session)
        {
            _byAddress.Remove(destination.Address);
        }
    }
}
