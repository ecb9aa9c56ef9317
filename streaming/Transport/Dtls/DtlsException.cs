namespace Xunke.Streaming.Transport.Dtls;

/// <summary>OpenSSL refused something that should always work: a certificate, a context, a connection object.</summary>
/// <param name="message">What was attempted, and OpenSSL's reason.</param>
public sealed class DtlsException(string message) : Exception(message);
