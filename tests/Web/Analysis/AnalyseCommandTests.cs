using System.Text.Json;
using Xunke.Tests.Support;
using Xunke.Web;
using Xunke.Web.Analysis;

namespace Xunke.Tests.Web.Analysis;

/// <summary>The whole command on real and on hostile files.</summary>
public sealed class AnalyseCommandTests(MadeClips clips) : IClassFixture<MadeClips>
{
    [Fact]
    public async Task A_video_gives_the_same_report_timeline_and_overlay_byte_for_byte_however_many_threads_work()
    {
        string clip = clips.Make("lesson.mkv", "-ss", "16", "-t", "8", "-i", Clips.Front, "-c", "copy");

        string one = await AnalyseAsync(clip, "--threads", "1", "--enrolled", "24", "--overlay");
        string two = await AnalyseAsync(clip, "--threads", "2", "--enrolled", "24", "--overlay");

        foreach (string file in (string[])["report.json", "timeline.csv", "overlay.mp4"])
        {
            (await ReadAsync(two, file)).ShouldBe(await ReadAsync(one, file), file);
        }

        using JsonDocument report = await ReportAsync(one);
        JsonElement root = report.RootElement, samples = root.GetProperty("samples");
        root.GetProperty("schema").GetString().ShouldBe(LessonReport.SchemaName);
        int count = samples.GetArrayLength();
        count.ShouldBeInRange(8, 9, "the cut begins at a key frame");
        JsonElement people = samples[count - 1].GetProperty("people");
        people.GetArrayLength().ShouldBeInRange(18, 26);
        people[0].GetProperty("keypoints").GetArrayLength().ShouldBe(51);
        people.EnumerateArray().ShouldAllBe(person => person.GetProperty("posture").GetProperty("headDown").GetDouble() >= 0);
        samples.EnumerateArray().SelectMany(sample => sample.GetProperty("people").EnumerateArray())
            .Count(person => person.GetProperty("behaviour").GetString() == "hand-raised").ShouldBeGreaterThanOrEqualTo(6);
        root.GetProperty("seconds").GetArrayLength().ShouldBeInRange(8, 9);
        JsonElement participation = root.GetProperty("lesson").GetProperty("participation");
        participation.GetProperty("state").GetString().ShouldBe("ok");
        participation.GetProperty("formula").GetString().ShouldBe("participation/1");
        participation.GetProperty("n").GetInt32().ShouldBeGreaterThan(50);
        (await File.ReadAllLinesAsync(Path.Combine(one, "timeline.csv"), TestContext.Current.CancellationToken)).Length.ShouldBeInRange(
            9, 10);
    }

    [Fact]
    public async Task Who_speaks_in_the_demo_lesson_is_told()
    {
        string output = await AnalyseAsync(Clips.Front, "--every", "20");

        using JsonDocument report = await ReportAsync(output);
        JsonElement speech = report.RootElement.GetProperty("lesson").GetProperty("speech");

        // As its script has it: the teacher 19.5 s of 60; one pupil 5.6 s, then all at once 11 s; teacher, pupil, teacher, pupils.
        speech.GetProperty("teacherTalk").GetProperty("value").GetDouble().ShouldBe(0.325, 0.05);
        speech.GetProperty("pupilTalk").GetProperty("value").GetDouble().ShouldBe(0.28, 0.05);
        speech.GetProperty("turns").GetProperty("value").GetDouble().ShouldBe(4);
        speech.GetProperty("manyAtOnce").GetProperty("value").GetDouble().ShouldBeGreaterThan(0.12);
        report.RootElement.GetProperty("st").GetProperty("sequence").GetString().ShouldBe("TS");
    }

    [Fact]
    public async Task With_areas_only_pupils_inside_are_counted()
    {
        string clip = clips.Make("half.mkv", "-ss", "16", "-t", "8", "-i", Clips.Front, "-an", "-c", "copy");
        string areas = Path.Combine(clips.Folder, "left-half.json");
        await File.WriteAllTextAsync(
            areas, """{"pupils": [[0, 0], [0.5, 0], [0.5, 1], [0, 1]], "front": [[0.5, 0], [1, 0], [1, 1], [0.5, 1]]}""",
            TestContext.Current.CancellationToken);

        using JsonDocument report = await ReportAsync(await AnalyseAsync(clip, "--areas", areas));

        double middle = report.RootElement.GetProperty("input").GetProperty("frameWidth").GetDouble() / 2;
        JsonElement samples = report.RootElement.GetProperty("samples");
        JsonElement[] people = [.. samples[samples.GetArrayLength() - 1].GetProperty("people").EnumerateArray()];
        people.Length.ShouldBeInRange(18, 26);
        people.Count(person => person.GetProperty("seat").GetInt32() >= 0).ShouldBeInRange(6, 15);
        foreach (JsonElement person in people)
        {
            (person.GetProperty("seat").GetInt32() < 0 || person.GetProperty("place").GetString() == "pupils").ShouldBeTrue();
            (person.GetProperty("box")[0].GetDouble() < 1.05 * middle || person.GetProperty("place").GetString() == "front").ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Areas_that_are_none_are_refused_before_anything_is_analysed()
    {
        string areas = Path.Combine(clips.Folder, "none.json");
        await File.WriteAllTextAsync(areas, """{"pupils": [[0, 0], [1, 1], [1, 0], [0, 1]]}""", TestContext.Current.CancellationToken);

        (await RunAsync(Clips.Front, "--areas", areas, "--out", Path.Combine(clips.Folder, "none"))).ShouldBe(3);
    }

    [Fact]
    public async Task More_present_than_enrolled_is_shown_as_a_data_fault()
    {
        string clip = clips.Make("crowd.mkv", "-t", "7", "-i", Clips.Front, "-an", "-c", "copy");

        using JsonDocument report = await ReportAsync(await AnalyseAsync(clip, "--enrolled", "5"));

        JsonElement participation = report.RootElement.GetProperty("lesson").GetProperty("participation");
        participation.GetProperty("state").GetString().ShouldBe("data-fault");
        participation.GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        Notes(report).ShouldContain("over-enrolment");
        Notes(report).ShouldContain("no-sound");
    }

    [Theory]
    [InlineData("black.mkv", "color=black:s=640x360:r=5", "dark", "nobody-seen")]
    [InlineData("grey.mkv", "color=gray:s=640x360:r=5", "covered", "nobody-seen")]
    [InlineData("empty.mkv", "testsrc2=s=640x360:r=5", "", "nobody-seen")]
    [InlineData("portrait.mkv", "testsrc2=s=360x640:r=5", "", "nobody-seen")]
    [InlineData("slow.mkv", "testsrc2=s=320x180:r=1", "", "nobody-seen")]
    [InlineData("8k.mkv", "testsrc2=s=7680x4320:r=1", "", "nobody-seen")]
    [InlineData("tiny.mkv", "testsrc2=s=16x16:r=5", "", "nobody-seen")]
    public async Task Videos_without_a_class_give_a_report_that_says_so(string name, string source, string tamper, string note)
    {
        string clip = clips.MakeFrom(name, source, seconds: 3);

        using JsonDocument report = await ReportAsync(await AnalyseAsync(clip));

        JsonElement root = report.RootElement;
        Notes(report).ShouldContain(note);
        if (tamper.Length > 0)
        {
            root.GetProperty("tamper").EnumerateArray().ShouldContain(happened => happened.GetProperty("kind").GetString() == tamper);
        }

        root.GetProperty("lesson").GetProperty("participation").GetProperty("state").GetString().ShouldBe("not-enough-seen");
        root.GetProperty("segments")[0].GetProperty("kind").GetString().ShouldBe("unclear");
    }

    [Fact]
    public async Task A_truncated_video_is_analysed_as_far_as_it_goes_and_said_to_be_short()
    {
        byte[] whole = await File.ReadAllBytesAsync(Clips.Front, TestContext.Current.CancellationToken);
        string clip = Path.Combine(clips.Folder, "cut.mkv");
        await File.WriteAllBytesAsync(clip, whole[..(whole.Length / 10)], TestContext.Current.CancellationToken);

        using JsonDocument report = await ReportAsync(await AnalyseAsync(clip));

        Notes(report).ShouldContain("cut-short");
        report.RootElement.GetProperty("samples").GetArrayLength().ShouldBeInRange(3, 12);
    }

    [Fact]
    public async Task Pictures_are_each_analysed_for_themselves_and_a_damaged_one_costs_only_itself()
    {
        string folder = Path.Combine(clips.Folder, "photos");
        Directory.CreateDirectory(folder);
        clips.Make("photos/a class.jpg", "-ss", "20", "-i", Clips.Front, "-frames:v", "1", "-q:v", "2");
        clips.Make("photos/b.png", "-ss", "40", "-i", Clips.Front, "-frames:v", "1");
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "c.jpg"), [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "d.png"), "no picture at all", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "e.txt"), "not looked at", TestContext.Current.CancellationToken);

        string output = await AnalyseAsync(folder, "--overlay");

        using JsonDocument report = await ReportAsync(output);
        JsonElement pictures = report.RootElement.GetProperty("pictures");
        pictures.EnumerateArray().Select(picture => picture.GetProperty("name").GetString())
            .ShouldBe(["a class.jpg", "b.png", "c.jpg", "d.png"]);
        pictures[0].GetProperty("counts").GetProperty("people").GetInt32().ShouldBeGreaterThan(15);
        pictures[0].GetProperty("counts").GetProperty("handRaised").GetInt32().ShouldBeGreaterThan(1);
        pictures[1].GetProperty("counts").GetProperty("headDown").GetInt32().ShouldBeGreaterThan(10);
        pictures[2].GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        pictures[3].GetProperty("error").GetString()!.ShouldContain("neither JPEG nor PNG");
        File.Exists(Path.Combine(output, "overlay", "a class.jpg.png")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lesson_in_stretched_pixels_behind_a_cover_is_analysed_as_it_is_shown()
    {
        string lesson = clips.Make(
            "square.mkv", "-ss", "16", "-t", "6", "-i", Clips.Front, "-an", "-vf", "scale=960:540", "-c:v", "libx264", "-crf", "12");
        string stretched = clips.Make(
            "stretched.mp4", "-i", lesson, "-f", "lavfi", "-i", "color=red:s=640x480:r=1:d=1", "-map", "1", "-map", "0", "-c:v:0", "mjpeg",
            "-disposition:v:0", "attached_pic", "-filter:v:1", "scale=540:540,setsar=16/9", "-c:v:1", "libx264", "-crf", "12");

        using JsonDocument square = await ReportAsync(await AnalyseAsync(lesson)), shown = await ReportAsync(await AnalyseAsync(stretched));

        JsonElement input = shown.RootElement.GetProperty("input");
        (input.GetProperty("frameWidth").GetInt32(), input.GetProperty("frameHeight").GetInt32()).ShouldBe((960, 540));
        int[] people = People(shown), wanted = People(square);
        people.Length.ShouldBe(wanted.Length);
        people.Zip(wanted, (one, two) => Math.Abs(one - two))
            .Max().ShouldBeLessThanOrEqualTo(2, $"{string.Join(' ', people)} of {string.Join(' ', wanted)}");

        static int[] People(JsonDocument report) =>
            [.. report.RootElement.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("people").GetArrayLength())];
    }

    [Fact]
    public async Task A_class_that_takes_up_a_quarter_of_a_large_picture_is_found()
    {
        clips.Make("wide.jpg", "-ss", "20", "-i", Clips.Front, "-frames:v", "1", "-q:v", "2", "-vf", "pad=2*iw:2*ih:iw/2:ih/2:gray");

        using JsonDocument report = await ReportAsync(await AnalyseAsync(Path.Combine(clips.Folder, "wide.jpg")));

        JsonElement picture = report.RootElement.GetProperty("pictures")[0];
        picture.GetProperty("frameWidth").GetInt32().ShouldBe(2048);
        // Of 25; one look in the usual size finds 21.
        picture.GetProperty("counts").GetProperty("people").GetInt32().ShouldBeInRange(23, 25);
    }

    [Fact]
    public async Task What_cannot_be_read_ends_with_its_own_exit_code()
    {
        string zero = Path.Combine(clips.Folder, "zero.mp4"), text = Path.Combine(clips.Folder, "text.mkv"),
            folder = Path.Combine(clips.Folder, "nothing");
        await File.WriteAllBytesAsync(zero, [], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(text, "this is no video", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder);
        string sound = clips.Make("sound.mkv", "-t", "2", "-i", Clips.Front, "-vn", "-c", "copy");
        string picture = Path.Combine(clips.Folder, "zero.jpg");
        await File.WriteAllBytesAsync(picture, [], TestContext.Current.CancellationToken);

        foreach (string unreadable in (string[])[zero, text, folder, sound, picture, Path.Combine(clips.Folder, "missing.mp4")])
        {
            (await RunAsync(unreadable, "--out", Path.Combine(clips.Folder, "out"))).ShouldBe(3, unreadable);
        }

        (await RunAsync(Clips.Front, "--out", Path.Combine(zero, "inside"))).ShouldBe(5);
        (await RunAsync()).ShouldBe(2);
    }

    private static Task<int> RunAsync(params string[] words) =>
        CommandLine.RunAsync(["analyse", .. words], TextWriter.Null, TextWriter.Null, TestContext.Current.CancellationToken);

    private async Task<string> AnalyseAsync(string input, params string[] words)
    {
        string output = Path.Combine(clips.Folder, Guid.NewGuid().ToString("n"));
        (await RunAsync([input, "--out", output, .. words])).ShouldBe(0);
        return output;
    }

    private static Task<byte[]> ReadAsync(string folder, string file) =>
        File.ReadAllBytesAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);

    private static async Task<JsonDocument> ReportAsync(string folder) => JsonDocument.Parse(await ReadAsync(folder, "report.json"));

    private static string[] Notes(JsonDocument report) =>
        [.. report.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString()!)];
}
