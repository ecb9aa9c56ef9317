using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Finds everyone in single pictures, where time matters less than in a stream: a class that looks small, as in a wide photograph, is looked
/// at a second time in a larger size (docs/benchmarks.md, "How large a class must look"). Not thread-safe.
/// </summary>
public sealed class PictureEstimator : IDisposable
{
    /// <summary>
    /// The middle one of the shoulder widths, in pixels of the network's input, below which people are missed: at 15 pixels 83 % of rendered
    /// classes are found, at 20 88 %, at 25 93 %, from 31 to 47 97 %, at 52 95 %.
    /// </summary>
    private const float TooSmall = 30;

    private const float WellSeen = 36;

    /// <summary>Fewer shoulders say nothing about how large a class looks.</summary>
    private const int LeastShoulders = 6;

    private const float SeenJoint = 0.15f;

    /// <summary>Of larger pictures no more is looked at.</summary>
    public const int LargestWidth = 2048;

    /// <summary>Likewise.</summary>
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

    /// <summary>Loads the models.</summary>
    /// <param name="files">Imported by <see cref="ModelStore"/>.</param>
    public static PictureEstimator Load(ModelFiles files) => new(files);

    /// <summary>Everyone in a picture, in its pixels.</summary>
    public IReadOnlyList<Pose> Estimate(RgbFrame picture)
    {
        IReadOnlyList<Pose> poses = _usual.Estimate(picture);
        float shoulders = Shoulders(poses) * Letterbox.Fit(picture.Width, picture.Height, _options).Scale;
        return shoulders < TooSmall ? InSize(WellSeen / shoulders).Estimate(picture) : poses;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _usual.Dispose();
        foreach (PoseEstimator? larger in _larger)
        {
            larger?.Dispose();
        }
    }

    /// <summary>The middle one of the shoulder widths in pixels of the picture; infinite where too few were seen.</summary>
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
        return _larger[size] ??= PoseEstimator.Load(_files, _options with { FineWidth = Larger[size].Width, FineHeight = Larger[size].Height });
    }
}
