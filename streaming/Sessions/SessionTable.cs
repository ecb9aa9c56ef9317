using System.Buffers.Binary;
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
    private readonly Dictionary<ulong, MediaSession> _byFragment = [];
    private readonly Dictionary<SocketAddress, MediaSession> _byAddress = [];

    public int Count => _byId.Count;

    public Dictionary<string, MediaSession>.ValueCollection All => _byId.Values;

    public void Add(MediaSession session)
    {
        _byId.Add(session.Id, session);
        _byFragment.Add(Key(Encoding.ASCII.GetBytes(session.Credentials.Ufrag)), session);
    }

    public void Remove(MediaSession session)
    {
        _byId.Remove(session.Id);
        _byFragment.Remove(Key(Encoding.ASCII.GetBytes(session.Credentials.Ufrag)));
        foreach (var address in session.Addresses)
        {
            Release(address.Address, session);
        }
    }

    public MediaSession? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Finds the session that gave out a user fragment.</summary>
    /// <param name="fragment">As it came, of any content.</param>
    public MediaSession? FindByFragment(ReadOnlySpan<byte> fragment) =>
        fragment.Length == FragmentLength ? _byFragment.GetValueOrDefault(Key(fragment)) : null;

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
                Release(session.Addresses[0].Address, session);
                session.Addresses.RemoveAt(0);
            }
        }

        if (session.Address is null || (nominated && !session.Address.Address.Equals(address)))
        {
            session.Address = session.Addresses.Find(destination => destination.Address.Equals(address));
        }
    }

    private static ulong Key(ReadOnlySpan<byte> fragment) => BinaryPrimitives.ReadUInt64LittleEndian(fragment);

    // The receive loop reuses its address object.
    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer[..address.Size].CopyTo(copy.Buffer);
        return copy;
    }

    private void Release(SocketAddress address, MediaSession session)
    {
        if (FindByAddress(address) == session)
        {
            _byAddress.Remove(address);
        }
    }
}
