namespace Xunke.Streaming.Decoding.Libav;

/// <summary>What a decoder made of an access unit.</summary>
internal enum DecodeOutcome
{
    /// <summary>A picture came out.</summary>
    Picture,

    /// <summary>The unit was taken, but no picture came out yet.</summary>
    Nothing,

    /// <summary>The unit does not decode; the decoder must be reset and begin at a key frame.</summary>
    Error,
}
