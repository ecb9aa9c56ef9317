namespace Xunke.Analytics.Vision;

/// <summary>
/// Tells when a camera was moved, turned or zoomed: the corners of its usual view are found again elsewhere, or no longer, and the new view
/// stays (docs/behaviours.md, "Tamper"). Light changes corners little, and people only those that they have or cover. Not thread-safe.
/// </summary>
internal sealed class CameraShift
{
    /// <summary>
    /// Views that have nothing in common share 8 corners at most; one of which 60 % is covered, 14; one zoomed by 1.5, 28.
    /// </summary>
    private const int Known = 12;

    /// <summary>Share of the picture's width: about a pupil's shoulder. A still camera's views differ by 0.014 at most.</summary>
    private const double SameView = 0.03;

    /// <summary>When no more corners than this are found again, the class has changed so much that the usual view is taken anew.</summary>
    private const int FewLeft = 100;

    /// <summary>
    /// A picture more like the one last compared shows the same view, which saves 5 ms: panned by 2 % it is like it by 0.66 at most, zoomed
    /// by a tenth by 0.51, and a class is like itself some seconds before by 0.71 at least.
    /// </summary>
    private const float Unchanged = 0.7f;

    /// <summary>A view must differ for this long, and be still: somebody may walk past the lens.</summary>
    private static readonly TimeSpan MovedAfter = TimeSpan.FromSeconds(6);

    private ViewFeatures? _usual;
    private ViewFeatures? _other;
    private DateTimeOffset _otherSince;
    private PictureMeasures? _compared;

    /// <param name="picture">Later than the one before, and one that shows something.</param>
    /// <returns>True once, when the new view is taken to stay.</returns>
    public bool Look(RgbFrame picture, PictureMeasures measures)
    {
        if (_other is null && _compared?.Likeness(measures) >= Unchanged)
        {
            return false;
        }

        _compared = measures;
        var now = ViewFeatures.Of(picture);
        _usual ??= now;
        if (IsSame(_usual, now, out int shared))
        {
            _other = null;
            _usual = shared < FewLeft ? now : _usual;
            return false;
        }

        if (_other is null || !IsSame(_other, now, out _))
        {
            (_other, _otherSince) = (now, picture.CapturedAt);
            return false;
        }

        if (picture.CapturedAt - _otherSince < MovedAfter)
        {
            return false;
        }

        (_usual, _other) = (now, null);
        return true;
    }

    private static bool IsSame(ViewFeatures one, ViewFeatures other, out int shared)
    {
        (shared, double shift) = one.To(other);
        return shared >= Known && shift < SameView;
    }
}
