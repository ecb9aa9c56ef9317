using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using static Xunke.Tests.Web.Observations.ObservedLesson;

namespace Xunke.Tests.Web.Observations;

public abstract class ObservationsTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_begins_types_nothing_and_goes_on_with_the_same_draft()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");

        using HttpResponseMessage begun = await lesson.TryBeginAsync(inspector);
        begun.StatusCode.ShouldBe(HttpStatusCode.Created);
        JsonElement first = await begun.JsonAsync(), again = await lesson.BeginAsync(inspector);

        JsonElement header = first.GetProperty("header");
        (header.GetProperty("teacherName").GetString(), header.GetProperty("period").GetInt32(), header.GetProperty("expected").GetInt32())
            .ShouldBe(("赵一", 3, 40));
        header.GetProperty("formName").GetString().ShouldBe("通用听课评价");
        first.GetProperty("total").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null, "nothing is answered, which is not 0");
        AddressOf(again).ShouldBe(AddressOf(first));
        using SignedIn other = await fixture.App.SignInAsync("inspector2");
        AddressOf(await lesson.BeginAsync(other)).ShouldNotBe(AddressOf(first));
    }

    [Fact]
    public async Task A_save_that_arrives_twice_is_one_and_a_stale_one_is_told_what_is_newer()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");
        JsonElement begun = await lesson.BeginAsync(inspector);
        (string address, int version) = (AddressOf(begun), begun.GetProperty("version").GetInt32());

        JsonElement saved = await (await SaveAsync(inspector, address, version, ("explain", 4))).JsonAsync();
        JsonElement replayed = await (await SaveAsync(inspector, address, version, ("explain", 4))).JsonAsync();
        replayed.GetProperty("version").GetInt32().ShouldBe(saved.GetProperty("version").GetInt32());
        saved.GetProperty("total").GetProperty("value").GetDouble().ShouldBe(80);

        JsonElement newer = await (await SaveAsync(inspector, address, version, ("explain", 1)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "changed-since");
        newer.GetProperty("answers").GetProperty("explain").GetProperty("value").GetInt32().ShouldBe(4);
        (await ReadAsync(inspector, address)).GetProperty("answers").GetProperty("explain").GetProperty("value").GetInt32().ShouldBe(4);

        JsonElement wrong = await (await SaveAsync(inspector, address, newer.GetProperty("version").GetInt32(), ("explain", 6)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-answer");
        wrong.GetProperty("item").GetString().ShouldBe("explain");
        await (await SaveAsync(inspector, address, version, ("nowhere", 1))).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-answer");
    }

    [Fact]
    public async Task Remarks_have_names_from_where_they_are_written_and_are_never_doubled()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");
        string address = AddressOf(await lesson.BeginAsync(inspector));
        (Guid one, Guid other) = (Guid.NewGuid(), Guid.NewGuid());

        await RemarkAsync(inspector, address, one, "追问很好", at: 640);
        await RemarkAsync(inspector, address, one, "追问很好", at: 640);
        await RemarkAsync(inspector, address, other, "后排没听到", at: 120, kind: "suggestion");
        await RemarkAsync(inspector, address, other, "后排听不到", at: 120, kind: "suggestion");

        JsonElement[] remarks = [.. (await ReadAsync(inspector, address)).GetProperty("remarks").EnumerateArray()];
        remarks.Select(remark => (remark.GetProperty("at").GetDouble(), remark.GetProperty("text").GetString()))
            .ShouldBe([(120, "后排听不到"), (640, "追问很好")]);
        for (int i = 0; i < 2; i++)
        {
            (await inspector.Http.DeleteAsync($"{address}/remarks/{one}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        (await ReadAsync(inspector, address)).GetProperty("remarks").GetArrayLength().ShouldBe(1);
        await (await RemarkAsync(inspector, address, one, "不在课上", at: -1)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-remark");
        await (await RemarkAsync(inspector, address, one, " ")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-text");
    }

    [Fact]
    public async Task What_is_sent_never_changes_whatever_becomes_of_the_form_and_the_lesson()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"),
            administrator = await fixture.App.SignInAsync("administrator");
        string address = await lesson.SendAsync(inspector);
        JsonElement sent = await ReadAsync(inspector, address);
        int version = sent.GetProperty("version").GetInt32();

        await (await SaveAsync(inspector, address, version, ("explain", 5))).ShouldBeProblem(HttpStatusCode.Conflict, "observation-sent");
        await (await RemarkAsync(inspector, address, Guid.NewGuid(), "晚了")).ShouldBeProblem(HttpStatusCode.Conflict, "observation-sent");
        await (await inspector.Http.DeleteAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.Conflict, "observation-sent");
        (await SubmitAsync(inspector, address, version)).StatusCode.ShouldBe(HttpStatusCode.OK, "an answer that was lost is given again");

        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.Where(one => one.Id == lesson.Lesson.Id)
                .ExecuteDeleteAsync(Cancelled);
        }

        JsonElement after = await ReadAsync(inspector, address);
        after.GetProperty("hasLesson").GetBoolean().ShouldBeFalse();
        after.GetProperty("header").GetProperty("teacherName").GetString().ShouldBe("赵一");
        after.GetProperty("form").ToString().ShouldBe(sent.GetProperty("form").ToString());
        after.GetProperty("total").GetProperty("value").GetDouble().ShouldBe(60);
    }

    [Fact]
    public async Task An_empty_record_is_not_sent_and_a_draft_is_dropped_with_its_remarks()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");
        string address = AddressOf(await lesson.BeginAsync(inspector));

        await (await SubmitAsync(inspector, address, 1)).ShouldBeProblem(HttpStatusCode.BadRequest, "nothing-written");
        await RemarkAsync(inspector, address, Guid.NewGuid(), "记一笔");
        (await inspector.Http.DeleteAsync(address, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await inspector.Http.GetAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-observation");
        (await lesson.BeginAsync(inspector)).GetProperty("remarks").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_lesson_that_goes_on_is_observed_before_its_snapshot_is_open_and_one_that_is_over_is_its_teachers_first()
    {
        ObservedLesson running = await AddAsync(fixture.App, ended: false, hoursAgo: 0), over = await AddAsync(fixture.App, hoursAgo: 1);
        // Nobody's visit of another test is this inspector's.
        string userName = $"inspector-{Guid.NewGuid():N}"[..20];
        await fixture.App.AddAccountAsync(userName, Role.Inspector, null);
        using SignedIn inspector = await fixture.App.SignInAsync(userName);

        (await running.TryBeginAsync(inspector)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await over.TryBeginAsync(inspector)).ShouldBeProblem(HttpStatusCode.Forbidden, "teacher-first");
        JsonElement room = await (await inspector.Http.GetAsync("/api/rooms/s01-103/observation", Cancelled)).JsonAsync();
        room.GetProperty("lessonId").ValueKind.ShouldBe(JsonValueKind.Null, "no camera sends there");
        await (await inspector.Http.PostAsJsonAsync("/api/observations", new { roomId = "s01-103", formId = Guid.NewGuid() }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "no-lesson-now");
    }

    [Fact]
    public async Task A_form_is_used_for_the_kinds_of_lessons_that_it_is_for_and_not_once_it_is_withdrawn()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"),
            administrator = await fixture.App.SignInAsync("administrator");
        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.Where(one => one.Id == lesson.Lesson.Id)
                .ExecuteUpdateAsync(one => one.SetProperty(l => l.Kind, "体育"), Cancelled);
        }

        JsonElement general = (await (await administrator.Http.GetAsync("/api/forms", Cancelled)).JsonAsync()).GetProperty("forms")
            .EnumerateArray()
            .Single(form => form.GetProperty("name").GetString() == "通用听课评价");
        JsonElement made = await (await administrator.Http.PostAsJsonAsync("/api/forms", new
        {
            name = "实验课听课表",
            kind = "observation",
            content = new
            {
                groups = general.GetProperty("content").GetProperty("groups"),
                bands = general.GetProperty("content").GetProperty("bands"),
                lessonKinds = new[] { "实验" },
            },
        }, Cancelled)).JsonAsync();
        Guid formId = made.GetProperty("formId").GetGuid();

        await (await inspector.Http.PostAsJsonAsync("/api/observations", new { lessonId = lesson.Lesson.Id, formId }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "form-of-other-kind");
        await administrator.Http.PutAsJsonAsync($"/api/forms/{formId}/withdrawal", new { withdrawn = true }, Cancelled);
        await (await inspector.Http.PostAsJsonAsync("/api/observations", new { lessonId = lesson.Lesson.Id, formId }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "no-form");
    }

    [Fact]
    public async Task Both_the_observer_and_the_teacher_download_it_with_their_own_data()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), teacher =
            await fixture.App.SignInAsync(lesson.Taught.UserName);
        string address = await lesson.SendAsync(inspector);
        await AppealAsync(teacher, address, "explain");

        JsonElement data = await (await teacher.Http.GetAsync("/api/session/data", Cancelled)).JsonAsync();
        JsonElement own = data.GetProperty("observations").EnumerateArray().ShouldHaveSingleItem();
        own.GetProperty("asObserver").GetBoolean().ShouldBeFalse();
        own.GetProperty("answers").GetProperty("explain").GetProperty("value").GetInt32().ShouldBe(4);
        data.GetProperty("observationRemarks").EnumerateArray().ShouldHaveSingleItem().GetProperty("text").GetString().ShouldBe("追问到第三层");
        data.GetProperty("appeals").EnumerateArray().ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("第 12 分钟有追问");
        (await (await inspector.Http.GetAsync("/api/session/data", Cancelled)).JsonAsync()).GetProperty("observations").EnumerateArray()
            .ShouldContain(one => one.GetProperty("asObserver").GetBoolean()
                && address.EndsWith(one.GetProperty("observationId").GetString()!, StringComparison.Ordinal));
    }
}

[Collection(WebCollection.Name)]
public sealed class ObservationsOnSqliteTests(AppFixture fixture) : ObservationsTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class ObservationsOnPostgreSqlTests(PostgreSqlAppFixture fixture) : ObservationsTests(fixture);
