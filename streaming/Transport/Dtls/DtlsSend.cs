namespace Xunke.Streaming.Transport.Dtls;

/// <summary>Sends one UDP payload of at most <see cref="DtlsTransport.MaximumDatagramLength"/> bytes. The bytes are valid during the call
/// only.</summary>
public delegate void DtlsSend(ReadOnlySpan<byte> datagram);
