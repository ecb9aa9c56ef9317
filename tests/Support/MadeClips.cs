using System.Diagnostics;

namespace Xunke.Tests.Support;

/// <summary>Files made by ffmpeg for one test class, and removed with it.</summary>
public sealed class MadeClips : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("xunke-clips-").FullName;

    /// <summary>Runs ffmpeg, whose last argument becomes a file of this folder.</summary>
    public string Make(string name, params string[] arguments)
    {
        string path = Path.Combine(Folder, name);
        using Process ffmpeg = Process.Start(
            new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", "-nostdin", .. arguments, path]) { RedirectStandardError = true })!;
        string complaint = ffmpeg.StandardError.ReadToEnd();
        ffmpeg.WaitForExit();
        ffmpeg.ExitCode.ShouldBe(0, complaint);
        return path;
    }

    /// <summary>A video of one of ffmpeg's own pictures, such as "testsrc2=s=640x360:r=5".</summary>
    public string MakeFrom(string name, string source, int seconds) =>
        Make(name, "-f", "lavfi", "-i", source, "-t", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "-c:v", "mjpeg", "-q:v", "3");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
