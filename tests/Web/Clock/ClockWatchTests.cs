using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Web.Clock;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Clock;

/// <summary>Which clocks are believed.</summary>
public sealed class ClockWatchTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 9, 7, 8, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("xunke-clock-");
    private readonly DataDirectory _data;
    private readonly Wall _wall = new();
    private readonly Counted _uptime = new();

    public ClockWatchTests() => _data = DataDirectory.Open(_directory.FullName);

    public void Dispose()
    {
        _data.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Nothing_is_deleted_before_the_clock_was_looked_at() => New().MayDelete.ShouldBeFalse();

    [Fact]
    public void A_clock_that_runs_as_time_passes_is_believed()
    {
        ClockWatch clock = Started();
        for (int day = 0; day < 60; day++)
        {
            Pass(TimeSpan.FromDays(1));
            clock.MayDelete.ShouldBeTrue();
        }
    }

    [Fact]
    public void Small_corrections_are_believed()
    {
        ClockWatch clock = Started();
        for (int hour = 0; hour < 24 * 30; hour++)
        {
            Pass(TimeSpan.FromHours(1), jump: TimeSpan.FromMinutes(hour % 2 == 0 ? 3 : -2));
            clock.MayDelete.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(25)]
    [InlineData(24 * 40)]
    public void A_jump_ahead_holds_until_an_administrator_confirms(int hours)
    {
        ClockWatch clock = Started();

        Pass(TimeSpan.FromSeconds(10), jump: TimeSpan.FromHours(hours));
        clock.MayDelete.ShouldBeFalse();
        clock.Read()!.Hold!.Kind.ShouldBe(ClockHoldKind.Jump);
        for (int day = 0; day < 20; day++)
        {
            Pass(TimeSpan.FromDays(1));
            clock.MayDelete.ShouldBeFalse("nobody has confirmed it");
        }

        clock.Confirm();
        clock.MayDelete.ShouldBeTrue();
        Pass(TimeSpan.FromDays(2));
        clock.MayDelete.ShouldBeTrue();
    }

    [Fact]
    public void Many_small_jumps_are_one_large_one()
    {
        ClockWatch clock = Started();
        for (int i = 0; i < 40; i++)
        {
            Pass(TimeSpan.FromMinutes(1), jump: TimeSpan.FromHours(1));
            clock.Read();
        }

        clock.MayDelete.ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_returns_is_believed_again()
    {
        ClockWatch clock = Started();
        Pass(TimeSpan.FromMinutes(1), jump: TimeSpan.FromDays(40));
        clock.MayDelete.ShouldBeFalse();

        Pass(TimeSpan.FromMinutes(1), jump: TimeSpan.FromDays(-40));

        clock.MayDelete.ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_starts_in_the_past_and_is_set_right_is_believed()
    {
        ClockWatch clock = Started(after: _ =>
        {
            _uptime.Reboot();
            _wall.Now = new DateTimeOffset(1970, 1, 1, 0, 0, 5, TimeSpan.Zero);
        });
        clock.MayDelete.ShouldBeTrue();

        _wall.Now = Monday.AddHours(20);

        clock.MayDelete.ShouldBeTrue();
    }

    [Fact]
    public async Task A_jump_while_the_server_is_down_is_seen_by_the_kernels_count()
    {
        await Started().SaveAsync(CancellationToken.None);
        Pass(TimeSpan.FromMinutes(1), jump: TimeSpan.FromHours(30));

        ClockWatch second = New();
        second.Begin(null);

        second.Read()!.Hold!.Kind.ShouldBe(ClockHoldKind.Jump);
    }

    [Fact]
    public async Task A_hold_outlives_a_restart()
    {
        ClockWatch first = Started();
        Pass(TimeSpan.FromMinutes(1), jump: TimeSpan.FromDays(40));
        first.Read();
        await first.SaveAsync(CancellationToken.None);

        ClockWatch second = New();
        second.Begin(null);

        second.MayDelete.ShouldBeFalse();
    }

    [Theory]
    [InlineData(2.5, true)]
    [InlineData(40, false)]
    public async Task A_computer_that_was_off_over_a_weekend_is_believed_and_one_that_was_off_for_weeks_is_asked_about(
        double days, bool believed)
    {
        await Started().SaveAsync(CancellationToken.None);
        _uptime.Reboot();
        _wall.Now += TimeSpan.FromDays(days);

        ClockWatch second = New();
        second.Begin(null);

        second.MayDelete.ShouldBe(believed);
    }

    [Fact]
    public async Task After_a_long_pause_a_week_of_steady_running_is_proof_enough()
    {
        await Started().SaveAsync(CancellationToken.None);
        _uptime.Reboot();
        _wall.Now += TimeSpan.FromDays(40);
        ClockWatch second = New();
        second.Begin(null);

        Pass(TimeSpan.FromDays(5));
        second.MayDelete.ShouldBeFalse();
        Pass(TimeSpan.FromMinutes(1), jump: TimeSpan.FromDays(2));
        second.MayDelete.ShouldBeFalse("it is not steady");
        Pass(TimeSpan.FromDays(6.9));
        second.MayDelete.ShouldBeFalse();
        Pass(TimeSpan.FromDays(0.2));
        second.MayDelete.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(40, false)]
    public void Without_its_file_the_newest_record_stands_in(int days, bool believed)
    {
        ClockWatch clock = New();

        clock.Begin(_wall.Now.AddDays(-days));

        clock.MayDelete.ShouldBe(believed);
    }

    private ClockWatch New() => new(_data, _uptime, _wall, NullLogger<ClockWatch>.Instance);

    private ClockWatch Started(Action<ClockWatch>? after = null)
    {
        ClockWatch clock = New();
        clock.Begin(null);
        after?.Invoke(clock);
        return clock;
    }

    private void Pass(TimeSpan passed, TimeSpan jump = default)
    {
        _uptime.Value += passed;
        _wall.Now += passed + jump;
    }

    private sealed class Wall : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Monday;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Counted() : Uptime(TimeProvider.System)
    {
        private int _boot;

        public TimeSpan Value { get; set; } = TimeSpan.FromHours(5);

        public override string Boot => $"boot {_boot}";

        public override TimeSpan Now => Value;

        public void Reboot() => (_boot, Value) = (_boot + 1, TimeSpan.FromMinutes(1));
    }
}
