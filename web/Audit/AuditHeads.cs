using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Audit;

/// <summary>
/// The trail's sealed heads, one file a day: copied to another machine they show later whether somebody has rewritten the
/// trail. None is ever replaced or deleted.
/// </summary>
internal sealed class AuditHeads(AuditTrail audit, DataDirectory data, IOptions<AuditSettings> settings)
{
    private const string Extension = ".json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where they are.</summary>
    public string Folder => Path.GetFullPath(settings.Value.HeadFolder ?? data.Combine("heads"));

    /// <summary>The newest day that has one; null: none has.</summary>
    public string? Newest => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "????-??-??" + Extension).Select(Path.GetFileNameWithoutExtension).Max(StringComparer.Ordinal)
        : null;

    /// <summary>The file of a day.</summary>
    public string Of(DateOnly day) => Path.Combine(Folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Writes the head of a day where there is none yet.</summary>
    /// <returns>Its file; null where there was one.</returns>
    public async Task<string?> WriteAsync(DateOnly day, CancellationToken cancellationToken)
    {
        string path = Of(day);
        if (File.Exists(path))
        {
            return null;
        }

        Directory.CreateDirectory(Folder, OwnerOnly);
        AuditHead head = await audit.HeadAsync(cancellationToken);
        // Whoever copies the folder finds whole files only.
        await using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(file, head, Json.Options, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path);
        return path;
    }
}
