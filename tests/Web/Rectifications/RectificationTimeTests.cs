using System.Net;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Hosting;
using Xunke.Web.Documents;
using Xunke.Web.Rectifications;
using Xunke.Web.Retention;
using static Xunke.Tests.Web.Rectifications.Notices;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Xunke.Tests.Web.Rectifications;

/// <summary>What passes with the days: deadlines, reports, retention; and what a start looks at.</summary>
public sealed class RectificationTimeTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-rectifications-");
    private readonly JumpingTime _time = new();
    private bool _isStarted;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(_time.GetLocalNow().DateTime);

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_deadline_counts_to_the_end_of_its_day_and_what_is_late_comes_to_those_who_are_to_act()
    {
        await using RunningApp app = await StartAsync();
        Guid late, intime;
        using (SignedIn inspector = await app.SignInAsync("inspector"))
        {
            late = await IssueAsync(inspector, Notice("s01", dueOn: Today.AddDays(2)));
            intime = await IssueAsync(inspector, Notice("s01", dueOn: Today.AddDays(4)));
            await (await TryIssueAsync(inspector, Guid.NewGuid(), Notice("s01", dueOn: Today.AddDays(-1))))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-deadline");
        }

        _time.Jump(TimeSpan.FromDays(2));
        (await OverdueAsync(app, "principal")).ShouldBeEmpty("its last day is not over");
        _time.Jump(TimeSpan.FromDays(1));
        (await OverdueAsync(app, "principal")).ShouldBe([late]);
        (await OverdueAsync(app, "inspector")).ShouldBe([late]);
        (await OverdueAsync(app, "principal2")).ShouldBeEmpty();
        using SignedIn principal = await app.SignInAsync("principal"), now = await app.SignInAsync("inspector");
        await ActAsync(principal, late, "answer");
        (await OverdueAsync(app, "principal")).ShouldBeEmpty("it is with the inspector now");
        await JudgeAsync(now, late, isRight: true, recheckOn: Today.AddDays(1));
        await ActAsync(principal, intime, "answer");

        _time.Jump(TimeSpan.FromDays(4));
        (await OverdueAsync(app, "inspector")).ShouldBe([late], "nobody has looked again");
        (await ListAsync(app, "administrator", "reports")).ShouldBe([late, intime], ignoreOrder: true);
        (await ListAsync(app, "principal", "reports")).ShouldBeEmpty();
        using SignedIn reporter = await app.SignInAsync("inspector");
        await ActAsync(reporter, intime, "report");
        (await ListAsync(app, "administrator", "reports")).ShouldBe([late]);
        JsonElement count = await (await reporter.Http.GetAsync("/api/rectifications/count", Cancelled)).JsonAsync();
        (count.GetProperty("open").GetInt32(), count.GetProperty("overdue").GetInt32(), count.GetProperty("reportsOverdue").GetInt32())
            .ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task Files_go_with_their_notice_after_its_days_numbers_stay_used_and_leftovers_go_at_the_start()
    {
        string root = Path.Combine(_data.FullName, "rectifications");
        Guid old, open;
        string kept;
        await using (RunningApp app = await StartAsync())
        {
            using SignedIn inspector = await app.SignInAsync("inspector"), principal = await app.SignInAsync("principal");
            (old, open) = (await IssueAsync(inspector), await IssueAsync(inspector));
            await SendAsync(principal, open, Picture);
            kept = Directory.GetFiles(root).ShouldHaveSingleItem();
            await SendAsync(principal, old, Picture);
            await ActAsync(principal, old, "answer");
            await JudgeAsync(inspector, old, isRight: true);
            await SetEndAsync(app, old, _time.GetUtcNow().AddDays(-9));
            await app.Services.GetRequiredService<NightlyRun>().DeleteAsync(Cancelled);
            (await ReadAsync(inspector, old)).State().ShouldBe("closed", "its ten days are not over");
            await SetEndAsync(app, old, _time.GetUtcNow().AddDays(-11));
            await app.Services.GetRequiredService<NightlyRun>().DeleteAsync(Cancelled);

            await (await inspector.Http.GetAsync(AddressOf(old), Cancelled))
                .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-rectification");
            Directory.GetFiles(root).ShouldBe([kept]);
            (await app.LinesAsync("retention.rectifications")).ShouldHaveSingleItem();
            string list = Directory.GetFiles(Path.Combine(_data.FullName, "deletions"), "*rectifications*").Single();
            (await File.ReadAllTextAsync(list, Cancelled)).ShouldContain(old.ToString());
            Guid third = await IssueAsync(inspector);
            (await ReadAsync(inspector, third)).GetProperty("notice").Text("number").ShouldEndWith("-003");
        }

        await File.WriteAllTextAsync(Path.Combine(root, Guid.NewGuid().ToString("N")), "killed before it was on record", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(root, $"{Guid.NewGuid():N}.part"), "half", Cancelled);
        await using RunningApp again = await StartAsync();
        Directory.GetFiles(root).ShouldBe([kept]);
    }

    [Fact]
    public async Task A_notice_is_a_document_by_the_districts_own_template()
    {
        await File.WriteAllBytesAsync(Path.Combine(_data.FullName, "own.docx"), Template("编号 {num", "ber}，{学校}：{问题} {unknown}"), Cancelled);
        Guid id;
        await using (RunningApp app = await StartAsync())
        {
            using SignedIn inspector = await app.SignInAsync("inspector"), principal = await app.SignInAsync("principal");
            id = await IssueAsync(inspector);
            await SendAsync(principal, id, Picture, "照片.jpg");
            await (await ActAsync(principal, id, "answer", new { text = "已搬走\u0007" }))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-text");
            await ActAsync(principal, id, "answer", new { text = "已搬走 <全部> & 已清理\ufffe" });
            byte[] document = await DocumentAsync(principal, id);
            string text = WordTemplate.TextOf(document);
            text.ShouldContain($"编号：{Today.Year}-s01-001");
            text.ShouldContain("二楼东侧疏散通道堆放课桌。\n请清理并保持畅通。");
            text.ShouldContain("已搬走 <全部> & 已清理\n附件：照片.jpg");
            text.ShouldNotContain("{");
            Errors(document).ShouldBeEmpty();
            using SignedIn stranger = await app.SignInAsync("principal2");
            await (await stranger.Http.GetAsync(AddressOf(id, "/document"), Cancelled))
                .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-rectification");
        }

        await using RunningApp own = await StartAsync("--Rectifications:NoticeTemplate", "own.docx");
        using SignedIn reader = await own.SignInAsync("inspector");
        string school = await SchoolAsync(reader);
        WordTemplate.TextOf(await DocumentAsync(reader, id))
            .ShouldBe($"编号 {Today.Year}-s01-001，{school}：二楼东侧疏散通道堆放课桌。\n请清理并保持畅通。 {{unknown}}");
    }

    [Theory]
    [InlineData("--Rectifications:NumberPattern", "{yyyy}-{school}", "Rectifications:NumberPattern")]
    [InlineData("--Rectifications:NoticeTemplate", "nowhere.docx", "Rectifications:NoticeTemplate")]
    [InlineData("--Rectifications:AnswerDays", "0", "AnswerDays")]
    public async Task A_setting_that_means_nothing_refuses_the_start(string setting, string value, string said) =>
        (await Should.ThrowAsync<Exception>(RunningApp.StartAsync(_data.FullName, setting, value))).Message.ShouldContain(said);

    private async Task<RunningApp> StartAsync(params string[] more)
    {
        RunningApp app = await RunningApp.StartAsync(
            _data.FullName, services => services.AddSingleton<TimeProvider>(_time), ["--Retention:RectificationDays", "10", .. more]);
        if (!_isStarted)
        {
            await app.AddAccountAsync("principal2", Role.Principal, "s02");
            _isStarted = true;
        }

        return app;
    }

    private static async Task SetEndAsync(RunningApp app, Guid id, DateTimeOffset at)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecordsContext>().Rectifications.Where(one => one.Id == id)
            .ExecuteUpdateAsync(one => one.SetProperty(notice => notice.EndedAt, at), Cancelled);
    }

    private static Task<Guid[]> OverdueAsync(RunningApp app, string userName) => ListAsync(app, userName, "overdue");

    private static async Task<Guid[]> ListAsync(RunningApp app, string userName, string filter)
    {
        using SignedIn who = await app.SignInAsync(userName);
        JsonElement page = await (await who.Http.GetAsync($"/api/rectifications?filter={filter}", Cancelled)).JsonAsync();
        JsonElement[] notices = [.. page.GetProperty("notices").EnumerateArray()];
        notices.ShouldAllBe(one => one.GetProperty(filter == "overdue" ? "isOverdue" : "isReportOverdue").GetBoolean());
        return [.. notices.Select(one => one.GetProperty("rectificationId").GetGuid())];
    }

    private static async Task<byte[]> DocumentAsync(SignedIn who, Guid id)
    {
        HttpResponseMessage answer = await who.Http.GetAsync(AddressOf(id, "/document"), Cancelled);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(WordTemplate.ContentType);
        return await answer.Content.ReadAsByteArrayAsync(Cancelled);
    }

    private static async Task<string> SchoolAsync(SignedIn who) =>
        (await (await who.Http.GetAsync("/api/schools", Cancelled)).JsonAsync()).EnumerateArray()
            .Single(one => one.GetProperty("schoolId").GetString() == "s01").GetProperty("name").GetString()!;

    private static byte[] Template(params string[] runs)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.AddMainDocumentPart().Document = new W.Document(new W.Body(
                new W.Paragraph(runs.Select(text => new W.Run(new W.Text(text) { Space = SpaceProcessingModeValues.Preserve })))));
        }

        return stream.ToArray();
    }

    private static List<string> Errors(byte[] content)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
        return [.. new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document, Cancelled)
            .Select(error => $"{error.Path?.XPath} {error.Description}")];
    }
}
