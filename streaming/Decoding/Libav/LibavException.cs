namespace Xunke.Streaming.Decoding.Libav;

/// <summary>FFmpeg's libraries are missing or refuse to start. The message says what to install.</summary>
/// <param name="message">The reason, for the person who runs the server.</param>
internal sealed class LibavException(string message) : Exception(message);
