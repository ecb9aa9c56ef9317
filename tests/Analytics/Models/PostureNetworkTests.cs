using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Models;

public sealed class PostureNetworkTests
{
    private const int Rows = 144;
    private const int Columns = 256;

    /// <summary>Of bilinear sampling in floats.</summary>
    private const float Rounding = 0.002f;

    [Fact]
    public void It_says_what_it_said_where_it_was_taught()
    {
        var weights = PostureWeights.Load();

        float[] said = Run(PostureGraph.Build(weights).ToByteArray(), PostureGraph.PosturesName);

        // The same features were made in teach.py, in another framework.
        weights.Check.Length.ShouldBe(PostureWeights.Outputs);
        for (int i = 0; i < said.Length; i++)
        {
            said[i].ShouldBe(weights.Check[i], Rounding);
        }
    }

    [Fact]
    public void All_maps_are_cut_at_the_same_place_whatever_their_stride()
    {
        float[] cuts = Run(PostureGraph.BuildCutter().ToByteArray(), PostureGraph.CutsName);

        const int area = PostureGraph.Side * PostureGraph.Side;
        cuts.Length.ShouldBe(PostureGraph.Channels * area);
        foreach (int channel in (int[])[0, 23, 24, 63, 64, 111])
        {
            // Middle of the region's first cell: 60 cells of 4 pixels in 16 parts, from cell 40 and 20 on.
            float x = (40 + (60 / 32f) + 0.5f) * 4, y = (20 + (60 / 32f) + 0.5f) * 4;
            cuts[channel * area].ShouldBe(Feature(channel, x, y), Rounding);
            cuts[(channel * area) + 1].ShouldBe(Feature(channel, x + 15, y), Rounding);
            cuts[(channel * area) + PostureGraph.Side].ShouldBe(Feature(channel, x, y + 15), Rounding);
        }
    }

    [Fact]
    public void A_person_without_a_finite_place_gets_a_region_all_the_same()
    {
        var person = new PersonCandidate { Box = new Box(0, 0, 10, 20) };
        person[Joint.LeftShoulder] = new Keypoint(float.NaN, 5, 1);
        person[Joint.RightShoulder] = new Keypoint(3, 5, 1);

        PostureRegion.Of(person).ShouldBe(new Box(0, 0, 1, 1));
    }

    [Fact]
    public void The_region_is_around_the_shoulders_or_below_the_nose_where_they_are_hidden()
    {
        var person = new PersonCandidate { Box = new Box(80, 60, 120, 180) };
        person[Joint.LeftShoulder] = new Keypoint(120, 100, 0.6f);
        person[Joint.RightShoulder] = new Keypoint(80, 100, 0.6f);
        person[Joint.Nose] = new Keypoint(100, 84, 0.6f);
        Box shown = PostureRegion.Of(person);

        person[Joint.RightShoulder] = new Keypoint(80, 100, 0);
        Box hidden = PostureRegion.Of(person);

        // 40 pixels between the shoulders are 10 cells.
        shown.Width.ShouldBe(36, 0.01f);
        ((shown.Left + shown.Right) / 2).ShouldBe(24.5f, 0.01f);
        (shown.Top + (0.58f * 36)).ShouldBe(24.5f, 0.01f);
        hidden.Top.ShouldBe(shown.Top, 0.01f);
        hidden.Left.ShouldBe(shown.Left, 0.01f);
    }

    /// <summary>The same as in teach.py; it rises down the picture more than across, so that a cut that is moved aslant shows.</summary>
    private static float Feature(int channel, float x, float y) => ((float)channel / PostureGraph.Channels) + ((x + (2 * y)) / 1000);

    private static float[] Run(byte[] onnx, string output)
    {
        using var session = new InferenceSession(onnx);
        using var options = new RunOptions();
        var values = new Dictionary<string, OrtValue>();
        int first = 0;
        foreach (ModelHead head in PostureGraph.Features)
        {
            int ratio = head.Stride / ModelRecipe.Stride, rows = Rows / ratio, columns = Columns / ratio;
            var map = new float[head.Channels * rows * columns];
            for (int i = 0; i < map.Length; i++)
            {
                map[i] = Feature(
                    first + (i / (rows * columns)), ((i % columns) + 0.5f) * head.Stride, ((i / columns % rows) + 0.5f) * head.Stride);
            }

            values.Add(head.Name, OrtValue.CreateTensorValueFromMemory(map, [1, head.Channels, rows, columns]));
            first += head.Channels;
        }

        values.Add(PostureGraph.RegionsName, OrtValue.CreateTensorValueFromMemory(new float[] { 40, 20, 100, 80 }, [1, 4]));
        values.Add(PostureGraph.PicturesName, OrtValue.CreateTensorValueFromMemory(new long[1], [1]));
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, values, [output]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (OrtValue value in values.Values)
            {
                value.Dispose();
            }
        }
    }
}
