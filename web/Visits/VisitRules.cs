using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Identity;

namespace Xunke.Web.Visits;

/// <summary>The district's rule and the logins, as visits ask for them.</summary>
internal sealed class VisitRules(ListeningPolicy policy, Logins logins) : IVisitRules
{
    /// <inheritdoc />
    public bool Allows(MediaKinds media) => policy.Allowed.Contains(media);

    /// <inheritdoc />
    public bool IsSignedIn(string loginId) => logins.IsLive(loginId);
}
