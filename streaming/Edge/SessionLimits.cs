using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Viewers;

namespace Xunke.Streaming.Edge;

/// <summary>Who may have a further session. A place that its own visit already holds is never counted against it.</summary>
internal sealed class SessionLimits(MediaServerOptions options, SessionTable sessions)
{
    /// <summary>Lets a viewer in.</summary>
    /// <returns>The unconnected sessions of the same visit, whose place it takes.</returns>
    /// <exception cref="CapacityException">There is no place for it.</exception>
    public List<ViewerSession> Admit(Room room, ViewerOwner? owner)
    {
        List<ViewerSession> replaced = [];
        var (viewers, here, hereOfAccount, connecting, ofAccount) = (0, 0, 0, 0, 0);
        foreach (var session in sessions.All)
        {
            if (session is not ViewerSession viewer)
            {
                continue;
            }

            if (owner is not null && viewer.Owner?.Visit == owner.Visit)
            {
                if (!viewer.IsConnected)
                {
                    replaced.Add(viewer);
                }

                continue;
            }

            var sameAccount = owner is not null && viewer.Owner?.Account == owner.Account;
            viewers++;
            here += viewer.Room == room ? 1 : 0;
            hereOfAccount += sameAccount && viewer.Room == room ? 1 : 0;
            connecting += viewer.IsConnected ? 0 : 1;
            ofAccount += sameAccount && !viewer.IsConnected ? 1 : 0;
        }

        if (ofAccount >= options.MaxConnectingPerAccount)
        {
            throw new CapacityException(CapacityLimit.Account, $"The account is already connecting {ofAccount} viewers.");
        }

        if (hereOfAccount >= options.MaxViewersPerAccount)
        {
            throw new CapacityException(CapacityLimit.Account, $"The account already has {hereOfAccount} viewers in the room.");
        }

        if (here >= options.MaxViewersPerRoom)
        {
            throw new CapacityException(CapacityLimit.Room, $"The room already has {options.MaxViewersPerRoom} viewers.");
        }

        if (viewers >= options.MaxSessions - options.KeptForPublishers || connecting >= options.MaxConnectingViewers)
        {
            throw new CapacityException(
                CapacityLimit.Server, $"The media server already holds {viewers} viewers, {connecting} of them connecting.");
        }

        return replaced;
    }

    /// <summary>Lets a publisher in: viewers never take the places kept for publishers.</summary>
    /// <exception cref="CapacityException">There is no place for it.</exception>
    public void AdmitPublisher()
    {
        var publishers = sessions.All.Count(session => session is PublisherSession);
        if (publishers >= options.KeptForPublishers && sessions.Count >= options.MaxSessions)
        {
            throw new CapacityException(CapacityLimit.Server, $"The media server already holds {options.MaxSessions} sessions.");
        }
    }

    /// <summary>The connected sessions of a viewer's visit that it replaces now that it is connected itself.</summary>
    public List<ViewerSession> ReplacedBy(ViewerSession newer) => newer.Owner is not { } owner
        ? []
        : sessions.All.OfType<ViewerSession>()
            .Where(other => other != newer && other.IsConnected && other.Owner?.Visit == owner.Visit).ToList();
}
