using Xunke.Streaming;
using Xunke.Streaming.Client;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Recording.Matroska;
using Xunke.Tests.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Client;

public sealed class ClipReadingTests : IDisposable
{
    private const string TwoSeconds =
        "-f lavfi -i testsrc=size=64x48:rate=10:duration=2 -f lavfi -i sine=duration=2 -pix_fmt yuv420p -c:v libx264 -bf 0 -g 10 -c:a libopus";

    private readonly TestClips _clips = new();

    [Fact]
    public async Task Matroska_gives_each_frame_with_its_time()
    {
        var file = await _clips.MakeAsync("clip.mkv", TwoSeconds);
        await using var stream = File.OpenRead(file);
        var reader = new MatroskaReader(stream);
        List<(MediaKind Kind, double Seconds)> frames = [];

        while (reader.TryRead(out var frame))
        {
            frame.Data.Length.ShouldBeGreaterThan(0);
            frames.Add((frame.Kind, frame.Time.TotalSeconds));
        }

        var video = frames.Where(frame => frame.Kind == MediaKind.Video).ToArray();
        video.Length.ShouldBe(20);
        (video[^1].Seconds - video[0].Seconds).ShouldBe(1.9, 0.01);
        frames.Count(frame => frame.Kind == MediaKind.Audio).ShouldBeInRange(99, 103);
        H264Configuration.Parse(reader.VideoConfiguration).LengthSize.ShouldBe(4);
    }

    [Fact]
    public async Task Truncated_and_mutated_files_end_in_a_clear_fault()
    {
        var sample = await File.ReadAllBytesAsync(await _clips.MakeAsync("clip.mkv", TwoSeconds), TestContext.Current.CancellationToken);
        var random = new Random(9559);
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = sample[..random.Next(sample.Length)];
            for (var change = random.Next(8); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(Math.Min(bytes.Length, 2_000))] = (byte)random.Next(256);
            }

            ReadAll(bytes);
        }

        static void ReadAll(byte[] bytes)
        {
            var reader = new MatroskaReader(new MemoryStream(bytes));
            try
            {
                while (reader.TryRead(out _))
                {
                }

                H264Configuration.Parse(reader.VideoConfiguration);
            }
            catch (Exception expected) when (expected is InvalidDataException or EndOfStreamException)
            {
                // What a broken file is meant to end in; anything else fails the test.
            }
        }
    }

    [Theory]
    [InlineData("a.mkv", "-c:v libx264 -pix_fmt yuv420p -bf 0 -g 10", true)]
    [InlineData("b.mkv", "-c:v libx264 -pix_fmt yuv420p -bf 2 -g 10", false)]
    [InlineData("c.mkv", "-c:v libx264 -pix_fmt yuv444p -bf 0 -g 10", false)]
    [InlineData("d.mkv", "-c:v libx264 -pix_fmt yuv420p -bf 0 -g 1000 -sc_threshold 0", false)]
    [InlineData("e.webm", "-c:v libvpx -g 10", false)]
    public async Task Only_video_that_browsers_can_take_live_is_copied(string name, string codec, bool copied)
    {
        var file = await _clips.MakeAsync(name, $"-f lavfi -i testsrc=size=64x48:rate=10:duration=5 {codec}");

        var clip = await ClipProbe.ReadAsync(file, TestContext.Current.CancellationToken);

        clip.CopyVideo.ShouldBe(copied);
        clip.HasAudio.ShouldBeFalse();
        clip.FrameRate.ShouldBe(10, 0.01);
        clip.Duration.TotalSeconds.ShouldBe(5, 0.2);
        clip.ProfileLevelId.Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("upright.mp4", "-metadata:s:v rotate=90", false, "scale=w='if(lt(abs(dar*64/48-1),0.01),48,")]
    [InlineData("stretched.mp4", "-aspect 128:48", false, "scale=w='if(lt(abs(dar*48/128-1),0.01),128,")]
    [InlineData("plain.mp4", "", true, "scale=w='if(lt(abs(dar*48/64-1),0.01),64,")]
    public async Task Video_is_copied_only_when_it_is_stored_as_it_is_shown(string name, string arguments, bool copied, string filter)
    {
        var plain = await _clips.MakeAsync(
            "clip.mkv", "-f lavfi -i testsrc=size=64x48:rate=10:duration=3 -pix_fmt yuv420p -c:v libx264 -bf 0 -g 10");
        var file = await _clips.MakeAsync(name, $"-i {plain} -c copy {arguments}");

        var clip = await ClipProbe.ReadAsync(file, TestContext.Current.CancellationToken);

        clip.CopyVideo.ShouldBe(copied);
        clip.Filter.ShouldStartWith(filter);
    }

    [Fact]
    public async Task A_cover_is_not_published_and_a_name_is_no_protocol()
    {
        var made = await _clips.MakeAsync(
            "cover.mp4",
            "-f lavfi -i color=red:s=640x480:r=1:d=1 -f lavfi -i testsrc=size=64x48:rate=10:duration=3 -map 0 -map 1 -c:v:0 mjpeg -disposition:v:0 attached_pic -pix_fmt:v:1 yuv420p -c:v:1 libx264 -bf 0 -g 10");
        var file = Path.Combine(Path.GetDirectoryName(made)!, "concat:a|b%03d.mp4");
        File.Move(made, file);

        var clip = await ClipProbe.ReadAsync(file, TestContext.Current.CancellationToken);
        using var playing = FfmpegClip.PlayOnce(file, clip, TimeSpan.Zero);

        clip.CopyVideo.ShouldBeTrue();
        playing.Reader.TryRead(out var frame).ShouldBeTrue(playing.LastError);
        frame.Kind.ShouldBe(MediaKind.Video);
        (await Should.ThrowAsync<PublishException>(
            () => ClipProbe.ReadAsync("http://127.0.0.1:9/x.mp4", TestContext.Current.CancellationToken)))
            .Fault.ShouldBe(PublishFault.FileUnreadable);
    }

    [Fact]
    public void Sent_packets_are_found_until_their_place_is_needed()
    {
        var sent = new SentPackets(4);
        for (ushort number = 65_534; number != 4; number++)
        {
            sent.Place(number)[0] = (byte)number;
            sent.Keep(number, 1);
        }

        sent.Find(65_535).IsEmpty.ShouldBeTrue();
        foreach (ushort number in (ushort[])[0, 1, 2, 3])
        {
            sent.Find(number).ToArray().ShouldBe([(byte)number]);
        }

        sent.Find(4).IsEmpty.ShouldBeTrue();
    }

    public void Dispose() => _clips.Dispose();
}
