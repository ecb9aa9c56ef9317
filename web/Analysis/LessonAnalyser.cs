using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Models;
using Xunke.Analytics.Overlays;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Web.Analysis;

/// <summary>
/// Analyses a lesson's file with the live path's own code: estimator, observer, indices. The same file gives the same answer on the
/// same machine, however many threads work on it.
/// </summary>
/// <param name="arguments">What is to be done.</param>
/// <param name="areas">Where pupils sit and the teacher moves; null where that is not known.</param>
/// <param name="models">The pose models.</param>
/// <param name="progress">Told of every sample.</param>
internal sealed class LessonAnalyser(AnalyseArguments arguments, RoomAreas? areas, ModelFiles models, ProgressBar progress)
{
    private static readonly TimeSpan ShortLesson = TimeSpan.FromMinutes(10);

    private readonly RoomObserver _observer = new() { Areas = areas };
    private readonly TamperWatch _tamper = new();
    private readonly TamperLog _tampers = new();
    private readonly List<(BehaviourSample Sample, Tamper Tamper)> _looks = [];

    /// <summary>Analyses a video.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">It is no video, or nothing of it can be decoded.</exception>
    /// <exception cref="FileNotFoundException">FFmpeg is not installed.</exception>
    public async Task<AnalysedLesson> AnalyseVideoAsync(CancellationToken cancellationToken)
    {
        MediaFileDescription file = await MediaFileProbe.ReadAsync(arguments.Input, cancellationToken);
        if (!file.HasPictures)
        {
            throw new InvalidDataException($"'{arguments.Input}': 文件里没有画面 it holds no pictures.");
        }

        TimeSpan interval = arguments.Every ?? TimeSpan.FromSeconds(file.Duration > ShortLesson ? 2 : 1);
        var options = new VideoFileReaderOptions
        {
            Interval = interval,
            Size = AnalysisSize.Default.As(file.Width, file.Height),
            Origin = AnalysedLesson.Origin,
            SkipUnreferenced = true,
        };
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<(HeardLesson? Sound, ReportNote? Note)> hearing = HearAsync(file, both.Token);
        bool damaged = false;
        try
        {
            int expected = Math.Max(1, (int)((file.Duration ?? TimeSpan.Zero) / interval));
            await LookAsync(
                Frames(VideoFileReader.ReadAsync(arguments.Input, options, cancellationToken)), interval, expected, cancellationToken);
        }
        catch (InvalidDataException) when (_looks.Count > 0)
        {
            damaged = true;
        }
        catch
        {
            await both.CancelAsync();
            await ((Task)hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        (HeardLesson? sound, ReportNote? soundNote) = await hearing;
        if (_looks.Count == 0)
        {
            throw new InvalidDataException($"'{arguments.Input}': 画面无法解码 no picture can be decoded.");
        }

        TimeSpan seen = _looks.Count * interval;
        TimeSpan duration = file.Duration is { } said && said < seen ? said : seen;
        damaged |= file.Duration > seen + 2 * interval;
        return Conclude("video", file.Width, file.Height, interval, duration, sound, soundNote, damaged);
    }

    /// <summary>Analyses pictures that were taken of one lesson at even intervals.</summary>
    /// <param name="pictures">The files in order.</param>
    /// <param name="interval">Time between two pictures.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">One of them cannot be read.</exception>
    public async Task<AnalysedLesson> AnalysePicturesAsync(
        IReadOnlyList<string> pictures, TimeSpan interval, CancellationToken cancellationToken)
    {
        MediaFileDescription first = await MediaFileProbe.ReadAsync(pictures[0], cancellationToken);
        await LookAsync(PictureFiles.ReadAsync(pictures, interval, cancellationToken), interval, pictures.Count, cancellationToken);
        return Conclude("pictures", first.Width, first.Height, interval, _looks.Count * interval, null, ReportNote.NoSound, damaged: false);
    }

    private static async IAsyncEnumerable<RgbFrame> Frames(IAsyncEnumerable<DecodedFrame> decoded)
    {
        await foreach (DecodedFrame frame in decoded)
        {
            yield return new RgbFrame(frame.Width, frame.Height, frame.TakePixels(), frame.CapturedAt);
        }
    }

    private async Task LookAsync(
        IAsyncEnumerable<RgbFrame> frames, TimeSpan interval, int expected, CancellationToken cancellationToken)
    {
        await using OverlayWriter? overlay = arguments.Overlay
            ? OverlayWriter.Video(Path.Combine(arguments.Output, "overlay.mp4"), interval)
            : null;
        using var team = new EstimatorTeam(arguments.Threads, () => PoseEstimator.Load(models));
        await foreach ((RgbFrame frame, IReadOnlyList<Pose> poses) in team.EstimateAsync(frames, cancellationToken))
        {
            using (frame)
            {
                Tamper tamper = _tamper.Look(frame);
                _tampers.Add(tamper, frame.CapturedAt, _tamper.SameSince);

                IReadOnlyList<Pose> trusted = tamper.HidesClass() ? [] : poses;
                BehaviourSample sample = _observer.Observe(frame.CapturedAt, interval, frame.Width, frame.Height, trusted, tamper);
                _looks.Add((sample, tamper));
                if (overlay is not null)
                {
                    await overlay.WriteAsync(Overlay.Draw(frame, sample.People), frame.Width, frame.Height, cancellationToken);
                }
            }

            progress.Report(_looks.Count, expected);
        }

        if (overlay is not null)
        {
            await overlay.FinishAsync(cancellationToken);
        }
    }

    private async Task<(HeardLesson? Sound, ReportNote? Note)> HearAsync(MediaFileDescription file, CancellationToken cancellationToken)
    {
        ReportNote note = ReportNote.NoSound;
        foreach (SoundTrack track in file.SoundTracks)
        {
            // A track that is there by name only gives way to the next.
            (HeardLesson? sound, ReportNote? heard) = await HearAsync(track, cancellationToken);
            if (sound is not null)
            {
                return (sound, heard);
            }

            note = heard ?? note;
        }

        return (null, note);
    }

    private async Task<(HeardLesson? Sound, ReportNote? Note)> HearAsync(SoundTrack track, CancellationToken cancellationToken)
    {
        int channels = track.Channels == 2 ? 2 : 1;
        using var listener = new LessonListener(channels);
        try
        {
            await foreach (ReadOnlyMemory<float> block in AudioFileReader.ReadAsync(
                arguments.Input, channels, SoundFormat.Rate, track, cancellationToken))
            {
                // Off the thread that reads the pictures.
                await Task.Run(() => listener.Hear(block.Span), cancellationToken);
            }
        }
        catch (InvalidDataException unreadable)
        {
            return (null, ReportNote.SoundDamaged(unreadable.Message));
        }

        HeardLesson heard = listener.Finish();
        return (heard, heard.Method switch
        {
            SeparationMethod.None => ReportNote.NobodyHeard,
            SeparationMethod.OneVoice => ReportNote.OneVoice,
            _ => null,
        });
    }

    private AnalysedLesson Conclude(
        string kind, int width, int height, TimeSpan interval, TimeSpan duration, HeardLesson? sound, ReportNote? soundNote, bool damaged)
    {
        BehaviourSample[] samples = [.. _looks.Select(look => look.Sample)];
        var options = new LessonOptions { Enrolled = arguments.Enrolled, RearCamera = arguments.RearCamera };
        var analysis = LessonAnalysis.Of(samples, AnalysedLesson.Origin, duration, sound, options);
        var window = new IndexWindow();
        ImmutableArray<LessonLook> looks =
            [.. _looks.Select(look => new LessonLook(look.Sample, window.Add(look.Sample, analysis.Expected), look.Tamper))];
        ImmutableArray<TamperEvent> tampers = _tampers.Events;
        ReportNote?[] notes =
        [
            soundNote,
            damaged ? ReportNote.CutShort : null,
            tampers.IsEmpty ? null : ReportNote.Tampered,
            analysis.Whole.Histogram.People == 0 ? ReportNote.NobodySeen : null,
            analysis.ExpectedIsEnrolled ? null : ReportNote.EnrolledUnknown,
            analysis.LowConfidence ? ReportNote.LowConfidence : null,
            analysis.Whole.Participation.State == FigureState.DataFault ? ReportNote.OverEnrolment : null,
        ];
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(arguments.Input));
        return new AnalysedLesson(name, kind, width, height, interval, looks, tampers, sound, analysis, [.. notes.OfType<ReportNote>()]);
    }
}
