using Xunke.Actors.Audit;
using Xunke.Actors.Visits;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Visits;

/// <summary>A login's visits and pictures end with it.</summary>
internal sealed class LoginVisits(OpenVisits open, MonitoringHost monitoring) : ILoginEnd
{
    /// <inheritdoc />
    public void Cut(string loginId)
    {
        foreach (OpenVisit visit in open.AndBeginning)
        {
            // Another browser of the same person may show the visit.
            visit.Owner.Tell(new LoginCut(loginId));
        }
    }

    /// <inheritdoc />
    public Task SettleAsync(string loginId) => Task.WhenAll(open.AndBeginning
        .Where(visit => visit.LoginId == loginId)
        .Select(visit => monitoring.Running.EndVisitAsync(visit, new EndVisit(AuditEntry.System, Insists: true))));
}
