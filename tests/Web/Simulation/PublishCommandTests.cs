using System.CommandLine;
using Xunke.Streaming.Client;
using Xunke.Web.Simulation;

namespace Xunke.Tests.Web.Simulation;

public sealed class PublishCommandTests
{
    [Theory]
    [InlineData("clip.mp4", "--to", "http://host/whip/r", "--key", "k")]
    [InlineData("--no-loop", "--key", "k", "--to", "https://host/whip/r", "clip.mp4", "--start-at", "2.5")]
    public void Good_arguments_are_understood(params string[] args)
    {
        ParseResult parsed = PublishCommand.Describe().Parse(args);
        parsed.Errors.ShouldBeEmpty();
        WhipPublisherOptions options = PublishCommand.Read(parsed);

        options.File.ShouldBe("clip.mp4");
        options.Key.ShouldBe("k");
        options.Loop.ShouldBe(!args.Contains("--no-loop"));
        options.StartAt.ShouldBe(args.Contains("--start-at") ? TimeSpan.FromSeconds(2.5) : TimeSpan.Zero);
    }

    [Theory]
    [InlineData]
    [InlineData("clip.mp4")]
    [InlineData("clip.mp4", "--to", "http://host/whip/r")]
    [InlineData("clip.mp4", "--to", "ftp://host/whip/r", "--key", "k")]
    [InlineData("clip.mp4", "--to", "http://host/whip/r", "--key")]
    [InlineData("clip.mp4", "--to", "http://host/whip/r", "--key", "k", "--start-at", "-1")]
    [InlineData("clip.mp4", "another.mp4", "--to", "http://host/whip/r", "--key", "k")]
    public void Bad_arguments_are_refused(params string[] args) => PublishCommand.Describe().Parse(args).Errors.ShouldNotBeEmpty();
}
