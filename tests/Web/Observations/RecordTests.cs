using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunke.Web.Documents;
using static Xunke.Tests.Web.Observations.ObservedLesson;

namespace Xunke.Tests.Web.Observations;

/// <summary>An observation leaves the system as a Word document with what stands on its page.</summary>
[Collection(WebCollection.Name)]
public sealed class RecordTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_record_says_what_the_page_says_and_what_was_decided_on_appeal()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal = await fixture.App.SignInAsync("principal"),
            teacher = await fixture.App.SignInAsync(lesson.Taught.UserName);
        string address = await lesson.SendAsync(inspector);
        await (await AppealAsync(teacher, address, "questions")).JsonAsync();
        await (await DecideAsync(principal, address, "questions", "changed", 4)).JsonAsync();

        JsonElement page = await ReadAsync(teacher, address);
        string text = await TextAsync(teacher, address);
        JsonElement header = page.GetProperty("header");
        text.ShouldContain(header.GetProperty("schoolName").GetString()!);
        text.ShouldContain(header.GetProperty("teacherName").GetString()!);
        text.ShouldContain("10:40　优点　追问到第三层（提问）");
        text.ShouldContain("整体不错");
        decimal total = page.GetProperty("totalAfter").GetProperty("value").GetDecimal();
        text.ShouldContain($"总分\n{total.ToString("0.#", CultureInfo.InvariantCulture)}（");
        text.ShouldContain("第 12 分钟有追问\n　　更改为 4 / ");
        text.ShouldContain("看过录像");
        foreach (JsonElement item in page.GetProperty("form").GetProperty("groups").EnumerateArray()
            .SelectMany(group => group.GetProperty("items").EnumerateArray()))
        {
            text.ShouldContain($"{item.GetProperty("text").GetString()}：");
        }

        text.ShouldNotContain("{", customMessage: "every word in braces has its value");
    }

    [Fact]
    public async Task Who_may_not_read_it_gets_no_record_and_a_draft_is_its_observers()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"),
            teacher = await fixture.App.SignInAsync(lesson.Taught.UserName), other = await fixture.App.SignInAsync("principal2");
        string address = AddressOf(await lesson.BeginAsync(inspector));
        (await TextAsync(inspector, address)).ShouldContain("申诉与处理\n—", customMessage: "what there is none of has a dash");
        foreach (SignedIn who in new[] { teacher, other })
        {
            await (await who.Http.GetAsync($"{address}/document", Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-observation");
        }
    }

    private static async Task<string> TextAsync(SignedIn who, string address)
    {
        using HttpResponseMessage answer = await who.Http.GetAsync($"{address}/document", Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(WordTemplate.ContentType);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return WordTemplate.TextOf(await answer.Content.ReadAsByteArrayAsync(Cancelled));
    }
}
