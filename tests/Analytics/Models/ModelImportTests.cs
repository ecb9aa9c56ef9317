using System.Text.Json.Nodes;
using Google.Protobuf;
using Shouldly;
using Xunit;
using Xunke.Analytics.Models;
using Xunke.Analytics.Models.Onnx;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Tests.Analytics.Models;

/// <summary>The published MoveNet graphs, converted, against a plain evaluation of the same graphs.</summary>
public sealed class ModelImportTests
{
    private static readonly string Source = ModelStore.DefaultSourceDirectory;

    [Theory]
    [InlineData("movenet-multipose")]
    [InlineData("movenet-lightning")]
    public void Every_head_of_a_converted_model_computes_what_the_original_does(string name)
    {
        ModelRecipe recipe = RecipeOf(name);
        GraphModel model = GraphModelReader.Read(Path.Combine(Source, name + ".json"));

        IReadOnlyDictionary<string, float> differences =
            ModelCheck.Differences(model, recipe, GraphConverter.Convert(model, recipe).ToByteArray());

        differences.Keys.ShouldBe(recipe.Heads.Select(head => head.Name));
        differences.Values.ShouldAllBe(difference => difference <= ModelCheck.Tolerance);
    }

    [Fact]
    public void A_model_that_computes_something_else_is_refused()
    {
        GraphModel model = GraphModelReader.Read(Path.Combine(Source, "movenet-lightning.json"));
        ModelProto onnx = GraphConverter.Convert(model, ModelRecipe.SinglePose);
        TensorProto bias = onnx.Graph.Initializer.Last(tensor => tensor.Dims.Count == 1);
        byte[] values = bias.RawData.ToByteArray();
        BitConverter.TryWriteBytes(values, BitConverter.ToSingle(values) + 0.5f);
        bias.RawData = ByteString.CopyFrom(values);

        ModelImportException refusal =
            Should.Throw<ModelImportException>(() => ModelCheck.Verify(model, ModelRecipe.SinglePose, onnx.ToByteArray()));

        refusal.Message.ShouldContain("differs");
    }

    [Fact]
    public void The_picture_may_have_any_size_in_multiples_of_32()
    {
        GraphModel model = GraphModelReader.Read(Path.Combine(Source, "movenet-multipose.json"));

        ModelProto onnx = GraphConverter.Convert(model, ModelRecipe.MultiPose);

        onnx.OpsetImport.ShouldHaveSingleItem().Version.ShouldBe(13);
        onnx.Graph.Input.ShouldHaveSingleItem().Type.TensorType.Shape.Dim
            .Select(dimension => dimension.DimParam.Length > 0 ? "free" : $"{dimension.DimValue}")
            .ShouldBe(["1", "free", "free", "3"]);
    }

    [Fact]
    public void An_unknown_operation_is_named()
    {
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Source, "movenet-lightning.json")))!;
        JsonNode node = json["modelTopology"]!["node"]!.AsArray()
            .Single(candidate => (string?)candidate!["name"] == "StatefulPartitionedCall/Sigmoid")!;
        node["op"] = "Softsign";
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("movenet-lightning.json"), json.ToJsonString());
        File.Copy(Path.Combine(Source, "movenet-lightning.bin"), directory.File("movenet-lightning.bin"));
        GraphModel model = GraphModelReader.Read(directory.File("movenet-lightning.json"));

        Should.Throw<ModelImportException>(() => GraphConverter.Convert(model, ModelRecipe.SinglePose)).Message.ShouldContain("Softsign");
    }

    [Fact]
    public void Quantised_weights_are_widened_with_their_scale_and_minimum()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("small.json"), """
            {"modelTopology":{"node":[{"name":"w","op":"Const"}]},
             "weightsManifest":[{"paths":["a.bin","b.bin"],"weights":[
               {"name":"bytes","shape":[3],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1}},
               {"name":"axis","shape":[],"dtype":"int32"},
               {"name":"halves","shape":[1,2],"dtype":"float32","quantization":{"dtype":"float16"}}]}]}
            """);
        File.WriteAllBytes(directory.File("a.bin"), [0, 2, 255, 7, 0]);
        File.WriteAllBytes(directory.File("b.bin"), [0, 0, 0x00, 0x3c, 0x00, 0xc0]);

        GraphModel model = GraphModelReader.Read(directory.File("small.json"));

        model.Weight("bytes").Values.ShouldBe([-1f, 0f, 126.5f]);
        model.Weight("halves").Values.ShouldBe([1f, -2f]);
        Should.Throw<ModelImportException>(() => model.Weight("axis"));
    }

    private static ModelRecipe RecipeOf(string name) => name == ModelRecipe.MultiPose.Name ? ModelRecipe.MultiPose : ModelRecipe.SinglePose;
}
