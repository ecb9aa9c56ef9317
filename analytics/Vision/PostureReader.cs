using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Runs a network over the features around each person, all people of a picture at once. Keeps its buffers: a run copies and allocates
/// nothing once every number of people has been met. Not thread-safe.
/// </summary>
internal sealed class PostureReader : IDisposable
{
    private const int Corners = 4;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly string _output;
    private readonly int[] _shape;
    private readonly int _values;
    private readonly float[] _regions = new float[MultiPoseDecoder.MostPeople * Corners];
    private readonly long[] _pictures = new long[MultiPoseDecoder.MostPeople];
    private readonly float[] _results;
    private readonly (OrtValue Regions, OrtValue Pictures, OrtValue Results)?[] _bound =
        new (OrtValue, OrtValue, OrtValue)?[MultiPoseDecoder.MostPeople + 1];

    /// <param name="session">A graph of <see cref="PostureGraph"/>; stays the caller's.</param>
    public PostureReader(InferenceSession session, string output, params int[] shape)
    {
        _session = session;
        _binding = session.CreateIoBinding();
        _output = output;
        _shape = shape;
        _values = shape.Aggregate(1, static (product, size) => product * size);
        _results = new float[MultiPoseDecoder.MostPeople * _values];
    }

    /// <param name="people">Everyone found, in pixels of its input.</param>
    /// <returns>Person after person; good until the next call.</returns>
    public ReadOnlySpan<float> Read(BoundModel model, List<PersonCandidate> people)
    {
        if (people.Count == 0)
        {
            return [];
        }

        for (int i = 0; i < people.Count; i++)
        {
            Box region = PostureRegion.Of(people[i]);
            (_regions[i * Corners], _regions[(i * Corners) + 1]) = (region.Left, region.Top);
            (_regions[(i * Corners) + 2], _regions[(i * Corners) + 3]) = (region.Right, region.Bottom);
        }

        (OrtValue regions, OrtValue pictures, OrtValue results) = Bound(people.Count);
        for (int i = 0; i < PostureGraph.Features.Count; i++)
        {
            _binding.BindInput(PostureGraph.Features[i].Name, model.HeadValue(PostureGraph.MultiPoseHeads + i));
        }

        _binding.BindInput(PostureGraph.RegionsName, regions);
        _binding.BindInput(PostureGraph.PicturesName, pictures);
        _binding.BindOutput(_output, results);
        _session.RunWithBinding(_run, _binding);
        return _results.AsSpan(0, people.Count * _values);
    }

    /// <summary>Sets the posture of everyone in a picture; the output must be <see cref="PostureGraph.PosturesName"/>.</summary>
    /// <param name="people">Everyone found, in pixels of its input.</param>
    public void ReadInto(BoundModel model, List<PersonCandidate> people)
    {
        ReadOnlySpan<float> values = Read(model, people);
        for (int i = 0; i < people.Count; i++)
        {
            ReadOnlySpan<float> of = values.Slice(i * _values, PostureWeights.Outputs);
            people[i].Posture = new Posture(of[0], of[1], of[2], of[3]);
        }
    }

    public void Dispose()
    {
        foreach ((OrtValue Regions, OrtValue Pictures, OrtValue Results)? bound in _bound)
        {
            bound?.Regions.Dispose();
            bound?.Pictures.Dispose();
            bound?.Results.Dispose();
        }

        _binding.Dispose();
        _run.Dispose();
    }

    private (OrtValue Regions, OrtValue Pictures, OrtValue Results) Bound(int people) => _bound[people] ??= (
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _regions.AsMemory(0, people * Corners), [people, Corners]),
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _pictures.AsMemory(0, people), [people]),
        OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, _results.AsMemory(0, people * _values), [people, .. _shape.Select(size => (long)size)]));
}
