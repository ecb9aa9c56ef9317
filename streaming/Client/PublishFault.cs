namespace Xunke.Streaming.Client;

/// <summary>Why publishing cannot go on, where trying again would not help.</summary>
public enum PublishFault
{
    /// <summary>The file does not exist, cannot be read or holds no video.</summary>
    FileUnreadable,

    /// <summary><c>ffmpeg</c> or <c>ffprobe</c> is not installed.</summary>
    ToolMissing,

    /// <summary>The server refused the key (401 or 403).</summary>
    KeyRefused,

    /// <summary>The server knows no such room (404).</summary>
    RoomUnknown,

    /// <summary>The server refused the offer, or answered with something that is not WHIP.</summary>
    OfferRefused,
}
