using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Finds everyone in single pictures. A class that looks small, as in a wide photograph, is looked at a second time in a larger
/// size (docs/benchmarks.md, "How large a class must look"). Not thread-safe.
/// </summary>
public sealed class PictureEstimator : IDisposable
{
    /// <summary>
    /// Median shoulder width, in pixels of the network's input, below which people are missed: at 15 pixels 83 % of rendered
    /// classes are found, at 20 88 %, at 25 93 %, from 31 to 47 97 %, at 52 95 %.
    /// </summary>
    private const float TooSmall = 30;

    private const float WellSeen = 36;

    /// <summary>With fewer shoulders the size of the class is unknown.</summary>
    private const int LeastShoulders = 6;

    private const float SeenJoint = 0.15f;

    /// <summary>Width of the largest size used, in pixels.</summary>
    public const int LargestWidth = 2048;

    /// <summary>Height of the largest size used, in pixels.</summary>
    public const int LargestHeight = 1152;

    private static readonly (int Width, int Height)[] Larger = [(1280, 720), (1536, 864), (LargestWidth, LargestHeight)];

    private readonly ModelFiles _files;
    private readonly PoseEstimatorOptions _options = new();
    private readonly PoseEstimator _usual;
    private readonly PoseEstimator?[] _larger = new PoseEstimator?[Larger.Length];

    private PictureEstimator(ModelFiles files)
    {
        _files = files;
        _usual = PoseEstimator.Load(files, _options);
    }

    /// <param name="files">Imported by <see cref="ModelStore"/>.</param>
    public static PictureEstimator Load(ModelFiles files) => new(files);

    public IReadOnlyList<Pose> Estimate(RgbFrame picture)
    {
        IReadOnlyList<Pose> poses = _usual.Estimate(picture);
        float shoulders = Shoulders(poses) * Letterbox.Fit(picture.Width, picture.Height, _options).Scale;
        return shoulders < TooSmall ? InSize(WellSeen / shoulders).Estimate(picture) : poses;
    }

    public void Dispose()
    {
        _usual.Dispose();
        foreach (PoseEstimator? larger in _larger)
        {
            larger?.Dispose();
        }
    }

    /// <summary>Median shoulder width in pixels of the picture; infinite where too few were seen.</summary>
    private static float Shoulders(IReadOnlyList<Pose> poses)
    {
        float[] widths =
        [
            .. from pose in poses
               let left = pose[Joint.LeftShoulder]
               let right = pose[Joint.RightShoulder]
               where left.Score >= SeenJoint && right.Score >= SeenJoint
               let width = float.Hypot(left.X - right.X, left.Y - right.Y)
               orderby width
               select width,
        ];
        return widths.Length < LeastShoulders ? float.PositiveInfinity : widths[widths.Length / 2];
    }

    /// <summary>The estimator for the smallest size that enlarges so much, or for the largest there is.</summary>
    private PoseEstimator InSize(float enlargement)
    {
        int size = Array.FindIndex(Larger, larger => larger.Width >= enlargement * _options.FineWidth);
        size = size < 0 ? Larger.Length - 1 : size;
        return _larger[size] ??= PoseEstimator.Load(
            _files, _options with { FineWidth = Larger[size].Width, FineHeight = Larger[size].Height });
    }
}
