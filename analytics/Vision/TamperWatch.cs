namespace Xunke.Analytics.Vision;

/// <summary>
/// Watches a camera's pictures for a view that cannot be trusted (docs/behaviours.md, "Tamper"). Pure: time comes with the pictures.
/// Not thread-safe.
/// </summary>
public sealed class TamperWatch
{
    /// <summary>Below this mean luma nobody can be made out.</summary>
    private const float DarkBelow = 18;

    /// <summary>Below this spread of the cells there is nothing to see but one surface.</summary>
    private const float StructureNeeded = 7;

    /// <summary>Below this detail a picture is out of focus: a smooth one has 0.25, sharp ones through an encoder 0.31 and more.</summary>
    private const float DetailNeeded = 0.27f;

    /// <summary>The same picture must last for this long: a still class in an encoder that skips what does not change.</summary>
    private static readonly TimeSpan FrozenAfter = TimeSpan.FromSeconds(10);

    private readonly CameraShift _camera = new();
    private DateTimeOffset? _sameSince;
    private byte[] _before = [];

    /// <summary>The first of the pictures that are the same as the newest one.</summary>
    public DateTimeOffset? SameSince => _sameSince;

    /// <param name="picture">Later than the one before.</param>
    /// <returns>What is wrong with it; <see cref="Tamper.Moved"/> once, when the new view is taken to stay.</returns>
    public Tamper Look(RgbFrame picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var measures = PictureMeasures.Of(picture);
        Tamper tamper = WatchRepeats(picture) ? Tamper.Frozen : JudgeAlone(measures);
        return tamper == Tamper.None && _camera.Look(picture, measures) ? Tamper.Moved : tamper;
    }

    private static Tamper JudgeAlone(PictureMeasures measures) =>
        measures.Brightness < DarkBelow ? Tamper.Dark
        : measures.Contrast < StructureNeeded ? Tamper.Covered
        : measures.Detail < DetailNeeded ? Tamper.Blurred
        : Tamper.None;

    private bool WatchRepeats(RgbFrame picture)
    {
        if (_sameSince is null || !picture.Pixels.SequenceEqual(_before))
        {
            _sameSince = picture.CapturedAt;
            if (_before.Length != picture.Pixels.Length)
            {
                _before = new byte[picture.Pixels.Length];
            }

            picture.Pixels.CopyTo(_before);
        }

        return picture.CapturedAt - _sameSince >= FrozenAfter;
    }
}
