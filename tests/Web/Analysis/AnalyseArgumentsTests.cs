using System.CommandLine;
using Xunke.Web.Analysis;

namespace Xunke.Tests.Web.Analysis;

public sealed class AnalyseArgumentsTests
{
    [Fact]
    public void All_words_are_understood_in_any_order()
    {
        AnalyseArguments arguments = Read(
            ["--enrolled", "42", "--overlay", "lesson.mp4", "--camera", "rear", "--every", "0.5", "--out", "there", "--threads",
                "2", "--areas", "room.json"]);

        arguments.ShouldBe(new AnalyseArguments
        {
            Input = "lesson.mp4",
            Output = "there",
            Enrolled = 42,
            Overlay = true,
            RearCamera = true,
            Every = TimeSpan.FromSeconds(0.5),
            Threads = 2,
            Areas = "room.json",
        });
    }

    [Theory]
    [InlineData("videos/lesson 3.mp4", "lesson 3-report")]
    [InlineData("photos/", "photos-report")]
    public void The_results_go_to_a_folder_named_after_the_input(string input, string output) =>
        Read([input]).Output.ShouldBe(output);

    [Theory]
    [InlineData("")]
    [InlineData("--overlay")]
    [InlineData("a.mp4 b.mp4")]
    [InlineData("a.mp4 --camera side")]
    [InlineData("a.mp4 --enrolled 0")]
    [InlineData("a.mp4 --enrolled -3")]
    [InlineData("a.mp4 --enrolled many")]
    [InlineData("a.mp4 --every 0")]
    [InlineData("a.mp4 --every NaN")]
    [InlineData("a.mp4 --every 1e9")]
    [InlineData("a.mp4 --out")]
    [InlineData("a.mp4 --areas")]
    [InlineData("a.mp4 --threads 0")]
    [InlineData("a.mp4 --unknown")]
    public void Anything_else_is_refused(string words) =>
        AnalyseArguments.Describe().Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors.ShouldNotBeEmpty();

    private static AnalyseArguments Read(string[] words)
    {
        ParseResult parsed = AnalyseArguments.Describe().Parse(words);
        parsed.Errors.ShouldBeEmpty();
        return AnalyseArguments.Read(parsed);
    }
}
