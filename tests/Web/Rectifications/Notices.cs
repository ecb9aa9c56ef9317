using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Xunke.Tests.Web.Rectifications;

/// <summary>What people do to notices of rectification.</summary>
internal static class Notices
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A picture that is one by its beginning.</summary>
    public static byte[] Picture => [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5];

    public static string AddressOf(Guid id, string part = "") => $"/api/rectifications/{id}{part}";

    public static Task<HttpResponseMessage> TryIssueAsync(SignedIn who, Guid id, object? more = null, string schoolId = "s01") =>
        who.Http.PutAsJsonAsync(AddressOf(id), more ?? Notice(schoolId), Cancelled);

    public static object Notice(string schoolId, string? responsible = null, DateOnly? dueOn = null) => new
    {
        source = "none",
        schoolId,
        title = "疏散通道堆放杂物",
        problem = "二楼东侧疏散通道堆放课桌。\n请清理并保持畅通。",
        responsible,
        dueOn,
    };

    /// <summary>Issues one.</summary>
    public static async Task<Guid> IssueAsync(SignedIn who, object? more = null)
    {
        var id = Guid.NewGuid();
        await (await TryIssueAsync(who, id, more)).JsonAsync();
        return id;
    }

    public static async Task<JsonElement> ReadAsync(SignedIn who, Guid id) =>
        await (await who.Http.GetAsync(AddressOf(id), Cancelled)).JsonAsync();

    /// <summary>Does something to the newest version, or to the one that is given.</summary>
    public static async Task<HttpResponseMessage> ActAsync(
        SignedIn who, Guid id, string act, object? body = null, int? version = null)
    {
        int at = version ?? (await ReadAsync(who, id)).GetProperty("version").GetInt32();
        var all = new Dictionary<string, object?> { ["version"] = at, ["text"] = "已清理" };
        foreach (JsonProperty one in JsonSerializer.SerializeToElement(body ?? new { }).EnumerateObject())
        {
            all[one.Name] = one.Value;
        }

        return await who.Http.PostAsJsonAsync(AddressOf(id, "/" + act), all, Cancelled);
    }

    public static Task<HttpResponseMessage> JudgeAsync(
        SignedIn who, Guid id, bool isRight, DateOnly? recheckOn = null, DateOnly? dueOn = null, int? version = null) =>
        ActAsync(who, id, "judgement", new { isRight, text = isRight ? "" : "还有课桌", recheckOn, dueOn }, version);

    public static async Task<HttpResponseMessage> SendAsync(SignedIn who, Guid id, byte[] content, string name = "现场.jpg")
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await who.Http.PostAsync(AddressOf(id, $"/files?name={Uri.EscapeDataString(name)}"), body, Cancelled);
    }

    /// <summary>A zip with these entries.</summary>
    public static byte[] Zip(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write("<x/>"u8);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The beginning of a compound file with a stream of that name.</summary>
    public static byte[] CompoundFile(string stream) =>
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Encoding.Unicode.GetBytes(stream), .. new byte[64]];

    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    public static string Text(this JsonElement one, string name) => one.GetProperty(name).GetString()!;

    public static string State(this JsonElement notice) => notice.GetProperty("notice").Text("state");
}
