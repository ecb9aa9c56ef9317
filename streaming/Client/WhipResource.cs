namespace Xunke.Streaming.Client;

/// <summary>A WHIP session as the server created it.</summary>
/// <param name="Location">Where to DELETE it.</param>
/// <param name="Answer">The server's SDP answer.</param>
internal sealed record WhipResource(Uri Location, string Answer);
