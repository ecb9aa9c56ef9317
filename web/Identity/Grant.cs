namespace Xunke.Web.Identity;

/// <summary>One thing that somebody may do, and how far it reaches.</summary>
internal sealed record Grant(Permission Permission, Reach Reach);
