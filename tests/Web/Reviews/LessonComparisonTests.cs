using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;

namespace Xunke.Tests.Web.Reviews;

/// <summary>A teacher's lesson beside own earlier ones and the anonymous middle half of the subject group.</summary>
public abstract class LessonComparisonTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Own_earlier_lessons_count_from_three_on_and_a_group_from_ten_lessons_of_three_teachers_on()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        string subject = $"f{Guid.NewGuid():N}"[..12];
        Lesson lesson = Made(taught.UserName, subject, days: 1, headUp: 0.5);
        Lesson[] own =
            [Made(taught.UserName, subject, 2, 0.3), Made(taught.UserName, subject, 3, 0.7), Made(taught.UserName, subject, 4, 0.4)];
        Lesson[] others = [.. Enumerable.Range(0, 9).Select(i => Made($"other{i % 3}", subject, 5 + i, 0.1 * i))];
        Lesson[] uncounted =
            [Made(taught.UserName, subject, 2, null), Made(taught.UserName, "another", 2, 0.9), Made(taught.UserName, subject, 0, 0.9)];
        await AddAsync([lesson, .. own, .. others, .. uncounted]);
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), principal = await fixture.App.SignInAsync("principal");

        JsonElement few = await CompareAsync(teacher, lesson);
        Numbers(few.GetProperty("own"), "n", "median", "least", "most").ShouldBe([3, 0.4, 0.3, 0.7]);
        Numbers(few.GetProperty("group"), "n", "teachers", "lower", "upper").ShouldBe([9, 3, null, null], "nine lessons could be told apart");

        await AddAsync([Made("other0", subject, 20, 0.9)]);
        JsonElement enough = await CompareAsync(teacher, lesson);
        Numbers(enough.GetProperty("group"), "n", "teachers", "lower", "upper").ShouldBe([10, 3, 0.225, 0.675]);
        enough.GetProperty("value").GetDouble().ShouldBe(0.5);

        await (await principal.Http.GetAsync($"/api/lessons/{lesson.Id}/comparison", Cancelled)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await CompareAsync(teacher, own[1])).GetProperty("own").GetProperty("median").ValueKind.ShouldBe(JsonValueKind.Null, "one earlier lesson says nothing");
    }

    [Fact]
    public async Task Own_lessons_of_another_kind_are_not_compared()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        string subject = $"k{Guid.NewGuid():N}"[..12];
        Lesson lesson = Made(taught.UserName, subject, 1, 0.5);
        Lesson[] alike = [.. Enumerable.Range(2, 3).Select(days => Made(taught.UserName, subject, days, 0.4))];
        Lesson[] unlike = [Made(taught.UserName, subject, 6, 0.9), Made(taught.UserName, subject, 7, 0.9)];
        foreach (Lesson one in (Lesson[])[lesson, .. alike])
        {
            one.Kind = "复习";
        }

        unlike[0].Kind = "实验";
        await AddAsync([lesson, .. alike, .. unlike]);
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName);

        Numbers((await CompareAsync(teacher, lesson)).GetProperty("own"), "n", "most").ShouldBe([3, 0.4]);
    }

    private static double?[] Numbers(JsonElement of, params string[] names) =>
        [.. names.Select(of.GetProperty).Select(
            one => one.ValueKind is JsonValueKind.Number ? Math.Round(one.GetDouble(), 9) : (double?)null)];

    private static async Task<JsonElement> CompareAsync(SignedIn who, Lesson lesson) =>
        (await (await who.Http.GetAsync($"/api/lessons/{lesson.Id}/comparison", Cancelled)).JsonAsync()).GetProperty("figures").EnumerateArray()
            .Single(one => one.GetProperty("figure").GetString() == "lesson.headUpRate");

    private static Lesson Made(string teacherId, string subjectId, int days, double? headUp) => new()
    {
        Id = Guid.NewGuid(),
        RoomId = "s01-104",
        SchoolId = "s01",
        From = DateTimeOffset.UtcNow.AddDays(-days - 1),
        To = DateTimeOffset.UtcNow.AddDays(-days - 1).AddMinutes(40),
        Ended = true,
        Enrolled = 40,
        TeacherId = teacherId,
        SubjectId = subjectId,
        Samples = [],
        Figures = JsonSerializer.Serialize(headUp is null ? [] : new Dictionary<string, double?> { ["lesson.headUpRate"] = headUp }),
    };

    private async Task AddAsync(IEnumerable<Lesson> lessons)
    {
        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Lessons.AddRange(lessons);
        await records.SaveChangesAsync(Cancelled);
    }
}

[Collection(WebCollection.Name)]
public sealed class LessonComparisonOnSqliteTests(AppFixture fixture) : LessonComparisonTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class LessonComparisonOnPostgreSqlTests(PostgreSqlAppFixture fixture) : LessonComparisonTests(fixture);
