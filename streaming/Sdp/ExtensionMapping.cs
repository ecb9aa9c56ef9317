namespace Xunke.Streaming.Sdp;

/// <summary>An extmap line: which identifier stands for which RTP header extension (RFC 8285 8).</summary>
/// <param name="Id">1..255 as negotiated.</param>
/// <param name="Uri">What the extension is.</param>
internal sealed record ExtensionMapping(int Id, string Uri);
