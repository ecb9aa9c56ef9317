namespace Xunke.Streaming.Rooms;

/// <summary>What may be left out of a stream whose pictures come in temporal layers (RFC 7741 4.2).</summary>
internal enum PictureLayer : byte
{
    /// <summary>A picture that later ones lean on; in a stream without layers, any.</summary>
    Base,

    /// <summary>A picture that viewers can do without.</summary>
    Upper,

    /// <summary>The first piece of such a picture that leans on base pictures alone: the upper layers can be taken up here.</summary>
    UpperStart,
}
