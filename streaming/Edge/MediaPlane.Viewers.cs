using System.Collections.Immutable;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Viewers;

namespace Xunke.Streaming.Edge;

/// <content>Viewers come.</content>
internal sealed partial class MediaPlane
{
    /// <summary>Makes a viewer of an offer; of what it asks for it gets what is allowed.</summary>
    /// <param name="owner">Whose it is; null for a viewer that counts for nobody.</param>
    public ViewerSession View(
        string roomId, SessionDescription offer, MediaKinds allowed, out ImmutableArray<AcceptedMedia> accepted, ViewerOwner? owner = null)
    {
        lock (_gate)
        {
            if (_rooms.Find(roomId) is not { Publisher: { } publisher } room)
            {
                throw new NoPublisherException(roomId);
            }

            accepted = Negotiation.ForViewer(
                offer,
                allowed.HasFlag(MediaKinds.Video) ? publisher.VideoFormat : null,
                allowed.HasFlag(MediaKinds.Audio) ? publisher.AudioFormat : null);
            var remote = Negotiation.Transport(offer, accepted);
            Replace(_limits.Admit(room, owner));
            var viewer = new ViewerSession(room, remote, accepted, _context) { Owner = owner };
            room.Add(viewer);
            _sessions.Add(viewer);
            return viewer;
        }
    }

    private void Replace(List<ViewerSession> older)
    {
        foreach (var viewer in older)
        {
            viewer.End(GoneReason.Replaced);
            Remove(viewer, _context.Clock.Now);
        }
    }
}
