using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Xunke.Tests.Web.Books.Imports;

/// <summary>The program itself is killed while it imports a district's timetables, and started again.</summary>
public sealed class ImportCrashTests : IAsyncLifetime
{
    private const int Lessons = 40;

    private readonly RunningProgram _program = new("--Demo:Timetable", "true");
    private string _term = string.Empty;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HttpClient Http => _program.Http;

    public async ValueTask InitializeAsync() => await _program.StartAsync();

    public async ValueTask DisposeAsync() => await _program.DisposeAsync();

    [Fact]
    public async Task Killed_in_the_middle_all_or_nothing_is_there_and_what_was_acknowledged_is_neither_lost_nor_doubled()
    {
        using HttpResponseMessage term = await Http.PostAsJsonAsync(
            "/api/books/terms", new { name = "导入中断", firstDay = "2061-09-01", lastDay = "2062-01-20" }, Cancelled);
        _term = (await term.JsonAsync()).GetProperty("id").GetString()!;
        (string[] schools, byte[] file, int lessons) = await MakeFileAsync();

        JsonElement draft = await SendAsync(file);
        draft.GetProperty("added").GetInt32().ShouldBe(lessons);
        Task<HttpResponseMessage> commit = Http.PostAsync($"/api/books/imports/{Id(draft)}/commit", null, Cancelled);
        while (await WrittenAsync() == 0)
        {
            commit.IsCompleted.ShouldBeFalse("the import ended before it could be killed: the file is too small");
        }

        await _program.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(commit);
        await _program.StartAsync();
        (await CountAsync(schools)).ShouldBe(0, "nothing was acknowledged, so nothing of it may be there");

        JsonElement second = await SendAsync(file);
        second.GetProperty("added").GetInt32().ShouldBe(lessons);
        using (HttpResponseMessage done = await Http.PostAsync($"/api/books/imports/{Id(second)}/commit", null, Cancelled))
        {
            (await done.JsonAsync()).GetProperty("added").GetInt32().ShouldBe(lessons);
        }

        await _program.KillAsync();
        await _program.StartAsync();
        (await CountAsync(schools)).ShouldBe(lessons, "what was acknowledged is there");

        JsonElement third = await SendAsync(file);
        (third.GetProperty("same").GetInt32(), third.GetProperty("added").GetInt32()).ShouldBe((lessons, 0));
        JsonElement verdict = await Http.GetFromJsonAsync<JsonElement>("/api/admin/audit/verification", Cancelled);
        verdict.GetProperty("brokenAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static string Id(JsonElement draft) => draft.GetProperty("importId").GetString()!;

    private async Task<int> WrittenAsync()
    {
        JsonElement progress = await Http.GetFromJsonAsync<JsonElement>("/api/books/imports/progress", Cancelled);
        return progress.GetProperty("stage").GetString() == "writing" ? progress.GetProperty("done").GetInt32() : 0;
    }

    // The classes of the demo's schools, each with a full week.
    private async Task<(string[] Schools, byte[] File, int Lessons)> MakeFileAsync()
    {
        JsonObject[] schools = (await Http.GetFromJsonAsync<JsonObject[]>("/api/schools", Cancelled))![..16];
        string subject = await FirstAsync("subjects");
        var text = new StringBuilder("学校,星期,节次,班级,课程\n");
        int lessons = 0;
        foreach (JsonObject school in schools)
        {
            JsonObject classes = (await Http.GetFromJsonAsync<JsonObject>($"/api/books/classes?schoolId={school["schoolId"]}", Cancelled))!;
            foreach (JsonNode? one in classes["rows"]!.AsArray())
            {
                for (int slot = 0; slot < Lessons; slot++, lessons++)
                {
                    text.Append($"{school["name"]},{(slot / 8) + 1},{(slot % 8) + 1},{one!["name"]},{subject}\n");
                }
            }
        }

        return ([.. schools.Select(school => school["schoolId"]!.GetValue<string>())], Encoding.UTF8.GetBytes(text.ToString()), lessons);
    }

    private async Task<string> FirstAsync(string book) =>
        (await Http.GetFromJsonAsync<JsonObject>($"/api/books/{book}", Cancelled))!["rows"]![0]!["name"]!.GetValue<string>();

    private async Task<JsonElement> SendAsync(byte[] file)
    {
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage answer = await Http.PostAsync($"/api/books/imports?termId={_term}&name=a.csv", body, Cancelled);
        return await answer.JsonAsync();
    }

    private async Task<int> CountAsync(string[] schools)
    {
        int count = 0;
        foreach (string school in schools)
        {
            JsonObject answer = (await Http.GetFromJsonAsync<JsonObject>($"/api/books/timetable?schoolId={school}", Cancelled))!;
            count += answer["rows"]!.AsArray().Count(row => row!["termId"]!.GetValue<string>() == _term);
        }

        return count;
    }
}
