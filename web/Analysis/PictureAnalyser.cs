using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Models;
using Xunke.Analytics.Overlays;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Web.Analysis;

/// <summary>What was found in one picture.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Sample">What was seen; null where the picture could not be read.</param>
/// <param name="Tamper">What is wrong with the view.</param>
/// <param name="Error">Why it could not be read; null where it could.</param>
internal sealed record AnalysedPicture(string Name, BehaviourSample? Sample, Tamper Tamper, string? Error);

/// <summary>
/// Analyses pictures each for itself. A picture is shown to a fresh observer as a class that holds still for some seconds, so that
/// seats, votes and rules are those of a video; what needs a history (standing up, a frozen or moved camera) stays unknown.
/// </summary>
/// <param name="models">The pose models.</param>
/// <param name="areas">Where pupils sit and the teacher moves; null where that is not known.</param>
/// <param name="progress">Told of every picture.</param>
internal sealed class PictureAnalyser(ModelFiles models, RoomAreas? areas, ProgressBar progress)
{
    private const int Looks = 4;

    /// <summary>In which people are looked for. Whether a view is blurred is told in the usual size, for which its limits were
    /// measured.</summary>
    private static readonly AnalysisSize Largest = new(PictureEstimator.LargestWidth, PictureEstimator.LargestHeight);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Analyses pictures; one that cannot be read costs that one only.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="rearCamera">The camera is behind the class.</param>
    /// <param name="overlayFolder">Where annotated pictures go; null for nowhere.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task<ImmutableArray<AnalysedPicture>> AnalyseAsync(
        IReadOnlyList<string> paths, bool rearCamera, string? overlayFolder, CancellationToken cancellationToken)
    {
        using var estimator = PictureEstimator.Load(models);
        ImmutableArray<AnalysedPicture>.Builder analysed = ImmutableArray.CreateBuilder<AnalysedPicture>();
        foreach (string path in paths)
        {
            analysed.Add(await AnalyseAsync(estimator, path, rearCamera, overlayFolder, cancellationToken));
            progress.Report(analysed.Count, paths.Count);
        }

        return analysed.ToImmutable();
    }

    private async Task<AnalysedPicture> AnalyseAsync(
        PictureEstimator estimator, string path, bool rearCamera, string? overlayFolder, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        try
        {
            using RgbFrame picture = await PictureFiles.ReadAsync(path, AnalysedLesson.Origin, Largest, cancellationToken);
            using RgbFrame usual = await PictureFiles.ReadAsync(path, AnalysedLesson.Origin, AnalysisSize.Default, cancellationToken);
            BehaviourSample sample = Observe(picture, estimator.Estimate(picture));
            if (overlayFolder is not null)
            {
                string target = Path.Combine(overlayFolder, name + ".png");
                await using var writer = OverlayWriter.Picture(target);
                await writer.WriteAsync(Overlay.Draw(picture, sample.People), picture.Width, picture.Height, cancellationToken);
                await writer.FinishAsync(cancellationToken);
            }

            sample = sample with { LowConfidence = sample.LowConfidence || rearCamera };
            return new AnalysedPicture(name, sample, new TamperWatch().Look(usual), null);
        }
        catch (InvalidDataException unreadable)
        {
            return new AnalysedPicture(name, null, Tamper.None, unreadable.Message);
        }
    }

    private BehaviourSample Observe(RgbFrame picture, IReadOnlyList<Pose> poses)
    {
        var observer = new RoomObserver { Areas = areas };
        BehaviourSample sample = null!;
        for (int look = 0; look < Looks; look++)
        {
            sample = observer.Observe(picture.CapturedAt + look * Interval, Interval, picture.Width, picture.Height, poses);
        }

        return sample;
    }
}
