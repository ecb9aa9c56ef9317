using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Actors.Lessons;
using Xunke.Tests.Web.Reviews;

namespace Xunke.Tests.Web.Observations;

/// <summary>A lesson with a teacher who has an account, and what people do about observations of it.</summary>
internal sealed record ObservedLesson(RunningApp App, TaughtLessons Taught, Lesson Lesson)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Puts one on record.</summary>
    /// <param name="app">The server.</param>
    /// <param name="ended">Whether it is over.</param>
    /// <param name="hoursAgo">How long ago it ended; a day after it is open to others than its teacher.</param>
    public static async Task<ObservedLesson> AddAsync(RunningApp app, bool ended = true, double hoursAgo = 25)
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(app);
        return new ObservedLesson(app, taught, await taught.AddAsync(TimeSpan.FromHours(hoursAgo), ended));
    }

    /// <summary>The form for lessons that comes with Xunke.</summary>
    public static async Task<Guid> GeneralFormAsync(SignedIn who) =>
        (await (await who.Http.GetAsync("/api/forms", Cancelled)).JsonAsync()).GetProperty("forms").EnumerateArray()
            .Single(form => form.GetProperty("name").GetString() == "通用听课评价").GetProperty("formId").GetGuid();

    /// <summary>Asks to begin.</summary>
    public async Task<HttpResponseMessage> TryBeginAsync(SignedIn who) => await who.Http.PostAsJsonAsync(
        "/api/observations", new { lessonId = Lesson.Id, formId = await GeneralFormAsync(who) }, Cancelled);

    /// <summary>Begins.</summary>
    public async Task<JsonElement> BeginAsync(SignedIn who) => await (await TryBeginAsync(who)).JsonAsync();

    /// <summary>Answers two items, writes a remark, and sends it.</summary>
    public async Task<string> SendAsync(SignedIn who)
    {
        JsonElement begun = await BeginAsync(who);
        string address = AddressOf(begun);
        JsonElement saved = await (await SaveAsync(who, address, begun.GetProperty("version").GetInt32(), ("explain", 4), ("questions", 2)))
            .JsonAsync();
        (await RemarkAsync(who, address, Guid.NewGuid(), "追问到第三层")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SubmitAsync(who, address, saved.GetProperty("version").GetInt32())).StatusCode.ShouldBe(HttpStatusCode.OK);
        return address;
    }

    public static string AddressOf(JsonElement observation) => $"/api/observations/{observation.GetProperty("observationId").GetGuid()}";

    public static Task<HttpResponseMessage> SaveAsync(
        SignedIn who, string address, int version, params (string Key, int Value)[] answers) =>
        who.Http.PutAsJsonAsync(
            $"{address}/draft",
            new { version, answers = answers.ToDictionary(one => one.Key, one => new { value = one.Value }), overall = "整体不错" }, Cancelled);

    public static Task<HttpResponseMessage> RemarkAsync(
        SignedIn who, string address, Guid remarkId, string text, double at = 640, string kind = "strength") => who.Http.PutAsJsonAsync(
        $"{address}/remarks/{remarkId}", new { at, kind, text, tags = new[] { "提问" } }, Cancelled);

    public static Task<HttpResponseMessage> SubmitAsync(SignedIn who, string address, int version) =>
        who.Http.PostAsJsonAsync($"{address}/submission", new { version }, Cancelled);

    public static async Task<JsonElement> ReadAsync(SignedIn who, string address) =>
        await (await who.Http.GetAsync(address, Cancelled)).JsonAsync();

    public static Task<HttpResponseMessage> AppealAsync(SignedIn who, string address, params string[] items) => who.Http.PostAsJsonAsync(
        $"{address}/reply", new { text = "谢谢", appeals = items.Select(itemKey => new { itemKey, reason = "第 12 分钟有追问" }) }, Cancelled);

    public static Task<HttpResponseMessage> DecideAsync(SignedIn who, string address, string item, string outcome, int? value = null) =>
        who.Http.PutAsJsonAsync($"{address}/appeals/{item}/decision", new { outcome, text = "看过录像", value }, Cancelled);
}
