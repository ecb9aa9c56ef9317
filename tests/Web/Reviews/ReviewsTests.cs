using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;

namespace Xunke.Tests.Web.Reviews;

public abstract class ReviewsTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_teachers_reflection_is_private_until_it_is_shared_and_is_not_written_over_unseen()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector");
        string address = $"/api/lessons/{lesson.Id}/reflection";

        JsonElement first = await (await teacher.Http.PutAsJsonAsync(address, new { text = " 提问后多等三秒。 ", isShared = false }, Cancelled))
            .JsonAsync();
        first.GetProperty("text").GetString().ShouldBe("提问后多等三秒。");
        (await ReviewAsync(inspector, lesson)).GetProperty("reflection").ValueKind.ShouldBe(JsonValueKind.Null);

        DateTimeOffset changedAt = first.GetProperty("changedAt").GetDateTimeOffset();
        (await teacher.Http.PutAsJsonAsync(address, new { text = "第二稿", isShared = true, basedOn = changedAt }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await teacher.Http.PutAsJsonAsync(address, new { text = "另一台电脑", isShared = true, basedOn = changedAt }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "changed-since");
        (await ReviewAsync(inspector, lesson)).GetProperty("reflection").GetProperty("text").GetString().ShouldBe("第二稿");

        await (await inspector.Http.PutAsJsonAsync(address, new { text = "不是我的课", isShared = true }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task An_objection_stays_beside_the_figure_with_both_sides_words_and_the_figure_does_not_change()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector");
        byte[] before = await inspector.Http.GetByteArrayAsync($"/api/lessons/{lesson.Id}", Cancelled);
        string address = $"/api/lessons/{lesson.Id}/objections";

        await (await teacher.Http.PostAsJsonAsync(address, new { figure = "lesson.mood", text = "没有这个数字" }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-figure");
        await (await inspector.Http.PostAsJsonAsync(address, new { figure = "lesson.headUpRate", text = "不是我的课" }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        JsonElement made = await (await teacher.Http.PostAsJsonAsync(
            address, new { figure = "lesson.headUpRate", text = "后十分钟在做练习，低头是应该的" }, Cancelled)).JsonAsync();
        made.GetProperty("formula").GetString().ShouldBe("head-up-rate/1");
        made.GetProperty("value").GetDouble().ShouldBe(JsonSerializer.Deserialize<JsonElement>(before).GetProperty("lesson").GetProperty("headUpRate").GetProperty("value").GetDouble());

        string one = $"{address}/{made.GetProperty("id").GetGuid()}";
        await (await teacher.Http.PutAsJsonAsync($"{one}/answer", new { text = "我自己答复", outcome = "accepted" }, Cancelled)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await inspector.Http.PutAsJsonAsync($"{one}/answer", new { text = "同意，这一段不作依据", outcome = "accepted" }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await inspector.Http.PutAsJsonAsync($"{one}/answer", new { text = "再想想", outcome = "kept" }, Cancelled)).ShouldBeProblem(HttpStatusCode.Conflict, "objection-closed");
        await (await teacher.Http.DeleteAsync(one, Cancelled)).ShouldBeProblem(HttpStatusCode.Conflict, "objection-closed");

        JsonElement shown = (await ReviewAsync(teacher, lesson)).GetProperty("objections").EnumerateArray().ShouldHaveSingleItem();
        (shown.GetProperty("text").GetString(), shown.GetProperty("answer").GetString(), shown.GetProperty("outcome").GetString())
            .ShouldBe(("后十分钟在做练习，低头是应该的", "同意，这一段不作依据", "accepted"));
        (await inspector.Http.GetByteArrayAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBe(before);
    }

    [Fact]
    public async Task Goals_attained_are_counted_over_what_was_judged_for_the_teacher_and_the_observers_apart()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector");
        string address = $"/api/lessons/{lesson.Id}/goals";

        JsonElement[] goals = [.. (await (await teacher.Http.PutAsJsonAsync(
            address, new[] { Goal("会列竖式"), Goal("说得出理由"), Goal("能估算") }, Cancelled)).JsonAsync()).EnumerateArray()];
        await JudgeAsync(teacher, goals[0], "attained");
        await JudgeAsync(teacher, goals[1], "partly");
        await JudgeAsync(teacher, goals[2], "notShown");
        await JudgeAsync(inspector, goals[0], "notAttained");
        await JudgeAsync(inspector, goals[0], "attained");

        JsonElement review = await ReviewAsync(inspector, lesson);
        RateOf(review, "teacherRate").ShouldBe((0.5, 2, 1));
        RateOf(review, "observerRate").ShouldBe((1, 1, 1));
        review.GetProperty("goals")[0].GetProperty("judgements").GetArrayLength().ShouldBe(2);

        // In another order, one reworded, one left out: what was judged of the others stays.
        goals = [.. (await (await teacher.Http.PutAsJsonAsync(address, new[]
        {
            new { id = goals[1].GetProperty("id").GetGuid(), text = "说得出两个理由", shows = "" },
            new { id = goals[0].GetProperty("id").GetGuid(), text = "会列竖式", shows = "" },
        }, Cancelled)).JsonAsync()).EnumerateArray()];
        JsonElement after = await ReviewAsync(teacher, lesson);
        after.GetProperty("goals").EnumerateArray().Select(goal => goal.GetProperty("text").GetString()).ShouldBe(["说得出两个理由", "会列竖式"]);
        RateOf(after, "teacherRate").ShouldBe((0.5, 2, 1));
        await (await inspector.Http.PutAsJsonAsync(address, new[] { Goal("别人的课") }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        object Goal(string text) => new { text, shows = "出门条" };

        async Task JudgeAsync(SignedIn who, JsonElement goal, string outcome) =>
            (await who.Http.PutAsJsonAsync($"{address}/{goal.GetProperty("id").GetGuid()}/judgement", new { outcome, evidence = "第 12 分钟的练习", at = 700.0 }, Cancelled))
                .StatusCode.ShouldBe(HttpStatusCode.NoContent);

        static (double, int, int) RateOf(JsonElement review, string name)
        {
            JsonElement rate = review.GetProperty(name);
            return (rate.GetProperty("value").GetDouble(), rate.GetProperty("n").GetInt32(), rate.GetProperty("attained").GetInt32());
        }
    }

    [Fact]
    public async Task Remarks_are_pinned_to_moments_of_the_lesson_and_taken_away_by_who_wrote_them_alone()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector");
        string address = $"/api/lessons/{lesson.Id}/remarks";

        JsonElement late = await (await inspector.Http.PostAsJsonAsync(address, new { text = "追问很好", at = 640.0 }, Cancelled)).JsonAsync();
        (await teacher.Http.PostAsJsonAsync(address, new { text = "这里学生没听懂", at = 120.0 }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await inspector.Http.PostAsJsonAsync(address, new { text = "下课以后", at = 1201.0 }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-moment");
        await (await inspector.Http.PostAsJsonAsync(address, new { text = "  " }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-text");

        (await ReviewAsync(teacher, lesson)).GetProperty("remarks").EnumerateArray().Select(one => one.GetProperty("text").GetString())
            .ShouldBe(["这里学生没听懂", "追问很好"]);
        string one = $"{address}/{late.GetProperty("id").GetGuid()}";
        await (await teacher.Http.DeleteAsync(one, Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-remark");
        (await inspector.Http.DeleteAsync(one, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_teachers_own_division_stands_beside_the_computed_one()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector");
        string address = $"/api/lessons/{lesson.Id}/chapters";
        byte[] before = await teacher.Http.GetByteArrayAsync($"/api/lessons/{lesson.Id}", Cancelled);

        var division = new[] { new { from = 0.0, name = "导入" }, new { from = 240.5, name = "小组合作" } };
        (await teacher.Http.PutAsJsonAsync(address, division, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        (double From, string Name)[][] faults = [[(5, "导入")], [(0, "a"), (0, "b")], [(0, " ")], [(0, "a"), (1300, "b")]];
        foreach (object[] wrong in faults.Select(fault => fault.Select(one => (object)new { from = one.From, name = one.Name }).ToArray()))
        {
            await (await teacher.Http.PutAsJsonAsync(address, wrong, Cancelled)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-chapters");
        }

        await (await inspector.Http.PutAsJsonAsync(address, new[] { new { from = 0.0, name = "导入" } }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await ReviewAsync(inspector, lesson)).GetProperty("chapters").EnumerateArray()
            .Select(one => (one.GetProperty("from").GetDouble(), one.GetProperty("name").GetString())).ShouldBe([(0, "导入"), (240.5, "小组合作")]);
        (await teacher.Http.GetByteArrayAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBe(before);

        await teacher.Http.PutAsJsonAsync(address, Array.Empty<object>(), Cancelled);
        (await ReviewAsync(inspector, lesson)).GetProperty("chapters").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_slice_is_cut_by_who_may_read_the_lesson_and_taken_away_by_who_cut_it_or_the_teacher()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector"),
            principal = await fixture.App.SignInAsync("principal");
        string address = $"/api/lessons/{lesson.Id}/slices";

        foreach ((object wrong, string code) in new (object, string)[]
        {
            (new { from = 60.0, to = 60.0, name = "导入" }, "bad-stretch"), (new { from = 60.0, to = 1300.0, name = "导入" }, "bad-stretch"),
            (new { from = 60.0, name = "导入" }, "bad-stretch"), (new { from = 0.0, to = 60.0, name = " " }, "bad-text"),
            (new { from = 0.0, to = 60.0, name = "导入", tags = new[] { "表扬" } }, "bad-tags"),
        })
        {
            await (await inspector.Http.PostAsJsonAsync(address, wrong, Cancelled)).ShouldBeProblem(HttpStatusCode.BadRequest, code);
        }

        foreach ((double from, string name) in new[] { (300.0, "追问"), (60.0, "导入的问题") })
        {
            (await inspector.Http.PostAsJsonAsync(address, new { from, to = from + 60, name, tags = new[] { "导入", "提问" } }, Cancelled))
                .StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        JsonElement[] slices = [.. (await ReviewAsync(teacher, lesson)).GetProperty("slices").EnumerateArray()];
        slices.Select(one => (one.GetProperty("from").GetDouble(), one.GetProperty("to").GetDouble(), one.GetProperty("name").GetString(),
            one.GetProperty("tags").GetArrayLength(), one.GetProperty("mayDrop").GetBoolean()))
            .ShouldBe([(60, 120, "导入的问题", 2, true), (300, 360, "追问", 2, true)]);
        (await ReviewAsync(principal, lesson)).GetProperty("slices")[0].GetProperty("mayDrop").GetBoolean().ShouldBeFalse();

        string[] own = [.. slices.Select(one => $"{address}/{one.GetProperty("id").GetGuid()}")];
        await (await principal.Http.DeleteAsync(own[0], Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-slice");
        (await inspector.Http.DeleteAsync(own[0], Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await teacher.Http.DeleteAsync(own[1], Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReviewAsync(teacher, lesson)).GetProperty("slices").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_kind_of_a_lesson_is_said_by_its_teacher_and_one_of_the_districts()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector");
        string address = $"/api/lessons/{lesson.Id}/kind";

        await (await teacher.Http.PutAsJsonAsync(address, new { kind = "赛课" }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-kind");
        await (await inspector.Http.PutAsJsonAsync(address, new { kind = "复习" }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await teacher.Http.PutAsJsonAsync(address, new { kind = "复习" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReviewAsync(inspector, lesson)).GetProperty("kind").GetString().ShouldBe("复习");

        (await teacher.Http.PutAsJsonAsync(address, new { kind = (string?)null }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReviewAsync(inspector, lesson)).GetProperty("kind").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_link_shows_a_lesson_to_the_first_colleague_who_opens_it_until_it_is_ended()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        TaughtLessons colleague = await TaughtLessons.AddTeacherAsync(fixture.App);
        TaughtLessons third = await TaughtLessons.AddTeacherAsync(fixture.App);
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), first = await fixture.App.SignInAsync(colleague.UserName),
            second = await fixture.App.SignInAsync(third.UserName);

        JsonElement made = await (await teacher.Http.PostAsJsonAsync($"/api/lessons/{lesson.Id}/shares", new { days = 7 }, Cancelled))
            .JsonAsync();
        object token = new { value = made.GetProperty("token").GetString() };
        await (await first.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        (await (await first.Http.PostAsJsonAsync("/api/shares/open", token, Cancelled))
            .JsonAsync()).GetProperty("lessonId").GetGuid().ShouldBe(lesson.Id);
        await (await second.Http.PostAsJsonAsync("/api/shares/open", token, Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-link");

        (await first.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await second.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        JsonElement share = (await ReviewAsync(teacher, lesson)).GetProperty("shares").EnumerateArray().ShouldHaveSingleItem();
        share.GetProperty("displayName").GetString().ShouldBe(colleague.UserName);
        (await ReviewAsync(first, lesson)).GetProperty("shares").GetArrayLength().ShouldBe(0, "only the teacher knows of links");

        (await teacher.Http.DeleteAsync($"/api/lessons/{lesson.Id}/shares/{share.GetProperty("id").GetGuid()}", Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await first.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
    }

    [Fact]
    public async Task What_was_said_goes_with_its_lesson()
    {
        (TaughtLessons taught, Lesson lesson) = await AddAsync();
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName);
        await teacher.Http.PutAsJsonAsync($"/api/lessons/{lesson.Id}/reflection", new { text = "反思", isShared = true }, Cancelled);
        await teacher.Http.PostAsJsonAsync($"/api/lessons/{lesson.Id}/remarks", new { text = "批注" }, Cancelled);
        await teacher.Http.PutAsJsonAsync($"/api/lessons/{lesson.Id}/goals", new[] { new { text = "目标" } }, Cancelled);

        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        await records.Lessons.Where(one => one.Id == lesson.Id).ExecuteDeleteAsync(Cancelled);

        (await records.Reflections.AnyAsync(one => one.LessonId == lesson.Id, Cancelled)).ShouldBeFalse();
        (await records.Remarks.AnyAsync(one => one.LessonId == lesson.Id, Cancelled)).ShouldBeFalse();
        (await records.Goals.AnyAsync(one => one.LessonId == lesson.Id, Cancelled)).ShouldBeFalse();
    }

    private async Task<(TaughtLessons Taught, Lesson Lesson)> AddAsync()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        return (taught, await taught.AddAsync(TimeSpan.FromHours(25)));
    }

    private static async Task<JsonElement> ReviewAsync(SignedIn who, Lesson lesson) =>
        await (await who.Http.GetAsync($"/api/lessons/{lesson.Id}/review", Cancelled)).JsonAsync();
}

[Collection(WebCollection.Name)]
public sealed class ReviewsOnSqliteTests(AppFixture fixture) : ReviewsTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class ReviewsOnPostgreSqlTests(PostgreSqlAppFixture fixture) : ReviewsTests(fixture);
