using Xunke.Web;
using Xunke.Web.Configuration;

namespace Xunke.Tests.Web;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_names_every_command_in_Chinese_and_English()
    {
        string help = await RunAsync(0, "--help");

        foreach (string command in (string[])["serve", "publish", "analyse", "audit", "compact", "accounts"])
        {
            help.ShouldContain($"  {command}");
        }

        help.ShouldContain("分析课堂录像或照片 analyses a lesson's video or pictures");
        help.ShouldNotContain("simulate-cameras");
        (await RunAsync(0, "help")).ShouldBe(help);
        (await RunAsync(0, "serve", "-h")).ShouldContain("--port <N>");
    }

    [Theory]
    [InlineData("unknown argument", "--prot", "8080")]
    [InlineData("unknown argument", "serve", "8080")]
    [InlineData("needs a value", "--Media:UdpPort")]
    [InlineData("--port 70000: 应为数字 must be a number, 0 - 65535", "--port", "70000")]
    [InlineData("--port eighty", "serve", "--port", "eighty")]
    [InlineData("'unknown'", "unknown")]
    [InlineData("xunke analyse <FILE-or-FOLDER>", "analyse")]
    [InlineData("--unknown", "analyse", "--unknown")]
    [InlineData("--head", "audit", "head", "--head", "file")]
    [InlineData("--to ftp://host/whip", "publish", "clip.mp4", "--to", "ftp://host/whip", "--key", "k")]
    public async Task A_wrong_command_line_is_told_in_words(string told, params string[] words) =>
        (await RunAsync(2, words)).ShouldContain(told);

    [Fact]
    public void An_option_that_is_said_twice_counts_as_said_last() =>
        StartArguments.Parse(["--port", "1", "--data", "here", "--port", "2", "--data", "there"]).Settings.Values.Order().ShouldBe(["2", "there"]);

    [Fact]
    public void Start_arguments_become_settings()
    {
        IReadOnlyDictionary<string, string?> settings = StartArguments.Parse(
        [
            "--port", "8081", "--no-demo", "--Media:UdpPort", "0", "--data=there", "--Demo:Password=a=b",
            "--database", "@Host=db", "--Live:X", "-1",
        ]).Settings;

        settings.OrderBy(setting => setting.Key).ShouldBe(new Dictionary<string, string?>
        {
            ["Data:Directory"] = "there",
            ["Database:ConnectionString"] = "@Host=db",
            ["Database:Provider"] = "postgresql",
            ["Demo:Enabled"] = "false",
            ["Demo:Password"] = "a=b",
            ["Live:X"] = "-1",
            ["Media:UdpPort"] = "0",
            ["Port"] = "8081",
        }.OrderBy(setting => setting.Key));
    }

    private static async Task<string> RunAsync(int code, params string[] words)
    {
        await using var console = new StringWriter();
        (await CommandLine.RunAsync(words, console, console, TestContext.Current.CancellationToken)).ShouldBe(code, console.ToString());
        return console.ToString();
    }
}
