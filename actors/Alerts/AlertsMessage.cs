using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Alerts;

/// <summary>Look at the rules.</summary>
internal sealed record AlertsDue : SchoolMessage, IToSelf;

/// <summary>What was raised and not cleared before is known, or cannot be read.</summary>
/// <param name="Raised">Where; null: it cannot be read now.</param>
internal sealed record AlertsRead(IReadOnlyList<AlertPlace>? Raised) : SchoolMessage, IToSelf;

/// <summary>So many changes were tried to be put on record.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsOnRecord">Whether they are.</param>
internal sealed record AlertsWritten(int Count, bool IsOnRecord) : SchoolMessage, IToSelf;
