using Microsoft.Extensions.Options;
using Xunke.Streaming.Recording;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Recordings;

/// <summary>Where the files are: one folder a recording, which only the account of the server can read.</summary>
internal sealed class RecordingFolders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder of all recordings when it is missing.</summary>
    /// <exception cref="StartupException">It cannot be made.</exception>
    public RecordingFolders(IOptions<RecordingSettings> settings, DataDirectory data)
    {
        Root = Path.GetFullPath(settings.Value.Directory ?? data.Combine("recordings"));
        try
        {
            Directory.CreateDirectory(Root, OwnerOnly);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"录像目录无法创建 cannot create the recordings' directory (--Recording:Directory) {Root}: {fault.Message}", fault);
        }
    }

    /// <summary>The folder of all recordings.</summary>
    public string Root { get; }

    /// <summary>Bytes that may still be written on its disk.</summary>
    public long FreeBytes => new DriveInfo(Root).AvailableFreeSpace;

    /// <summary>The folder of a recording.</summary>
    public string Of(Guid recordingId) => Path.Combine(Root, recordingId.ToString());

    /// <summary>Makes the folder of a recording.</summary>
    public string Create(Guid recordingId) => Directory.CreateDirectory(Of(recordingId), OwnerOnly).FullName;

    /// <summary>The file of a part.</summary>
    public string Of(Guid recordingId, int part) => Path.Combine(Of(recordingId), RecordedPart.FileName(part));

    /// <summary>The parts whose files are there, in order.</summary>
    public IReadOnlyList<int> Parts(Guid recordingId) => Directory.Exists(Of(recordingId))
        ?
        [
            .. Directory.EnumerateFiles(Of(recordingId), "*" + RecordedFile.Extension)
                .Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path), out int number) ? number : 0)
                .Where(number => number > 0).Order(),
        ]
        : [];

    /// <summary>Deletes the files of a recording; harmless when there are none.</summary>
    public void Delete(Guid recordingId)
    {
        if (Directory.Exists(Of(recordingId)))
        {
            Directory.Delete(Of(recordingId), recursive: true);
        }
    }
}
