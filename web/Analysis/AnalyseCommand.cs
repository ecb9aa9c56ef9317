using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Models;
using Xunke.Analytics.Seats;

namespace Xunke.Web.Analysis;

/// <summary>The <c>analyse</c> sub-command: a lesson's video or pictures in, a report out (docs/analyse.md).</summary>
internal static class AnalyseCommand
{
    private const int Done = 0;
    private const int Unreadable = 3;
    private const int ToolMissing = 4;
    private const int NotWritable = 5;
    private const int Stopped = 130;

    /// <summary>The command.</summary>
    public static Command Describe()
    {
        Command command = AnalyseArguments.Describe();
        command.SetAction((words, cancellationToken) => RunAsync(AnalyseArguments.Read(words), cancellationToken));
        return command;
    }

    // The exit codes are in docs/analyse.md.
    private static async Task<int> RunAsync(AnalyseArguments arguments, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await AnalyseAsync(arguments, stop.Token);
            return Done;
        }
        catch (InvalidDataException unreadable)
        {
            return await FailAsync("无法读取 cannot be read", unreadable, Unreadable);
        }
        catch (FileNotFoundException missing) when (missing.FileName is "ffmpeg" or "ffprobe")
        {
            return await FailAsync("缺少 FFmpeg is missing", missing, ToolMissing);
        }
        catch (FileNotFoundException missing)
        {
            return await FailAsync("没有这个文件 no such file", missing, Unreadable);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await FailAsync("无法写出或读取 cannot be written or read", fault, NotWritable);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopped;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> FailAsync(string what, Exception fault, int code)
    {
        await Console.Error.WriteLineAsync($"{what}: {fault.Message}");
        return code;
    }

    private static async Task AnalyseAsync(AnalyseArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? pictures = Pictures(arguments.Input);
        RoomAreas? areas = arguments.Areas is { } file ? RoomAreasShape.Parse(await File.ReadAllTextAsync(file, cancellationToken)) : null;
        Directory.CreateDirectory(arguments.Output);
        ModelFiles models = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory, NullLogger.Instance, cancellation: cancellationToken);
        var progress = new ProgressBar(Console.Error, !Console.IsErrorRedirected);
        if (pictures is not null && arguments.Every is null)
        {
            await AnalyseSinglePicturesAsync(arguments, areas, pictures, models, progress, cancellationToken);
        }
        else
        {
            await AnalyseLessonAsync(arguments, areas, pictures, models, progress, cancellationToken);
        }

        progress.Finish();
        Console.WriteLine($"报告 report: {Path.GetFullPath(Path.Combine(arguments.Output, "report.json"))}");
    }

    /// <summary>The pictures that are meant; null where a video is.</summary>
    private static IReadOnlyList<string>? Pictures(string input)
    {
        if (Directory.Exists(input))
        {
            IReadOnlyList<string> pictures = PictureFiles.Of(input);
            return pictures.Count > 0
                ? pictures
                : throw new InvalidDataException($"'{input}': 文件夹里没有图片 the folder holds no picture (JPEG, PNG, BMP, TIFF, WebP).");
        }

        if (!File.Exists(input))
        {
            throw new FileNotFoundException($"'{input}'", input);
        }

        return PictureFiles.IsNamedPicture(input) ? [input] : null;
    }

    private static async Task AnalyseSinglePicturesAsync(
        AnalyseArguments arguments, RoomAreas? areas, IReadOnlyList<string> pictures, ModelFiles models, ProgressBar progress,
        CancellationToken cancellationToken)
    {
        string? overlays = arguments.Overlay ? Directory.CreateDirectory(Path.Combine(arguments.Output, "overlay")).FullName : null;
        IReadOnlyList<AnalysedPicture> analysed = await new PictureAnalyser(models, areas, progress).AnalyseAsync(
            pictures, arguments.RearCamera, overlays, cancellationToken);
        foreach (AnalysedPicture damaged in analysed.Where(picture => picture.Error is not null))
        {
            await Console.Error.WriteLineAsync($"跳过 skipped: {damaged.Error}");
        }

        if (analysed.All(picture => picture.Error is not null))
        {
            throw new InvalidDataException("没有可用的照片 none of the pictures can be read.");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(arguments.Input));
        await using FileStream file = File.Create(Path.Combine(arguments.Output, "report.json"));
        await JsonSerializer.SerializeAsync(
            file, new PicturesReport(name, analysed), ReportJson.ForFiles.PicturesReport, cancellationToken);
    }

    private static async Task AnalyseLessonAsync(
        AnalyseArguments arguments, RoomAreas? areas, IReadOnlyList<string>? pictures, ModelFiles models, ProgressBar progress,
        CancellationToken cancellationToken)
    {
        var analyser = new LessonAnalyser(arguments, areas, models, progress);
        AnalysedLesson lesson = pictures is not null && arguments.Every is { } pace
            ? await analyser.AnalysePicturesAsync(pictures, pace, cancellationToken)
            : await analyser.AnalyseVideoAsync(cancellationToken);

        await using (FileStream file = File.Create(Path.Combine(arguments.Output, "report.json")))
        {
            await JsonSerializer.SerializeAsync(file, new LessonReport(lesson), ReportJson.ForFiles.LessonReport, cancellationToken);
        }

        await TimelineWriter.WriteAsync(Path.Combine(arguments.Output, "timeline.csv"), lesson, cancellationToken);
        foreach (ReportNote note in lesson.Notes)
        {
            Console.WriteLine($"{note.Chinese} {note.English}");
        }

        foreach (LessonMoment moment in lesson.Analysis.Best.Concat(lesson.Analysis.Weakest))
        {
            Console.WriteLine($"{MomentSentence.Chinese(moment)} {MomentSentence.English(moment)}");
        }
    }
}
