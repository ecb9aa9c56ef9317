namespace Xunke.Streaming.Viewers;

/// <summary>Whose a viewer is. Limits are counted by it.</summary>
/// <param name="Visit">
/// What the viewer belongs to. It has one connected session and one that connects: a newer attempt takes an older one's
/// place at once, and that of the connected session when it is connected itself.
/// </param>
/// <param name="Account">The person behind it, who may have several visits.</param>
public sealed record ViewerOwner(string Visit, string Account);
