using System.Diagnostics;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Makes small video files with ffmpeg, in a folder of its own that goes with it.</summary>
internal sealed class TestClips : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-clips-");

    /// <summary>Runs ffmpeg with these words and the path of the file to make, and returns that path.</summary>
    public async Task<string> MakeAsync(string name, string arguments)
    {
        var path = Path.Combine(_folder.FullName, name);
        var words = $"-nostdin -v error -y {arguments}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", [.. words, path]) { RedirectStandardError = true })!;
        var complaint = await ffmpeg.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        ffmpeg.ExitCode.ShouldBe(0, complaint);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
