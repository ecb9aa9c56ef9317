namespace Xunke.Streaming.Decoding;

/// <summary>Takes what the decoders make of the rooms' video. Called from the pool's reader tasks: return quickly.</summary>
public interface IDecodedFrameSink
{
    /// <summary>A picture is there. The sink owns it from here on and must dispose it, also when it has no use for it.</summary>
    void OnFrame(DecodedFrame frame);

    /// <summary>A room's video cannot be turned into pictures. Pictures may come again later without further notice.</summary>
    /// <param name="code">One of <see cref="DecodeFaults"/>.</param>
    void OnDecodeFault(string roomId, string code);
}
