using Microsoft.Extensions.Options;
using Xunke.Tests.Support;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Identity;

public sealed class SignInThrottleTests
{
    private static readonly SignInSource Stranger = new("203.0.113.1", IsLoopback: false, Device: null);

    private readonly ManualTime _time = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(Options.Create(new IdentitySettings()), _time);

    [Fact]
    public void Waits_double_up_to_the_longest_and_are_forgotten_after_an_hour()
    {
        var waits = new List<double>();
        for (int guess = 1; guess <= 11; guess++)
        {
            _throttle.Begin("NAME", Stranger).ShouldBeNull();
            TimeSpan wait = _throttle.WaitOf("NAME", Stranger)?.Wait ?? TimeSpan.Zero;
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait + TimeSpan.FromSeconds(1));
        }

        waits.ShouldBe([0, 0, 0, 0, 30, 60, 120, 240, 300, 300, 300]);
        _time.Advance(TimeSpan.FromHours(1));
        _throttle.Begin("NAME", Stranger).ShouldBeNull();
        _throttle.WaitOf("NAME", Stranger).ShouldBeNull();
    }

    [Fact]
    public void A_right_password_clears_the_guesses_and_costs_the_address_nothing()
    {
        for (int person = 0; person < 100; person++)
        {
            _throttle.Begin($"NAME{person}", Stranger).ShouldBeNull();
            _throttle.Succeed($"NAME{person}", Stranger);
        }
    }

    [Fact]
    public void Wrong_passwords_that_trickle_in_from_a_large_school_hold_nobody_up()
    {
        for (int person = 0; person < 200; person++)
        {
            _throttle.Begin($"NAME{person}", Stranger).ShouldBeNull();
            _time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void This_host_is_not_kept_out_by_guesses_from_elsewhere()
    {
        for (int address = 0; address < 120; address++)
        {
            _throttle.Begin("NAME", new SignInSource($"address {address}", IsLoopback: false, Device: null));
        }

        _throttle.WaitOf("NAME", Stranger).ShouldNotBeNull().OfAddress.ShouldBeFalse();
        _throttle.WaitOf("NAME", new SignInSource("127.0.0.1", IsLoopback: true, Device: null)).ShouldBeNull();
        _throttle.WaitOf("NAME", Stranger with { Device = "known" }).ShouldBeNull();
    }
}
