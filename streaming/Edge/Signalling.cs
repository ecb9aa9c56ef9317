using System.Collections.Immutable;
using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Viewers;

namespace Xunke.Streaming.Edge;

/// <summary>What peers ask for beside the media: to publish, to view, to restart ICE.</summary>
internal sealed class Signalling(
    Lock gate, SessionContext context, SessionTable sessions, RoomTable rooms, SessionLimits limits, SessionLife life)
{
    /// <summary>
    /// Makes a publisher of an offer. A room keeps a publisher that is connected until the newer one is connected, too:
    /// an offer alone, perhaps of a recorder that cannot be reached, takes no picture away.
    /// </summary>
    public MediaSession Publish(string roomId, SessionDescription offer, out ImmutableArray<AcceptedMedia> accepted)
    {
        accepted = Negotiation.ForPublisher(offer);
        var remote = Negotiation.Transport(offer, accepted);
        lock (gate)
        {
            var present = rooms.Find(roomId);
            if (present?.Publisher is null)
            {
                // One that publishes already may always try again, and has one attempt at a time.
                limits.AdmitPublisher();
            }

            life.Replace(present?.Successor);
            if (present?.Publisher is PublisherSession { IsConnected: false } unconnected)
            {
                life.Replace(unconnected);
            }

            var room = rooms.GetOrAdd(roomId);
            var publisher = new PublisherSession(room, offer, remote, accepted, context);
            sessions.Add(publisher);
            if (room.Publisher is null)
            {
                room.Publish(publisher);
            }
            else
            {
                room.Await(publisher);
            }

            return publisher;
        }
    }

    /// <summary>Makes a viewer of an offer; of what it asks for it gets what is allowed.</summary>
    /// <param name="owner">Whose it is; null for a viewer that counts for nobody.</param>
    public ViewerSession View(
        string roomId, SessionDescription offer, MediaKinds allowed, out ImmutableArray<AcceptedMedia> accepted, ViewerOwner? owner = null)
    {
        lock (gate)
        {
            if (rooms.Find(roomId) is not { Publisher: { } publisher } room)
            {
                throw new NoPublisherException(roomId);
            }

            accepted = Negotiation.ForViewer(
                offer,
                allowed.HasFlag(MediaKinds.Video) ? publisher.VideoFormat : null,
                allowed.HasFlag(MediaKinds.Audio) ? publisher.AudioFormat : null);
            var remote = Negotiation.Transport(offer, accepted);
            life.Replace(limits.Admit(room, owner));
            var viewer = new ViewerSession(room, remote, accepted, context) { Owner = owner };
            room.Add(viewer);
            sessions.Add(viewer);
            return viewer;
        }
    }

    /// <summary>Gives a room to a camera; it replaces the room's present publisher.</summary>
    public CameraPublisher PublishCamera(string roomId, RtpCodec video, RtpCodec? audio)
    {
        lock (gate)
        {
            var room = rooms.GetOrAdd(roomId);
            life.Replace(room.Successor);
            life.Replace(room.Publisher);
            var camera = new CameraPublisher(room, video, audio);
            room.Publish(camera);
            life.Connected(camera);
            return camera;
        }
    }

    /// <summary>Takes a peer's fragment; see <see cref="MediaServer.UpdateIce"/>.</summary>
    /// <param name="ice">The session's present ICE session.</param>
    /// <returns>Null when there is no such session.</returns>
    public IceUpdateOutcome? UpdateIce(
        string sessionId, IceFragment fragment, IReadOnlyCollection<string>? iceSessions, out IceSession? ice)
    {
        lock (gate)
        {
            ice = null;
            if (sessions.Find(sessionId) is not { } session)
            {
                return null;
            }

            ice = session.Ice;
            if (iceSessions?.Contains(ice.Local.Ufrag) == false)
            {
                return IceUpdateOutcome.Stale;
            }

            var sameUser = fragment.UserFragment == ice.RemoteUserFragment;
            if (sameUser != (fragment.Password == ice.RemotePassword))
            {
                return IceUpdateOutcome.Contradictory;
            }

            if (sameUser)
            {
                return IceUpdateOutcome.Trickled;
            }

            ice = new IceSession(fragment.UserFragment, fragment.Password);
            sessions.Restart(session, ice);
            life.Restarted(session);
            return IceUpdateOutcome.Restarted;
        }
    }
}
