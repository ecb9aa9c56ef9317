using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Xunke.Tests.Web.Books.Imports;

/// <summary>Sends lists as the page does.</summary>
internal sealed class RosterCalls(SignedIn who, CancellationToken cancelled)
{
    public async Task<HttpResponseMessage> PostAsync(string? schoolId, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach ((string name, byte[] content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        return await who.Http.PostAsync($"/api/books/rosters{(schoolId is null ? null : $"?schoolId={schoolId}")}", form, cancelled);
    }

    public async Task<JsonElement> SendAsync(string? schoolId, params (string Name, byte[] Content)[] files)
    {
        using HttpResponseMessage answer = await PostAsync(schoolId, files);
        return await answer.JsonAsync();
    }

    public Task<JsonElement> SendAsync(string? schoolId, string name, string csv) =>
        SendAsync(schoolId, (name, Encoding.UTF8.GetBytes(csv)));

    public async Task<JsonElement> SayAsync(JsonElement draft, object said)
    {
        using HttpResponseMessage answer = await who.Http.PutAsJsonAsync($"/api/books/rosters/{Id(draft)}", said, cancelled);
        return await answer.JsonAsync();
    }

    public async Task<JsonElement> CommitAsync(JsonElement draft)
    {
        using HttpResponseMessage answer = await who.Http.PostAsync($"/api/books/rosters/{Id(draft)}/commit", null, cancelled);
        return await answer.JsonAsync();
    }

    public async Task UndoAsync(JsonElement done)
    {
        using HttpResponseMessage answer = await who.Http.PostAsync(
            $"/api/books/steps/{done.GetProperty("step").GetString()}/undo", null, cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(cancelled));
    }

    public async Task<string> AddAsync(string book, object row)
    {
        using HttpResponseMessage answer = await who.Http.PostAsJsonAsync($"/api/books/{book}", row, cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(cancelled))!["id"]!.GetValue<string>();
    }

    public async Task<JsonObject[]> RowsAsync(string book, string schoolId)
    {
        JsonObject answer = (await who.Http.GetFromJsonAsync<JsonObject>($"/api/books/{book}?schoolId={schoolId}", cancelled))!;
        return [.. answer["rows"]!.AsArray().Select(row => row!.AsObject())];
    }

    public static string Id(JsonElement draft) => draft.GetProperty("importId").GetString()!;

    /// <summary>Such as "added teachers 张伟: 张伟 · T001".</summary>
    public static string[] Changes(JsonElement draft) =>
    [
        .. draft.GetProperty("changes").EnumerateArray().Select(one =>
            $"{one.GetProperty("what").GetString()} {one.GetProperty("book").GetString()} {one.GetProperty("name").GetString()}"
            + (one.GetProperty("after").GetString() is { } after ? $": {after}" : null)),
    ];

    /// <summary>Such as "open teacher 李娜 T002".</summary>
    public static string[] Names(JsonElement draft) =>
    [
        .. draft.GetProperty("names").EnumerateArray().Select(one =>
            $"{one.GetProperty("answer").GetString()} {one.GetProperty("thing").GetString()} {one.GetProperty("name").GetString()}"),
    ];

    /// <summary>Such as "教师!B3 ...".</summary>
    public static string[] Faults(JsonElement draft) =>
    [
        .. draft.GetProperty("faults").EnumerateArray().Select(one =>
            $"{one.GetProperty("sheet").GetString()}!{one.GetProperty("cell").GetString()} {one.GetProperty("reason").GetString()}"),
    ];
}
