using Xunke.Actors.Alerts;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>The rules as delivered, and what a district may make of them.</summary>
public sealed class AlertRulesTests
{
    [Fact]
    public void The_rules_as_delivered_are_sound() =>
        AlertKinds.All.ShouldAllBe(kind => AlertRules.IsSound(AlertRules.Usual(kind)) && AlertRules.Usual(kind).Version == 0);

    [Fact]
    public void A_rule_that_would_be_raised_and_cleared_at_once_is_refused()
    {
        var few = AlertRules.Usual(AlertKind.TooFewPeople);
        AlertRules.IsSound(few with { RaiseAt = 80, ClearAt = 80 }).ShouldBeFalse();
        AlertRules.IsSound(few with { RaiseAt = 79, ClearAt = 80 }).ShouldBeTrue();
        var many = AlertRules.Usual(AlertKind.TooManyPeople);
        AlertRules.IsSound(many with { RaiseAt = 4, ClearAt = 4 }).ShouldBeFalse();
        AlertRules.IsSound(many with { RaiseAt = 4, ClearAt = 3 }).ShouldBeTrue();
    }

    [Theory]
    [InlineData(4, 60)]
    [InlineData(1801, 60)]
    [InlineData(60, 4)]
    [InlineData(60, 1801)]
    public void Holds_have_bounds(int hold, int clearHold)
    {
        var rule = AlertRules.Usual(AlertKind.CameraLost) with { HoldSeconds = hold, ClearHoldSeconds = clearHold };
        AlertRules.IsSound(rule).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void Thresholds_have_bounds(int minutes) =>
        AlertRules.IsSound(AlertRules.Usual(AlertKind.TeacherAbsent) with { RaiseAt = minutes }).ShouldBeFalse();

    [Fact]
    public void A_severity_that_is_none_is_refused() =>
        AlertRules.IsSound(AlertRules.Usual(AlertKind.RoomEmpty) with { Severity = (AlertSeverity)7 }).ShouldBeFalse();
}
