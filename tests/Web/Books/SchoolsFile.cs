using System.Text;
using Xunke.Web.Books;
using Xunke.Web.Configuration;

namespace Xunke.Tests.Web.Books;

/// <summary>A schools file of a test's own bytes.</summary>
internal sealed class SchoolsFile : IDisposable
{
    public const string Header = "school_id,school,school_en,room_id,room,grade,enrolled\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-schools-");

    static SchoolsFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static byte[] Bytes(string text, string encoding, bool mark = false)
    {
        var coded = Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return [.. mark ? Encoding.GetEncoding(encoding).GetPreamble() : [], .. coded.GetBytes(text)];
    }

    /// <summary>The rooms of a file without faults.</summary>
    public IReadOnlyList<RoomOnFile> Read(byte[] content)
    {
        var faults = new BookFaults();
        IReadOnlyList<RoomOnFile> rooms = RoomOnFile.Read(Write(content), faults);
        faults.ThrowIfAny();
        return rooms;
    }

    public IReadOnlyList<RoomOnFile> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>What is said of a file with faults, one line a row, without the file's name.</summary>
    public string[] Faults(byte[] content)
    {
        string message = Should.Throw<StartupException>(() => Read(content)).Message;
        return [.. message.Split('\n').Skip(1).Select(line => line.Replace("  " + Path, string.Empty, StringComparison.Ordinal).Trim())];
    }

    public string[] Faults(string text) => Faults(Encoding.UTF8.GetBytes(text));

    /// <summary>Why a file cannot be read at all, without its name.</summary>
    public string Refusal(byte[] content)
    {
        string message = Should.Throw<StartupException>(() => Read(content)).Message;
        message.ShouldNotContain('\n');
        return message.Replace(Path + ": ", string.Empty, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path => System.IO.Path.Combine(_folder.FullName, "schools.csv");

    private string Write(byte[] content)
    {
        File.WriteAllBytes(Path, content);
        return Path;
    }
}
