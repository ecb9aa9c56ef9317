using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Web.Analysis;
using Xunke.Web.Lessons;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Lessons;

[Collection(WebCollection.Name)]
public sealed class LessonsTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_has_its_figures_with_all_that_they_are_made_of()
    {
        Lesson lesson = await AddAsync(people: 40, sound: Dialogue());
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");

        JsonElement snapshot = await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();

        snapshot.GetProperty("schema").GetString().ShouldBe("xunke-snapshot/1");
        JsonElement rate = snapshot.GetProperty("lesson").GetProperty("headUpRate");
        rate.GetProperty("state").GetString().ShouldBe("ok");
        rate.GetProperty("n").GetInt32().ShouldBe(40 * 600);
        rate.GetProperty("coverage").GetDouble().ShouldBe(1, 1e-6);
        rate.GetProperty("intervalSeconds").GetDouble().ShouldBe(2);
        rate.GetProperty("formula").GetString().ShouldBe("head-up-rate/1");
        snapshot.GetProperty("windows").GetArrayLength().ShouldBe(10);
        snapshot.GetProperty("st").GetProperty("sequence").GetString().ShouldBe(string.Concat(Enumerable.Repeat("TS", 20)));
        snapshot.GetProperty("st").GetProperty("rt").GetProperty("value").GetDouble().ShouldBe(0.5);
        snapshot.GetProperty("segments").GetArrayLength().ShouldBeGreaterThan(0);
        snapshot.GetProperty("moments").GetProperty("best")[0].GetProperty("zh").GetString()!.ShouldContain("参与度");
    }

    [Fact]
    public async Task A_snapshot_is_computed_once_and_stays_as_it_was_read_first()
    {
        Lesson lesson = await AddAsync(people: 40, sound: Dialogue());
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");
        byte[] first = await inspector.Http.GetByteArrayAsync($"/api/lessons/{lesson.Id}", Cancelled);
        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            await records.Lessons.Where(one => one.Id == lesson.Id).ExecuteUpdateAsync(
                one => one.SetProperty(l => l.Samples, Array.Empty<byte>()).SetProperty(l => l.Enrolled, 1), Cancelled);
        }

        byte[] again = await inspector.Http.GetByteArrayAsync($"/api/lessons/{lesson.Id}", Cancelled);

        again.ShouldBe(first, "nothing of it is computed again");
        byte[] computed = JsonSerializer.SerializeToUtf8Bytes(
            LessonSnapshot.Of(lesson, fixture.App.Services.GetRequiredService<SchoolBook>().FindRoom(lesson.RoomId), SchoolName(first), [], BookNames.None),
            ReportJson.ForBrowsers.LessonSnapshot);
        JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(again), JsonSerializer.Deserialize<JsonElement>(computed))
            .ShouldBeTrue("it says what the analysis says");

        static string SchoolName(byte[] snapshot) => JsonSerializer.Deserialize<JsonElement>(snapshot).GetProperty("schoolName").GetString()!;
    }

    [Fact]
    public async Task Where_the_teacher_was_and_how_pupils_answered_is_told_without_seats()
    {
        Lesson lesson = await AddAsync(people: 40, sound: Dialogue()), old = await AddAsync(people: 40, sound: Dialogue(), teacher: null);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");

        JsonElement snapshot = await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();
        JsonElement before = await (await inspector.Http.GetAsync($"/api/lessons/{old.Id}", Cancelled)).JsonAsync();

        JsonElement front = snapshot.GetProperty("lesson").GetProperty("teacher").GetProperty("front");
        front.GetProperty("value").GetDouble().ShouldBe(1);
        (front.GetProperty("n").GetInt32(), front.GetProperty("formula").GetString()).ShouldBe((600, "teacher-places/1"));
        before.GetProperty("lesson").TryGetProperty("teacher", out _).ShouldBeFalse("it was not measured");

        // Half of the class has a hand up, which comes down as pupils begin to speak.
        JsonElement answers = snapshot.GetProperty("answers");
        answers.GetProperty("count").GetProperty("value").GetDouble().ShouldBe(1);
        answers.GetProperty("count").GetProperty("n").GetInt32().ShouldBe(20);
        JsonElement only = answers.GetProperty("all").EnumerateArray().ShouldHaveSingleItem();
        only.EnumerateObject().Select(member => member.Name).ShouldBe(["from", "to", "stands"]);
        (only.GetProperty("from").GetDouble(), only.GetProperty("stands").GetBoolean()).ShouldBe((870, false));
    }

    [Fact]
    public async Task List_and_snapshot_say_class_subject_teacher_and_period_as_they_were_called_then()
    {
        string id = $"x{Guid.NewGuid():N}"[..12];
        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            records.Add(new SchoolClass { Id = id, SchoolId = "s01", Name = $"班 {id}", Grade = "三年级", Enrolled = 40 });
            records.Add(new Subject { Id = id, Name = $"科 {id}", NameEn = $"Subject {id}", Order = 1 });
            records.Add(new Teacher { Id = id, SchoolId = "s01", Name = "赵一", SubjectIds = [id] });
            await records.SaveChangesAsync(Cancelled);
        }

        TimetableBook timetable = fixture.App.Services.GetRequiredService<TimetableBook>();
        await timetable.ReloadAsync(["s01"], Cancelled);
        Lesson lesson = await AddAsync(people: 40, planned: id);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");

        JsonElement list = await (await inspector.Http.GetAsync($"/api/lessons?teacherId={id}", Cancelled)).JsonAsync();
        JsonElement first = await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();
        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            await records.Teachers.Where(one => one.Id == id).ExecuteUpdateAsync(one => one.SetProperty(t => t.Name, "钱二"), Cancelled);
        }

        await timetable.ReloadAsync(["s01"], Cancelled);
        JsonElement later = await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();

        JsonElement row = list.EnumerateArray().ShouldHaveSingleItem();
        Texts(row, "className", "subjectName", "subjectNameEn", "teacherName").ShouldBe([$"班 {id}", $"科 {id}", $"Subject {id}", "赵一"]);
        row.GetProperty("period").GetInt32().ShouldBe(3);
        JsonElement planned = first.GetProperty("planned");
        Texts(planned, "className", "subjectName", "teacherName").ShouldBe([$"班 {id}", $"科 {id}", "赵一"]);
        planned.GetProperty("from").GetDateTimeOffset().ShouldBe(lesson.From);
        later.GetProperty("planned").GetProperty("teacherName").GetString().ShouldBe("赵一", "the snapshot is frozen");

        static string?[] Texts(JsonElement of, params string[] names) => [.. names.Select(name => of.GetProperty(name).GetString())];
    }

    [Fact]
    public async Task Too_little_seen_is_no_number_and_more_than_are_enrolled_a_data_fault()
    {
        Lesson thin = await AddAsync(people: 8), full = await AddAsync(people: 50);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");

        JsonElement seldom = await (await inspector.Http.GetAsync($"/api/lessons/{thin.Id}", Cancelled)).JsonAsync();
        JsonElement over = await (await inspector.Http.GetAsync($"/api/lessons/{full.Id}", Cancelled)).JsonAsync();

        StateOf(seldom).ShouldBe(("not-enough-seen", JsonValueKind.Null));
        StateOf(over).ShouldBe(("data-fault", JsonValueKind.Null));
        Codes(over).ShouldContain("over-enrolment");
        Codes(seldom).ShouldContain("no-sound");
        seldom.GetProperty("st").ValueKind.ShouldBe(JsonValueKind.Null);
        seldom.GetProperty("answers").ValueKind.ShouldBe(JsonValueKind.Null);

        static (string?, JsonValueKind) StateOf(JsonElement snapshot)
        {
            JsonElement rate = snapshot.GetProperty("lesson").GetProperty("participation");
            return (rate.GetProperty("state").GetString(), rate.GetProperty("value").ValueKind);
        }
    }

    [Fact]
    public async Task The_time_of_a_covered_camera_is_told_and_has_no_numbers()
    {
        Lesson lesson = await AddAsync(people: 40, covered: (240, 480));
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");

        JsonElement snapshot = await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();

        JsonElement tamper = snapshot.GetProperty("tamper").EnumerateArray().ShouldHaveSingleItem();
        tamper.GetProperty("kind").GetString().ShouldBe("covered");
        (tamper.GetProperty("from").GetDouble(), tamper.GetProperty("to").GetDouble()).ShouldBe((240, 478));
        snapshot.GetProperty("windows").EnumerateArray().Select(window => window.GetProperty("headUpRate").GetProperty("state").GetString())
            .ShouldBe(["ok", "ok", "not-enough-seen", "not-enough-seen", "ok", "ok", "ok", "ok", "ok", "ok"]);
    }

    [Fact]
    public async Task A_moment_is_found_in_a_recording_by_those_who_may_play_it()
    {
        Lesson lesson = await AddAsync(people: 40);
        Recording recording = await fixture.App.AddRecordingAsync("s01-102", "administrator", from: lesson.From.AddMinutes(-5));
        using SignedIn admin = await fixture.App.SignInAsync("administrator"), inspector = await fixture.App.SignInAsync("inspector2");

        JsonElement found = (await (await admin.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync()).GetProperty("recordings")
            .EnumerateArray().Single(one => one.GetProperty("recordingId").GetGuid() == recording.Id);
        found.GetProperty("from").GetDouble().ShouldBe(-300, 0.01);
        found.GetProperty("to").GetDouble().ShouldBe(2100, 0.01);
        (await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync()).GetProperty("recordings").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_principal_sees_the_own_schools_lessons_alone()
    {
        Lesson lesson = await AddAsync(people: 40);
        using SignedIn other = await fixture.App.SignInAsync("principal2"), inspector = await fixture.App.SignInAsync("inspector");
        using HttpClient nobody = fixture.App.Anonymous();

        (await IdsAsync(inspector, "roomId=s01-102")).ShouldContain(lesson.Id);
        (await IdsAsync(other, "roomId=s01-102")).ShouldNotContain(lesson.Id);
        await (await other.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        await (await other.Http.GetAsync("/api/rooms/s01-102/speech", Cancelled)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await nobody.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        await (await inspector.Http.GetAsync("/api/lessons?take=0", Cancelled)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-take");
    }

    private static async Task<IEnumerable<Guid>> IdsAsync(SignedIn user, string query) =>
        (await (await user.Http.GetAsync($"/api/lessons?{query}", Cancelled)).JsonAsync()).EnumerateArray().Select(lesson => lesson.GetProperty("lessonId").GetGuid());

    private static IEnumerable<string?> Codes(JsonElement snapshot) =>
        snapshot.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString());

    /// <summary>Thirty seconds of the teacher and thirty of pupils, in turn.</summary>
    private static HeardLesson Dialogue() => MadeLesson.Sound(1200, [.. Enumerable.Range(0, 40).Select(
        turn => (turn * 30.0, turn * 30.0 + 28, turn % 2 == 0 ? Speaker.Teacher : Speaker.Pupils))]);

    /// <summary>Twenty minutes of a class of 40; from the tenth minute on many have a hand up for four and a half.</summary>
    private async Task<Lesson> AddAsync(
        int people, HeardLesson? sound = null, (int From, int To)? covered = null, TeacherPlace? teacher = TeacherPlace.Front,
        string? planned = null)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeMilliseconds());
        var tape = new SampleTape(from);
        for (int second = 0; second < 1200; second += 2)
        {
            int hands = second is >= 600 and < 870 ? people / 2 : 0;
            bool hidden = second >= covered?.From && second < covered?.To;
            tape.Add(MadeLesson.Sample(second, hidden ? 0 : people, up: hidden ? 0 : people - hands, hands: hidden ? 0 : hands) with
            {
                At = from.AddSeconds(second),
                Tamper = hidden ? Tamper.Covered : Tamper.None,
                Teacher = teacher,
            });
        }

        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-102",
            SchoolId = "s01",
            From = from,
            To = from.AddMinutes(20),
            Ended = true,
            Enrolled = 40,
            TeacherId = planned,
            ClassId = planned,
            SubjectId = planned,
            Period = planned is null ? null : 3,
            PlannedFrom = planned is null ? null : from,
            Samples = tape.ToArray(),
            Sound = sound is null ? null : HeardTape.Write(sound),
        };
        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Lessons.Add(lesson);
        await records.SaveChangesAsync(Cancelled);
        return lesson;
    }
}
