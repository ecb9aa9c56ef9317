using System.Buffers.Binary;
using System.Diagnostics;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Decoding.Workers;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>The worker process by itself, and its protocol.</summary>
public sealed class DecodeWorkerTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "xunke");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_worker_ends_when_its_input_does()
    {
        using var worker = Start(Program, DecodeWorker.Command, "1024", "576");
        await ReadHelloAsync(worker);
        worker.StandardInput.Close();
        (await ExitCodeAsync(worker)).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_ends_when_its_parent_is_killed_although_its_input_stays_open()
    {
        using var shell = Start("sh", "-c", $"sleep 30 2>/dev/null | '{Program}' {DecodeWorker.Command} 1024 576 & wait");
        await ReadHelloAsync(shell);
        shell.Kill();

        // The worker holds the last writing end of this pipe.
        using var limit = new CancellationTokenSource(Patience);
        (await shell.StandardOutput.BaseStream.ReadAsync(new byte[1], limit.Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_is_sent_nonsense_says_so_and_ends()
    {
        using var worker = Start(Program, DecodeWorker.Command, "1024", "576");
        await ReadHelloAsync(worker);
        worker.StandardInput.Write("GET / HTTP/1.1\r\n\r\n");
        worker.StandardInput.Flush();
        (await ExitCodeAsync(worker)).ShouldBe(4);
        (await worker.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("protocol");
    }

    [Theory]
    [InlineData]
    [InlineData("1024")]
    [InlineData("0", "576")]
    [InlineData("wide", "576")]
    public async Task Wrong_arguments_are_told_and_end_it(params string[] args)
    {
        using var worker = Start(Program, [DecodeWorker.Command, .. args]);
        (await ExitCodeAsync(worker)).ShouldBe(2);
    }

    public static TheoryData<string, byte[]> BrokenMessages => new()
    {
        { "no length", [0, 0, 0, 0, 1] },
        { "huge", [0xFF, 0xFF, 0xFF, 0x7F, 1] },
        { "negative", [0xFF, 0xFF, 0xFF, 0xFF, 1] },
        { "unknown kind", [1, 0, 0, 0, 99] },
        { "unit without data", [15, 0, 0, 0, 1, .. new byte[14]] },
        { "unit of no codec", [16, 0, 0, 0, 1, .. new byte[12], 9, 0, 0xAA] },
        { "forget without a room", [1, 0, 0, 0, 2] },
    };

    [Theory]
    [MemberData(nameof(BrokenMessages))]
    public void Messages_that_break_the_protocol_end_the_loop(string what, byte[] message)
    {
        what.ShouldNotBeEmpty();
        using var loop = new WorkerLoop(new MemoryStream(message), new MemoryStream(), AnalysisSize.Default);
        Should.Throw<InvalidDataException>(loop.Run);
    }

    [Fact]
    public void A_frame_must_fit_the_box_and_its_message()
    {
        var whole = new FrameHeader(7, DateTime.UnixEpoch.Ticks, 1280, 720, 1024, 576);
        Read(whole, whole.PixelLength).ShouldBe(whole);

        Should.Throw<InvalidDataException>(() => Read(whole, whole.PixelLength - 1));
        Should.Throw<InvalidDataException>(() => Read(whole with { Width = 1025 }, 1025 * 576 * 3));
        Should.Throw<InvalidDataException>(() => Read(whole with { Height = 577 }, 1024 * 577 * 3));
        Should.Throw<InvalidDataException>(() => Read(whole with { Width = 0 }, 0));
        Should.Throw<InvalidDataException>(() => Read(whole with { CapturedAt = -1 }, whole.PixelLength));
        Should.Throw<InvalidDataException>(() => Read(whole with { SourceWidth = 0 }, whole.PixelLength));
    }

    [Fact]
    public void A_unit_header_survives_its_writing()
    {
        foreach (var (key, sample) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var header = new UnitHeader(0xFFFF_FFFE, DateTime.UnixEpoch.Ticks, VideoCodec.Vp8, key, sample);
            var message = new byte[WorkerProtocol.UnitHeaderLength + 2];
            message[^2] = 0xAB;
            header.Write(message);
            var (kind, length) = WorkerProtocol.ReadPrefix(message);
            (kind, length).ShouldBe((WorkerProtocol.Unit, message.Length - WorkerProtocol.PrefixLength));
            UnitHeader.Read(message.AsSpan(WorkerProtocol.PrefixLength), out var data).ShouldBe(header);
            data.ToArray().ShouldBe([0xAB, 0x00]);
        }
    }

    [Theory]
    [InlineData(1280, 720, 1024, 576)]
    [InlineData(1920, 1080, 1024, 576)]
    [InlineData(640, 480, 640, 480)]
    [InlineData(320, 240, 320, 240)]
    [InlineData(720, 1280, 324, 576)]
    [InlineData(4000, 2, 1024, 1)]
    public void Pictures_are_fitted_into_the_box_and_never_enlarged(int sourceWidth, int sourceHeight, int width, int height) =>
        AnalysisSize.Default.Fit(sourceWidth, sourceHeight).ShouldBe((width, height));

    private static FrameHeader Read(FrameHeader header, int pixels)
    {
        var message = new byte[WorkerProtocol.FrameHeaderLength];
        header.Write(message);
        var body = WorkerProtocol.FrameHeaderLength - WorkerProtocol.PrefixLength + pixels;
        return FrameHeader.Read(message.AsSpan(WorkerProtocol.PrefixLength), body, AnalysisSize.Default);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task ReadHelloAsync(Process worker)
    {
        using var limit = new CancellationTokenSource(Patience);
        var hello = new byte[WorkerProtocol.HelloLength];
        await worker.StandardOutput.BaseStream.ReadExactlyAsync(hello, limit.Token);
        hello[4].ShouldBe(WorkerProtocol.Hello);
        BinaryPrimitives.ReadUInt16LittleEndian(hello.AsSpan(7)).ShouldBeInRange((ushort)58, (ushort)62);
    }

    private static async Task<int> ExitCodeAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }
}
