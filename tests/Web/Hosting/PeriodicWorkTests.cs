using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Tests.Support;
using Xunke.Web.Hosting.Work;

namespace Xunke.Tests.Web.Hosting;

/// <summary>What the base of the server's own work catches.</summary>
public sealed class PeriodicWorkTests
{
    private readonly ManualTime _time = new();
    private readonly WorkGuard _guard;

    public PeriodicWorkTests() => _guard = new WorkGuard(_time, NullLogger<WorkGuard>.Instance);

    public static TheoryData<Exception> Faults =>
    [
        new InvalidOperationException("a bug"),
        new Microsoft.Data.Sqlite.SqliteException("database is locked", 5),
        // A cancellation that nobody asked for is a fault like any other, not the end of the loop.
        new TaskCanceledException("a time-out somewhere below"),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_start_that_fails_stops_nothing_and_is_tried_again(Exception fault)
    {
        using var work = new Work(_guard, _time) { AtStart = fault };

        await work.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => work.Passes == 1);
        _guard.Failing.ShouldHaveSingleItem().Work.ShouldBe("work.start");
        work.AtStart = null;
        await AdvanceUntilAsync(() => _guard.Failing.Count == 0);

        work.Starts.ShouldBeGreaterThanOrEqualTo(2);
        await AdvanceUntilAsync(() => work.Passes > 1);
        await work.StopAsync(CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_pass_that_fails_does_not_end_the_passes(Exception fault)
    {
        using var work = new Work(_guard, _time) { InPass = fault };

        await work.StartAsync(CancellationToken.None);
        await AdvanceUntilAsync(() => work.Passes >= 4);
        _guard.Failing.ShouldHaveSingleItem().ShouldBe(new WorkState("work", _guard.Failing[0].FailingSince, _guard.Failing[0].Failures));
        work.InPass = null;
        await AdvanceUntilAsync(() => _guard.Failing.Count == 0);

        work.ExecuteTask.ShouldNotBeNull().IsCompleted.ShouldBeFalse();
        await work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_pass_that_keeps_failing_is_tried_ever_more_seldom_but_at_least_once_a_minute()
    {
        using var work = new Work(_guard, _time) { InPass = new InvalidOperationException() };
        await work.StartAsync(CancellationToken.None);
        await AdvanceUntilAsync(() => work.Passes >= 7);
        int before = work.Passes;

        for (int second = 0; second < 600; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Eventually.TrueAsync(() => work.Passes > before);
        (work.Passes - before).ShouldBeLessThanOrEqualTo(11);
        await work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_end_that_fails_does_not_reach_the_host()
    {
        using var work = new Work(_guard, _time) { AtEnd = new InvalidOperationException() };
        await work.StartAsync(CancellationToken.None);

        await work.StopAsync(CancellationToken.None);

        _guard.Failing.ShouldHaveSingleItem().Work.ShouldBe("work.stop");
    }

    [Fact]
    public async Task An_end_that_takes_longer_than_the_host_gives_is_no_fault_of_the_host()
    {
        using var late = new CancellationTokenSource();
        using var work = new Work(_guard, _time) { AtEnd = new OperationCanceledException(late.Token) };
        await work.StartAsync(CancellationToken.None);
        await late.CancelAsync();

        await work.StopAsync(late.Token);

        _guard.Failing.ShouldHaveSingleItem().Work.ShouldBe("work.stop");
    }

    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        }, within: TimeSpan.FromSeconds(60));
    }

    private sealed class Work(WorkGuard guard, TimeProvider time) : PeriodicWork("work", TimeSpan.FromSeconds(5), guard, time)
    {
        public volatile Exception? AtStart, InPass, AtEnd;
        private int _starts, _passes;

        public int Starts => Volatile.Read(ref _starts);

        public int Passes => Volatile.Read(ref _passes);

        protected override Task PrepareAsync(CancellationToken cancellationToken) => CountAndThrow(ref _starts, AtStart);

        protected override Task PassAsync(CancellationToken cancellationToken) => CountAndThrow(ref _passes, InPass);

        protected override Task FinishAsync(CancellationToken cancellationToken) => AtEnd is { } fault ? throw fault : Task.CompletedTask;

        private static Task CountAndThrow(ref int count, Exception? fault)
        {
            Interlocked.Increment(ref count);
            return fault is null ? Task.CompletedTask : throw fault;
        }
    }
}
