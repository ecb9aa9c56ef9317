namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Finds, for one camera, the droop that parts heads up from heads down. It starts from a prior; once the room has shown both
/// in numbers, the middle between the two groups decides (parted by Otsu's criterion over the last minutes), within bounds around the
/// prior, so that a class that only ever writes is not split in the middle. Not thread-safe.
/// </summary>
internal sealed class HeadCalibration
{
    /// <summary>Where droop parts for a camera above the board at common heights.</summary>
    public const float Prior = -0.05f;

    /// <summary>The farthest that a room's own border may lie from the prior.</summary>
    private const float LargestShift = 0.2f;

    private const float Lowest = -1.2f;
    private const float BinWidth = 0.04f;
    private const int Bins = 60;

    /// <summary>Heads to be seen before the room's own statistics speak.</summary>
    private const float HeadsNeeded = 300;

    /// <summary>Heads after which the oldest fade: about five minutes of a class of forty at one look a second.</summary>
    private const float Memory = 12000;

    /// <summary>The least share that either group must have.</summary>
    private const float LeastShare = 0.08f;

    /// <summary>The least distance of the groups' means: nearer ones are one group cut in two.</summary>
    private const float LeastDistance = 0.4f;

    /// <summary>Between two groups there are fewer heads than in either: at most this share of the smaller one's peak.</summary>
    private const float DeepestValley = 0.5f;

    /// <summary>Bins to either side over which peaks and valley are counted.</summary>
    private const int Around = 2;

    private readonly float[] _bins = new float[Bins];
    private float _total;

    public float Threshold { get; private set; } = Prior;

    /// <summary>Takes one look's droops in and moves the threshold for the next look.</summary>
    public void Learn(ReadOnlySpan<float> droops)
    {
        foreach (float droop in droops)
        {
            _bins[BinOf(droop)]++;
            _total++;
        }

        if (_total > Memory)
        {
            float fade = Memory / _total;
            for (int bin = 0; bin < Bins; bin++)
            {
                _bins[bin] *= fade;
            }

            _total = Memory;
        }

        Threshold = Gap() is { } gap ? Math.Clamp(gap, Prior - LargestShift, Prior + LargestShift) : Prior;
    }

    /// <summary>The middle between the two groups by Otsu's criterion; null where the room has not shown two groups.</summary>
    private float? Gap()
    {
        if (_total < HeadsNeeded)
        {
            return null;
        }

        float sum = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            sum += _bins[bin] * Centre(bin);
        }

        float below = 0, sumBelow = 0, best = 0, low = 0, high = 0;
        float? gap = null;
        for (int bin = 0; bin < Bins - 1; bin++)
        {
            below += _bins[bin];
            sumBelow += _bins[bin] * Centre(bin);
            float above = _total - below;
            if (below < LeastShare * _total || above < LeastShare * _total)
            {
                continue;
            }

            float meanBelow = sumBelow / below, meanAbove = (sum - sumBelow) / above;
            float distance = meanAbove - meanBelow;
            float between = below * above * distance * distance;
            if (between > best && distance >= LeastDistance)
            {
                best = between;
                (low, high) = (meanBelow, meanAbove);
                gap = (meanBelow + meanAbove) / 2;
            }
        }

        return gap is { } border && HasValley(border, low, high) ? border : null;
    }

    private bool HasValley(float border, float low, float high) =>
        Near(border) <= DeepestValley * Math.Min(Near(low), Near(high));

    private float Near(float droop)
    {
        int middle = BinOf(droop);
        float sum = 0;
        for (int bin = Math.Max(0, middle - Around); bin <= Math.Min(Bins - 1, middle + Around); bin++)
        {
            sum += _bins[bin];
        }

        return sum;
    }

    private static int BinOf(float droop) => Math.Clamp((int)((droop - Lowest) / BinWidth), 0, Bins - 1);

    private static float Centre(int bin) => Lowest + (bin + 0.5f) * BinWidth;
}
