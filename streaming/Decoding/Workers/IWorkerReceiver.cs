using System.Buffers;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>Takes what the workers send. Called from their reader tasks.</summary>
internal interface IWorkerReceiver
{
    /// <summary>A worker is ready for units; it knows nothing of any room yet.</summary>
    void OnReady(int worker);

    /// <summary>A picture has come.</summary>
    /// <param name="header">Its room, time and sizes, checked.</param>
    /// <param name="pixels">The pixels; the receiver owns them.</param>
    void OnFrame(in FrameHeader header, IMemoryOwner<byte> pixels);

    /// <summary>A unit did not decode.</summary>
    void OnDecodeError(uint room, bool wasKey);
}
