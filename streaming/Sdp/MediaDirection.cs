namespace Xunke.Streaming.Sdp;

/// <summary>Which way media flows, seen from the one who wrote the SDP (RFC 8866 6.7).</summary>
internal enum MediaDirection
{
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
