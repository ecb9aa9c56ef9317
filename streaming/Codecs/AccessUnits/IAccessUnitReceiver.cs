namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>Takes what an <see cref="AccessUnitAssembler"/> builds.</summary>
internal interface IAccessUnitReceiver
{
    /// <summary>A whole picture that continues the last one given, or can be started at. The receiver returns it to its pool.</summary>
    void OnUnit(AccessUnit unit);

    /// <summary>Nothing decodes until the next key frame: ask the publisher for one. May be called often.</summary>
    void OnKeyFrameNeeded();
}
