using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Xunke.Streaming.Network;

namespace Xunke.Streaming.Sessions;

/// <summary>Finds sessions by name, by ICE user fragment and by the addresses that passed a check. Guarded by the media plane's lock.</summary>
internal sealed class SessionTable
{
    // A peer may check several pairs; the newest ones are the ones in use.
    private const int MaxAddresses = 8;
    private const int FragmentLength = sizeof(ulong);

    private readonly Dictionary<string, MediaSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, (MediaSession Session, IceSession Ice)> _byFragment = [];
    private readonly Dictionary<SocketAddress, MediaSession> _byAddress = [];

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
            Release(address.Address, session);
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

    public MediaSession? FindByAddress(SocketAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>Notes that an address passed a check of a session.</summary>
    /// <param name="nominated">Whether the peer chose it for sending.</param>
    public void Bind(MediaSession session, SocketAddress address, bool nominated)
    {
        if (FindByAddress(address) != session)
        {
            var destination = new Destination(Copy(address));
            _byAddress[destination.Address] = session;
            session.Addresses.Add(destination);
            if (session.Addresses.Count > MaxAddresses)
            {
                // The oldest one, unless it is the one in use.
                var oldest = session.Addresses[0] == session.Address ? 1 : 0;
                Release(session.Addresses[oldest].Address, session);
                session.Addresses.RemoveAt(oldest);
            }
        }

        if (session.Address is null || (nominated && !session.Address.Address.Equals(address)))
        {
            session.Address = session.Addresses.Find(destination => destination.Address.Equals(address));
        }
    }

    private static ulong Key(IceSession ice) => Key(Encoding.ASCII.GetBytes(ice.Local.Ufrag));

    private static ulong Key(ReadOnlySpan<byte> fragment) => BinaryPrimitives.ReadUInt64LittleEndian(fragment);

    // The receive loop reuses its address object.
    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer[..address.Size].CopyTo(copy.Buffer);
        return copy;
    }

    private void Forget(IceSession? ice)
    {
        if (ice is not null)
        {
            _byFragment.Remove(Key(ice));
        }
    }

    private void Release(SocketAddress address, MediaSession session)
    {
        if (FindByAddress(address) == session)
        {
            _byAddress.Remove(address);
        }
    }
}
