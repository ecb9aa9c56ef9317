namespace Xunke.Streaming.Codecs;

/// <summary>
/// Finds where decoders can start in a source's video, and what they lack there: H.264 publishers may send their
/// parameter sets once, or in the SDP only, and then key frames that lean on them.
/// </summary>
internal sealed class KeyFrameWatch
{
    private readonly VideoCodec _codec;
    private readonly ParameterSetCache _sets = new();
    private uint _timestamp;
    private bool _seen;

    /// <summary>Starts with what the SDP tells.</summary>
    /// <param name="parameterSets">Its <c>sprop-parameter-sets</c>, or null.</param>
    public KeyFrameWatch(VideoCodec codec, string? parameterSets)
    {
        _codec = codec;
        if (codec == VideoCodec.H264 && parameterSets is not null)
        {
            _sets.Read(parameterSets);
        }
    }

    /// <summary>Looks at a packet.</summary>
    /// <param name="timestamp">Its RTP timestamp.</param>
    /// <param name="inOrder">Whether nothing is missing before it and nothing came after it.</param>
    /// <param name="missing">The payload of a packet that decoders need right before this one; mostly empty.</param>
    /// <returns>Whether a decoder can start here. The slices of one key frame may each look so.</returns>
    public bool StartsIn(ReadOnlySpan<byte> payload, uint timestamp, bool inOrder, out ReadOnlySpan<byte> missing)
    {
        missing = default;
        if (_codec != VideoCodec.H264)
        {
            return KeyFrame.StartsIn(_codec, payload);
        }

        var sequence = _sets.Read(payload);
        if (!sequence && (!KeyFrame.StartsIn(_codec, payload) || (_seen && timestamp == _timestamp)))
        {
            return false;
        }

        _seen = true;
        _timestamp = timestamp;
        if (sequence)
        {
            return true;
        }

        // A set that is only late would come twice, and the older one last: better no start here.
        missing = inOrder ? _sets.Aggregate.Span : default;
        return inOrder || _sets.Aggregate.IsEmpty;
    }
}
