using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Media;

namespace Xunke.Web.Visits;

/// <summary>A session's visits and pictures end with it.</summary>
internal sealed class LoginVisits(OpenVisits open, VisitKeeper keeper, MediaSessions sessions, MonitoringHost monitoring) : ILoginEnd
{
    /// <inheritdoc />
    public void Cut(string loginId)
    {
        foreach (MediaSession viewer in open.Of(loginId).SelectMany(sessions.Viewers).Concat(sessions.ViewersOf(loginId)))
        {
            sessions.Remove(viewer.SessionId);
            if (monitoring.IsRunning)
            {
                monitoring.Running.Media.Close(viewer.SessionId);
            }
        }
    }

    /// <inheritdoc />
    public async Task SettleAsync(string loginId)
    {
        foreach (Guid visitId in open.Of(loginId))
        {
            await keeper.EndAsync(visitId, AuditTrail.System);
        }
    }
}
