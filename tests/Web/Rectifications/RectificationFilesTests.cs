using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunke.Actors.Rectifications;
using Xunke.Tests.Support;
using Xunke.Web.Rectifications;
using static Xunke.Tests.Web.Rectifications.Notices;

namespace Xunke.Tests.Web.Rectifications;

/// <summary>The files of answers: which are taken, where they lie, how they are given out.</summary>
[Collection(WebCollection.Name)]
public sealed class RectificationFilesTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_app.Data, "rectifications");

    [Fact]
    public async Task A_file_is_taken_for_what_it_is_and_given_out_to_be_saved_only()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector"), principal = await _app.SignInAsync("principal");
        Guid id = await IssueAsync(inspector);
        byte[] page = [.. Picture, .. "<script>alert(1)</script>"u8];
        JsonElement sent = await (await SendAsync(principal, id, page, "..\\..\\etc/现\u202e场.html")).JsonAsync();
        JsonElement file = sent.GetProperty("files")[0];
        file.Text("name").ShouldBe("现场.html.jpg");
        string address = AddressOf(id, $"/files/{file.GetProperty("fileId").GetGuid()}");

        (await ReadAsync(inspector, id)).GetProperty("files").GetArrayLength().ShouldBe(0, "it belongs to an answer that is not given");
        await (await inspector.Http.GetAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-file");
        await ActAsync(principal, id, "answer");
        HttpResponseMessage got = await inspector.Http.GetAsync(address, Cancelled);

        (await got.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(page);
        got.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        got.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        got.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("现场.html.jpg");
        got.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        got.Headers.CacheControl!.ToString().ShouldBe("no-store, private");
        File.GetUnixFileMode(Path.Combine(Root, file.GetProperty("fileId").GetGuid().ToString("N")))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await (await principal.Http.DeleteAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.Conflict, "rectification-past");
        using SignedIn stranger = await _app.SignInAsync("principal2");
        await (await stranger.Http.GetAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-file");
    }

    [Fact]
    public async Task Only_pictures_and_documents_of_the_size_and_number_are_taken_and_nothing_else_stays()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector"), principal = await _app.SignInAsync("principal");
        Guid id = await IssueAsync(inspector);
        int before = Directory.GetFiles(Root).Length;
        foreach (byte[] other in new[]
        {
            [], "MZ program"u8.ToArray(), "<html></html>"u8.ToArray(), Zip("xl/workbook.xml", "[Content_Types].xml"),
            Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), CompoundFile("Workbook"),
            "PK\u0003\u0004 broken"u8.ToArray(),
        })
        {
            await (await SendAsync(principal, id, other, "文件.docx")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-file");
        }

        byte[] large = new byte[RectificationFile.MostBytes + 1];
        Picture.CopyTo(large, 0);
        await (await SendAsync(principal, id, large)).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using (var unsaid = new HttpRequestMessage(HttpMethod.Post, AddressOf(id, "/files?name=a.jpg")))
        {
            unsaid.Content = new ByteArrayContent(large);
            unsaid.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            unsaid.Headers.TransferEncodingChunked = true;
            ((int)(await principal.Http.SendAsync(unsaid, Cancelled)).StatusCode).ShouldBe(413);
        }

        await (await SendAsync(inspector, id, Picture)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        Directory.GetFiles(Root).Length.ShouldBe(before);
        byte[][] taken =
        [
            Picture, [0x89, .. "PNG\r\n\u001a\n"u8, 1], "%PDF-1.7 x"u8.ToArray(), Zip("[Content_Types].xml", "word/document.xml"),
            CompoundFile("WordDocument"), Picture, Picture, Picture, Picture, large[..^1],
        ];
        JsonElement last = default;
        foreach (byte[] one in taken)
        {
            last = await (await SendAsync(principal, id, one, "材料")).JsonAsync();
        }

        last.GetProperty("files").EnumerateArray().Select(file => file.Text("kind")).Take(5).ShouldBe(["jpg", "png", "pdf", "docx", "doc"]);
        await (await SendAsync(principal, id, Picture)).ShouldBeProblem(HttpStatusCode.Conflict, "too-many-files");
        Directory.GetFiles(Root).Length.ShouldBe(before + 10);
        string first = last.GetProperty("files")[0].GetProperty("fileId").GetString()!;
        await (await principal.Http.DeleteAsync(AddressOf(id, $"/files/{first}"), Cancelled)).JsonAsync();
        Directory.GetFiles(Root).Length.ShouldBe(before + 9);
    }

    [Fact]
    public async Task A_file_whose_sender_hangs_up_does_not_stay()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector"), principal = await _app.SignInAsync("principal");
        Guid id = await IssueAsync(inspector);
        string[] before = Directory.GetFiles(Root);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(_app.Address.Host, _app.Address.Port, Cancelled);
            string head = $"POST {AddressOf(id, "/files?name=a.jpg")} HTTP/1.1\r\nHost: {_app.Address.Authority}\r\n"
                + $"Origin: {_app.Address.GetLeftPart(UriPartial.Authority)}\r\nCookie: xunke={principal.Cookie}\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\n";
            await socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. Picture, .. new byte[5000]], Cancelled);
            await Eventually.TrueAsync(() => Directory.GetFiles(Root, "*.part").Except(before).Count() == 1);
        }

        await Eventually.TrueAsync(() => !Directory.GetFiles(Root).Except(before).Any());
        (await ReadAsync(principal, id)).GetProperty("files").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("a/b\\照片.JPEG", RectificationFileKind.Jpg, "照片.jpg")]
    [InlineData("报告.docx", RectificationFileKind.Docx, "报告.docx")]
    [InlineData("...", RectificationFileKind.Pdf, "附件.pdf")]
    [InlineData("x\r\ny:\"z\".exe", RectificationFileKind.Png, "xyz.exe.png")]
    [InlineData(null, RectificationFileKind.Doc, "附件.doc")]
    public void A_name_is_made_harmless(string? name, RectificationFileKind kind, string clean) =>
        FileContent.CleanName(name, kind).ShouldBe(clean);

    [Fact]
    public void A_long_name_is_cut_between_characters() =>
        FileContent.CleanName(new string('长', 115) + "😀😀😀.png", RectificationFileKind.Png).ShouldBe(new string('长', 115) + ".png");
}
