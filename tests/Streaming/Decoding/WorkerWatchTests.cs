using System.Diagnostics;
using System.Runtime.Versioning;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Decoding.Workers;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>What makes a worker stuck, and what only makes it slow.</summary>
[SupportedOSPlatform("linux")]
public sealed class WorkerWatchTests : IDisposable
{
    private readonly DecoderPoolOptions _options = new() { StallLimit = TimeSpan.FromSeconds(2), SilenceLimit = TimeSpan.FromSeconds(30) };
    private readonly ManualTime _time = new();
    private readonly List<Process> _processes = [];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
    }

    [Fact]
    public void A_worker_that_sleeps_on_what_it_owes_is_stuck_after_the_limit()
    {
        var watch = new WorkerWatch(Start("sleep", "1000"), _options, _time);
        Looks(watch, 29).ShouldBeNull();
        Looks(watch, 3).ShouldNotBeNull();
    }

    [Fact]
    public void A_worker_that_owes_nothing_may_sleep_as_long_as_it_likes()
    {
        var watch = new WorkerWatch(Start("sleep", "1000"), _options, _time);
        Looks(watch, 300, owes: false).ShouldBeNull();
    }

    [Fact]
    public void A_worker_that_takes_a_little_now_and_then_is_slow_and_not_stuck()
    {
        var watch = new WorkerWatch(Start("sleep", "1000"), _options, _time);
        for (var i = 0; i < 20; i++)
        {
            Looks(watch, 25, progress: i).ShouldBeNull();
        }
    }

    [Fact]
    public void Time_in_which_nobody_could_look_does_not_count()
    {
        var watch = new WorkerWatch(Start("sleep", "1000"), _options, _time);
        Looks(watch, 1);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            watch.Look(progress: 0, owes: true).ShouldBeNull("this process got no processor, which says nothing of the worker");
        }
    }

    [Fact]
    public async Task A_worker_that_spins_is_stuck_by_the_processor_time_it_used_however_long_that_takes()
    {
        var watch = new WorkerWatch(Start("sh", "-c", "while :; do :; done"), _options, _time);
        watch.Look(progress: 0, owes: true);

        string? verdict = null;
        await Eventually.TrueAsync(
            () =>
            {
                // By this clock an age passes; the worker only wants a processor.
                _time.Advance(TimeSpan.FromSeconds(1));
                verdict = watch.Look(progress: 0, owes: true);
                return verdict is not null;
            },
            within: TimeSpan.FromSeconds(120));

        verdict.ShouldNotBeNull().ShouldContain("processor");
    }

    private string? Looks(WorkerWatch watch, int seconds, bool owes = true, long progress = 0)
    {
        string? verdict = null;
        for (var look = 0; look < seconds * 2 && verdict is null; look++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            verdict = watch.Look(progress, owes);
        }

        return verdict;
    }

    private int Start(string program, params string[] arguments)
    {
        var process = Process.Start(program, arguments);
        _processes.Add(process);
        if (program == "sleep")
        {
            // A process that has only just begun wants a processor.
            SpinWait.SpinUntil(() => !WorkerUse.Of(process.Id).WantsProcessor, TimeSpan.FromSeconds(20)).ShouldBeTrue();
        }

        return process.Id;
    }
}
