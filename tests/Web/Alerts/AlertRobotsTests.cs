using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Tests.Support;
using Xunke.Web.Alerts.Messages;

namespace Xunke.Tests.Web.Alerts;

/// <summary>Group robots of the three services: signed, within their limits, and nothing else is called.</summary>
public sealed class AlertRobotsTests
{
    [Theory]
    [InlineData(AlertChannel.WeCom)]
    [InlineData(AlertChannel.DingTalk)]
    [InlineData(AlertChannel.Feishu)]
    public async Task A_robot_takes_what_is_signed_and_says_what_is_wrong(AlertChannel channel)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddRobotAsync(channel);
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.SendAsync();
        desk.Robots.Taken.ShouldHaveSingleItem().Text.ShouldStartWith("【预警】紧急：s01");
        AlertMessage message = (await desk.MessagesAsync()).ShouldHaveSingleItem();
        (message.State, message.Log[0].Answer).ShouldBe(
            (AlertMessageState.Sent, channel == AlertChannel.Feishu ? """{"code":0,"msg":"ok"}""" : """{"errcode":0,"errmsg":"ok"}"""));
    }

    [Theory]
    [InlineData(AlertChannel.DingTalk, "sign not match")]
    [InlineData(AlertChannel.Feishu, "sign match fail")]
    public async Task A_wrong_secret_is_told_as_the_service_says_it(AlertChannel channel, string says)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddRobotAsync(channel, "another");
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.SendAsync();
        desk.Robots.Taken.ShouldBeEmpty();
        AlertMessage message = (await desk.MessagesAsync()).ShouldHaveSingleItem();
        message.State.ShouldBe(AlertMessageState.Waiting);
        message.Log.ShouldHaveSingleItem().Answer.ShouldContain(says);
    }

    [Theory]
    [InlineData(AlertChannel.WeCom, 20)]
    [InlineData(AlertChannel.DingTalk, 20)]
    [InlineData(AlertChannel.Feishu, 35)]
    public async Task No_service_gets_more_than_it_takes_and_none_is_lost(AlertChannel channel, int inFirstMinute)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddRobotAsync(channel);
        // Each minute's alerts find room among the severe ones that wait.
        await desk.RaiseAsync(AlertSeverity.High, 20);
        await desk.PassAsync(TimeSpan.FromSeconds(15));
        await desk.RaiseAsync(AlertSeverity.High, 15);
        await desk.PassAsync(TimeSpan.FromSeconds(40));
        (desk.Robots.Taken.Count, desk.Robots.TooMany).ShouldBe((inFirstMinute, 0));
        await desk.PassAsync(TimeSpan.FromMinutes(2));
        (desk.Robots.Taken.Count, desk.Robots.TooMany).ShouldBe((35, 0));
        (await desk.MessagesAsync()).ShouldAllBe(one => one.State == AlertMessageState.Sent && one.Tries == 1);
    }

    [Fact]
    public async Task A_digest_of_many_fits_into_what_WeCom_takes()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddRobotAsync(AlertChannel.WeCom);
        await desk.RaiseAsync(AlertSeverity.Low, 120);
        await desk.PassAsync(TimeSpan.FromMinutes(11), 60);
        desk.Robots.Taken.ShouldHaveSingleItem().Text.ShouldContain("另有 100 条");
    }

    [Fact]
    public async Task A_broken_robot_is_tried_again_by_a_server_that_was_started_anew()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddRobotAsync(AlertChannel.WeCom);
        desk.Robots.IsBroken = true;
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.SendAsync();
        (await desk.MessagesAsync()).ShouldHaveSingleItem().Log.ShouldHaveSingleItem().Answer.ShouldStartWith("HTTP 502");

        desk.Robots.IsBroken = false;
        desk.Time.Advance(TimeSpan.FromSeconds(61));
        await desk.MakeSender().SendDueAsync([AlertChannel.WeCom], MessageDesk.Cancelled);
        desk.Robots.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var robots = new RobotStandIn(TimeProvider.System);
        using var delivery = new RobotDelivery(new ManualTime());
        Delivery done = await delivery.SendAsync(
            new RobotTarget(AlertChannel.WeCom, new Uri($"{robots.Origin}/moved"), null), "text", MessageDesk.Cancelled);
        (done.IsSent, done.Answer).ShouldBe((false, "HTTP 302"));
        robots.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(AlertChannel.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", true)]
    [InlineData(AlertChannel.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=1", true)]
    [InlineData(AlertChannel.Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/1", true)]
    [InlineData(AlertChannel.Feishu, "https://open.larksuite.com/open-apis/bot/v2/hook/1", true)]
    [InlineData(AlertChannel.WeCom, "https://relay.example.cn/any", true)]
    [InlineData(AlertChannel.WeCom, "http://10.0.0.5:8090/any", true)]
    [InlineData(AlertChannel.WeCom, "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", false)]
    [InlineData(AlertChannel.WeCom, "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=1", false)]
    [InlineData(AlertChannel.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/message/send", false)]
    [InlineData(AlertChannel.WeCom, "https://oapi.dingtalk.com/robot/send?access_token=1", false)]
    [InlineData(AlertChannel.DingTalk, "https://oapi.dingtalk.com.evil.example/robot/send", false)]
    [InlineData(AlertChannel.DingTalk, "https://oapi.dingtalk.com@evil.example/robot/send", false)]
    [InlineData(AlertChannel.DingTalk, "https://user@oapi.dingtalk.com/robot/send", false)]
    [InlineData(AlertChannel.Feishu, "https://open.feishu.cn/open-apis/auth/v3", false)]
    [InlineData(AlertChannel.WeCom, "http://relay.example.cn/any", false)]
    [InlineData(AlertChannel.WeCom, "https://relay.example.cn:8443/any", false)]
    [InlineData(AlertChannel.WeCom, "http://10.0.0.5:8091/any", false)]
    [InlineData(AlertChannel.WeCom, "https://10.0.0.5:8090/any", false)]
    [InlineData(AlertChannel.WeCom, "http://127.0.0.1/", false)]
    [InlineData(AlertChannel.WeCom, "http://169.254.169.254/latest", false)]
    [InlineData(AlertChannel.WeCom, "file:///etc/passwd", false)]
    [InlineData(AlertChannel.WeCom, "not an address", false)]
    [InlineData(AlertChannel.WeCom, "", false)]
    [InlineData(AlertChannel.WeCom, null, false)]
    public void Only_the_services_and_what_the_settings_name_are_called(AlertChannel channel, string? text, bool isTaken)
    {
        RobotAddress.TryRead(channel, text, ["relay.example.cn", "http://10.0.0.5:8090"], out Uri? address).ShouldBe(isTaken);
        (address is not null).ShouldBe(isTaken);
    }
}
