using Google.Protobuf;
using Xunke.Analytics.Models;
using Xunke.Analytics.Models.Onnx;
using Xunke.Analytics.Models.TensorFlowJs;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Models;

/// <summary>MoveNet in 8-bit numbers against the same in floating point, over the demo's pictures.</summary>
public sealed class QuantisedModelTests
{
    private static readonly GraphModel Model =
        GraphModelReader.Read(Path.Combine(ModelStore.DefaultSourceDirectory, ModelRecipe.MultiPose.Name + ".json"));

    [Fact]
    public void Every_head_follows_the_original_but_for_a_little_noise()
    {
        byte[] onnx = GraphConverter.Convert(Model, ModelRecipe.MultiPose, ActivationRanges.Of(ModelRecipe.MultiPose)).ToByteArray();

        IReadOnlyDictionary<string, float> noise = ModelCheck.Noise(Model, ModelRecipe.MultiPose, onnx);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", noise));
        noise.Values.ShouldAllBe(value => value <= ModelCheck.Int8Tolerance);
    }

    [Fact]
    public void A_range_that_cuts_a_layer_short_is_refused()
    {
        var ranges = ActivationRanges.Of(ModelRecipe.MultiPose);
        string layer = ranges.Layers.Keys.First(node => node.Contains("block_2_add", StringComparison.Ordinal));
        var cut = new Dictionary<string, float[]>(ranges.Layers) { [layer] = [-0.1f, 0.1f] };
        byte[] onnx = GraphConverter.Convert(Model, ModelRecipe.MultiPose, ranges with { Layers = cut }).ToByteArray();

        Should.Throw<ModelImportException>(() => ModelCheck.VerifyInt8(Model, ModelRecipe.MultiPose, onnx)).Message.ShouldContain(
            "differs");
    }

    [Fact]
    public void No_two_weights_overflow_on_processors_that_add_two_products_in_16_bits()
    {
        ModelProto onnx = GraphConverter.Convert(Model, ModelRecipe.MultiPose, ActivationRanges.Of(ModelRecipe.MultiPose));

        List<TensorProto> summed = [.. onnx.Graph.Initializer.Where(
            tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int8 && tensor.Dims.Count == 4 && tensor.Dims[1] > 1)];

        summed.Count.ShouldBeGreaterThan(30);
        foreach (TensorProto tensor in summed)
        {
            sbyte[] weights = [.. tensor.RawData.Select(value => (sbyte)value)];
            int inputs = (int)tensor.Dims[1];
            (inputs % 2).ShouldBe(tensor.Dims[2] == 1 ? 0 : 1, "pairs do not reach from one output into the next");
            IEnumerable<int> pairs = tensor.Dims[2] == 1
                ? weights.Chunk(2).Select(pair => Math.Abs(pair[0] + pair[1]))
                : weights.Select(weight => 2 * Math.Abs((int)weight));
            (255 * pairs.Max()).ShouldBeLessThanOrEqualTo(short.MaxValue);
        }
    }

    [Fact]
    public void Nothing_is_computed_in_8_bits_unless_its_ranges_are_known() =>
        GraphConverter.Convert(Model, ModelRecipe.MultiPose).Graph.Node.ShouldAllBe(
            node => !node.OpType.StartsWith("QLinear", StringComparison.Ordinal));

    [Theory]
    [InlineData("front60", 0.95)]
    // From behind more people are hardly seen, and are found or not for a trifle; of all who are there as many are found.
    [InlineData("rear20", 0.9)]
    public async Task It_finds_whom_the_published_model_finds(string name, double least)
    {
        string clip = name == "front60" ? Clips.Front : Clips.Rear;
        ModelFiles published = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, ModelPrecision.Float, TestContext.Current.CancellationToken);
        using PoseEstimator exact = PoseEstimator.Load(published), quick = PoseEstimator.Load(await ImportedModels.GetAsync());
        int people = 0, found = 0, more = 0;
        var options = new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(3) };
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, options, TestContext.Current.CancellationToken))
        {
            using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
            IReadOnlyList<Pose> expected = exact.Estimate(frame), seen = quick.Estimate(frame);
            people += expected.Count;
            found += expected.Count(person => seen.Any(other => AreOne(person, other)));
            more += seen.Count(other => !expected.Any(person => AreOne(person, other)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{found} of {people} found, {more} more");
        ((double)found / people).ShouldBeGreaterThanOrEqualTo(least);
        ((double)more / people).ShouldBeLessThanOrEqualTo(1 - least);
    }

    [Fact]
    public async Task What_the_demo_shows_lies_within_the_ranges()
    {
        var table = ActivationRanges.Of(ModelRecipe.MultiPose);
        using var meter = new RangeMeter(Model, ModelRecipe.MultiPose);
        byte[] picture = new byte[1024 * 576 * 3];
        var options = new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(17) };
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(Clips.Front, options, TestContext.Current.CancellationToken))
        {
            using (decoded)
            {
                decoded.Pixels.CopyTo(picture);
                meter.Add(picture, 1024, 576);
            }
        }

        meter.Ranges.Count().ShouldBe(table.Layers.Count);
        foreach ((string node, ValueRange range) in meter.Ranges)
        {
            ValueRange known = table.Of(Model.Node(node)).ShouldNotBeNull(node);
            (range.Least >= known.Least && range.Greatest <= known.Greatest).ShouldBeTrue($"{node}: {range} in {known}");
        }
    }

    private static bool AreOne(Pose a, Pose b)
    {
        float apart = float.Hypot(a[Joint.LeftShoulder].X - b[Joint.LeftShoulder].X, a[Joint.LeftShoulder].Y - b[Joint.LeftShoulder].Y);
        return apart < a.Box.Height / 6;
    }
}
