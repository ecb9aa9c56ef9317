namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>The part of building access units that depends on the codec's RTP payload format.</summary>
internal interface IDepacketizer
{
    /// <summary>Tells whether a payload can be the first of a picture.</summary>
    /// <param name="payload">The RTP payload, at least one byte.</param>
    bool StartsPicture(ReadOnlySpan<byte> payload);

    /// <summary>Adds a payload to the unit.</summary>
    /// <param name="payload">The RTP payload, at least one byte.</param>
    /// <returns>False when the payload is malformed or of a kind that is not taken: the unit is spoilt.</returns>
    bool TryAppend(ReadOnlySpan<byte> payload, AccessUnit unit);

    /// <summary>Ends the unit: sets <see cref="AccessUnit.IsKey"/> and adds what a decoder needs to start there.</summary>
    /// <returns>Whether the unit is a whole picture, holds none, or is spoilt.</returns>
    UnitContent Finish(AccessUnit unit);

    /// <summary>Forgets a unit that was begun; what was learnt for later ones, such as parameter sets, stays.</summary>
    void Abandon();
}
