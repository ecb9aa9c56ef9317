using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>Where the time of one picture went, in ticks of <see cref="Stopwatch"/>.</summary>
internal readonly record struct EstimateTimes(long Letterbox, long Inference, long Decode, long CloseLooks, int CloseLookCount);

/// <summary>
/// Finds everyone in a picture with MoveNet MultiPose, reads their postures from what it saw, and looks closely with MoveNet Lightning at
/// those who may have a hand up.
/// Works in buffers of its own: beside the poses that it returns it allocates for a picture only the headers that OpenCV needs.
/// One instance for each thread.
/// </summary>
public sealed class PoseEstimator : IPoseEstimator
{
    /// <summary>Number of input shapes kept ready, as rooms differ in the shape of their pictures and in the rows looked at.</summary>
    private const int MostShapes = 8;

    private readonly PoseEstimatorOptions _options;
    private readonly InferenceSession _multiPose;
    private readonly InferenceSession _singlePose;
    private readonly InferenceSession _postureNetwork;
    private readonly MultiPoseDecoder _decoder = new();
    private readonly PostureReader _postures;
    private readonly CloseLook _closeLook;
    private readonly List<BoundModel> _shapes = [];
    private bool _disposed;

    private PoseEstimator(InferenceSession multiPose, InferenceSession singlePose, PoseEstimatorOptions options)
    {
        _options = options;
        _multiPose = multiPose;
        _singlePose = singlePose;
        _postureNetwork = OpenPostureNetwork(options.Threads);
        _postures = new PostureReader(_postureNetwork, PostureGraph.PosturesName, PostureWeights.Outputs);
        _closeLook = new CloseLook(singlePose, options.MaximumCloseLooks);
    }

    internal EstimateTimes LastTimes { get; private set; }

    /// <param name="files">Imported by <see cref="ModelStore"/>.</param>
    /// <param name="options">How to look; the defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OnnxRuntimeException">A file is missing or is no model.</exception>
    public static PoseEstimator Load(ModelFiles files, PoseEstimatorOptions? options = null)
    {
        options ??= new PoseEstimatorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FineHeight, 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FineWidth, options.FineHeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.FineWidth, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CoarseHeight, 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CoarseWidth, options.CoarseHeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CoarseWidth, options.FineWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaximumCloseLooks);
        InferenceSession multiPose = OpenSession(files.MultiPose, options.Threads);
        try
        {
            return new PoseEstimator(multiPose, OpenSession(files.SinglePose, options.Threads), options);
        }
        catch
        {
            multiPose.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (rows is { } asked && (asked.Top < 0 || asked.Height <= 0 || asked.Bottom > frame.Height))
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"The picture has {frame.Height} rows.");
        }

        long started = Stopwatch.GetTimestamp();
        var whole = Letterbox.Fit(frame.Width, frame.Height, _options, fineness);
        Letterbox letterbox = rows is { } band ? whole.Cut(band.Height) : whole;
        // Rounded up, the cut takes in some rows more above.
        int top = letterbox == whole ? 0 : Math.Max(0, rows!.Value.Bottom - (int)MathF.Ceiling(letterbox.PictureHeight / letterbox.Scale));
        BoundModel model = ModelFor(letterbox);
        Fill(model, letterbox, frame, top);
        long filled = Stopwatch.GetTimestamp();
        model.Run();
        long computed = Stopwatch.GetTimestamp();
        List<PersonCandidate> people = _decoder.Decode(model, whole.PictureWidth, whole.PictureHeight);
        _postures.ReadInto(model, people);
        foreach (PersonCandidate person in people)
        {
            person.Scale(1 / letterbox.Scale, top);
        }

        long decoded = Stopwatch.GetTimestamp();
        int looked = _closeLook.Correct(frame, people);
        LastTimes = new EstimateTimes(filled - started, computed - filled, decoded - computed, Stopwatch.GetTimestamp() - decoded, looked);
        return people.ConvertAll(static person => new Pose(
            person.Box, person.Score, ImmutableCollectionsMarshal.AsImmutableArray(person.Keypoints.AsSpan().ToArray()), person.Posture));
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _postures.Dispose();
        _postureNetwork.Dispose();
        _closeLook.Dispose();
        _shapes.ForEach(shape => shape.Dispose());
        _multiPose.Dispose();
        _singlePose.Dispose();
    }

    private static InferenceSession OpenSession(string path, int threads)
    {
        SignalStack.Enlarge(); // Constant parts of a network are computed while it is opened.
        using SessionOptions options = Options(threads);
        return new InferenceSession(path, options);
    }

    private static InferenceSession OpenPostureNetwork(int threads)
    {
        using SessionOptions options = Options(threads);
        return new InferenceSession(PostureGraph.Build(PostureWeights.Load()).ToByteArray(), options);
    }

    private static SessionOptions Options(int threads) => new()
    {
        IntraOpNumThreads = threads,
        InterOpNumThreads = 1,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
    };

    private BoundModel ModelFor(Letterbox letterbox)
    {
        int index = 0;
        while (index < _shapes.Count && (_shapes[index].Width != letterbox.InputWidth || _shapes[index].Height != letterbox.InputHeight))
        {
            index++;
        }

        BoundModel model;
        if (index < _shapes.Count)
        {
            model = _shapes[index];
            _shapes.RemoveAt(index);
        }
        else
        {
            model = new BoundModel(_multiPose, ModelRecipe.MultiPose, letterbox.InputWidth, letterbox.InputHeight);
            if (_shapes.Count == MostShapes)
            {
                _shapes[^1].Dispose();
                _shapes.RemoveAt(MostShapes - 1);
            }
        }

        // Most recently used first.
        _shapes.Insert(0, model);
        return model;
    }

    private void Fill(BoundModel model, Letterbox letterbox, RgbFrame frame, int top)
    {
        Span<byte> input = model.Input;
        if (letterbox.Scale == 1)
        {
            for (int y = 0; y < letterbox.PictureHeight; y++)
            {
                frame.Pixels.Slice((top + y) * frame.Width * 3, frame.Width * 3).CopyTo(input[(y * model.Width * 3)..]);
            }
        }
        else
        {
            int rows = Math.Min(frame.Height - top, (int)MathF.Round(letterbox.PictureHeight / letterbox.Scale));
            PictureSampler.Scale(frame, new RowBand(top, top + rows), input, letterbox.PictureWidth, letterbox.PictureHeight, model.Width);
        }

        // Two pictures of different size may share an input: what the last one left is wiped out.
        int beside = (model.Width - letterbox.PictureWidth) * 3;
        for (int y = 0; beside > 0 && y < letterbox.PictureHeight; y++)
        {
            input.Slice(((y * model.Width) + letterbox.PictureWidth) * 3, beside).Clear();
        }

        input[(letterbox.PictureHeight * model.Width * 3)..].Clear();
    }
}
