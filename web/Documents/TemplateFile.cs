using DocumentFormat.OpenXml.Packaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Documents;

/// <summary>The district's own form as a Word file.</summary>
internal static class TemplateFile
{
    private const long MostBytes = 5 << 20;

    /// <summary>Reads it; each time, so that a new one counts at once.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="setting">The setting that says so, for the words of a fault.</param>
    /// <exception cref="StartupException">It is not there, or no Word document.</exception>
    public static byte[] Read(string path, string setting)
    {
        try
        {
            byte[] content = new FileInfo(path).Length <= MostBytes
                ? File.ReadAllBytes(path) : throw new FileFormatException("the file is too large");
            _ = WordTemplate.TextOf(content);
            return content;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FileFormatException
            or OpenXmlPackageException or InvalidDataException)
        {
            throw new StartupException(
                $"Word 模板不能用，应为 .docx 文件 the template ({setting}) cannot be used, it should be a .docx file: {path}: {fault.Message}",
                fault);
        }
    }

    /// <summary>The answer where it cannot be read any more.</summary>
    public static ProblemHttpResult Broken(string setting) => Problems.Create(
        StatusCodes.Status503ServiceUnavailable, "bad-template", $"Word 模板现在不能用，请管理员检查 {setting}");
}
