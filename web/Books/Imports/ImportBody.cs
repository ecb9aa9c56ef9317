using Microsoft.AspNetCore.Http.Features;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>Reads the files of a request into memory; none of them touches the disk, for some hold what must not be kept.</summary>
internal static class ImportBody
{
    private const int MostFiles = 40;

    /// <summary>What is said of a file that is too large.</summary>
    public static string TooLarge => $"文件太大，最多 {FileLimits.Default.Bytes >> 20} MB";

    /// <summary>The body as one file; null: it is too large.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!Allow(context))
        {
            return null;
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, cancellationToken);
        return content.Length > FileLimits.Default.Bytes ? null : content.ToArray();
    }

    /// <summary>The files of a form by their names; null: they are too large, too many or none.</summary>
    public static async Task<IReadOnlyList<(string Name, byte[] Content)>?> ReadFormAsync(
        HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !Allow(context))
        {
            return null;
        }

        int most = FileLimits.Default.Bytes;
        var limits = new FormOptions
        {
            BufferBody = false,
            // Above the limit ASP.NET would write to a file.
            MemoryBufferThreshold = most + 1,
            MultipartBodyLengthLimit = most,
        };
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(limits, cancellationToken);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // Too long, or no form in spite of what it says it is.
            return null;
        }

        var files = new List<(string, byte[])>();
        foreach (IFormFile file in form.Files.Take(MostFiles + 1))
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken);
            files.Add((Path.GetFileName(file.FileName), content.ToArray()));
        }

        return files.Count is 0 or > MostFiles ? null : files;
    }

    // The rest of the server takes no body of this size.
    private static bool Allow(HttpContext context)
    {
        int most = FileLimits.Default.Bytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most + 1;
        }

        return context.Request.ContentLength is null || context.Request.ContentLength <= most;
    }
}
