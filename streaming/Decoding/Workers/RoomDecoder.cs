using Xunke.Streaming.Decoding.Libav;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>One room inside a worker: its decoder, and whether a picture of it is wanted.</summary>
internal sealed class RoomDecoder(VideoCodec codec) : IDisposable
{
    private readonly VideoDecoder _decoder = new(codec);
    private bool _awaitingKey = true;
    private bool _sampleWanted;

    /// <summary>The codec that it was opened for.</summary>
    public VideoCodec Codec { get; } = codec;

    /// <summary>The decoder, for its newest picture.</summary>
    public VideoDecoder Decoder => _decoder;

    /// <summary>Decodes a unit. After an error everything up to the next key frame is passed over.</summary>
    /// <returns>Picture only when a picture is there and wanted.</returns>
    public DecodeOutcome Decode(in UnitHeader header, ReadOnlySpan<byte> data)
    {
        // A decoder that delays gives the wanted picture with a later unit, so the wish stays until one comes out.
        _sampleWanted |= header.IsSample;
        if (_awaitingKey && !header.IsKey)
        {
            return DecodeOutcome.Nothing;
        }

        _awaitingKey = false;
        var outcome = _decoder.Decode(data);
        if (outcome == DecodeOutcome.Error)
        {
            _decoder.Reset();
            _awaitingKey = true;
            return outcome;
        }

        if (outcome == DecodeOutcome.Picture && _sampleWanted)
        {
            _sampleWanted = false;
            return outcome;
        }

        return DecodeOutcome.Nothing;
    }

    /// <inheritdoc />
    public void Dispose() => _decoder.Dispose();
}
