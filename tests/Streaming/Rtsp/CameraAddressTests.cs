using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

public sealed class CameraAddressTests
{
    [Theory]
    [InlineData("rtsp://192.168.1.64/Streaming/Channels/101", "rtsp://192.168.1.64:554/Streaming/Channels/101", "192.168.1.64", 554)]
    [InlineData(" RTSP://Camera.School.cn:8554/live?channel=1&subtype=0 ", "rtsp://camera.school.cn:8554/live?channel=1&subtype=0",
        "camera.school.cn", 8554)]
    [InlineData("rtsps://camera/live", "rtsps://camera:322/live", "camera", 322)]
    [InlineData("rtsp://[fe80::1]:554/live", "rtsp://[fe80::1]:554/live", "fe80::1", 554)]
    [InlineData("rtsp://摄像机.中国/live", "rtsp://xn--o1q278b98b.xn--fiqs8s:554/live", "xn--o1q278b98b.xn--fiqs8s", 554)]
    public void An_address_is_read_as_it_is_typed(string typed, string text, string host, int port)
    {
        CameraAddress.TryParse(typed, out var address, out var userInfo).ShouldBeTrue();

        (address!.Text, address.Host, address.Port).ShouldBe((text, host, port));
        userInfo.ShouldBeNull();
    }

    [Fact]
    public void A_pasted_user_and_password_are_taken_out_of_the_address()
    {
        CameraAddress.TryParse("rtsp://admin:p%40ss:word@192.168.1.64/live", out var address, out var userInfo).ShouldBeTrue();

        address!.Text.ShouldBe("rtsp://192.168.1.64:554/live");
        (userInfo!.UserName, userInfo.Password).ShouldBe(("admin", "p@ss:word"));
    }

    [Fact]
    public void A_camera_in_a_log_shows_host_and_port_alone()
    {
        CameraAddress.TryParse("rtsp://10.0.0.1/user=admin&password=secret.sdp", out var address, out _).ShouldBeTrue();

        $"{address} {new CameraSource(address!, "admin", "secret")}".ShouldBe("10.0.0.1:554 10.0.0.1:554");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("192.168.1.64")]
    [InlineData("rtsp://")]
    [InlineData("rtsp:///live")]
    [InlineData("rtsp://host:99999/live")]
    [InlineData("rtsp://host:0/live")]
    [InlineData("rtsp://host/li ve")]
    [InlineData("rtsp://host/live\r\nPLAY rtsp://other/")]
    [InlineData("http://host/live")]
    [InlineData("file:///etc/passwd")]
    [InlineData("concat:rtsp://host/live")]
    [InlineData("-i file:///etc/passwd")]
    [InlineData("rtspu://host/live")]
    public void Anything_else_is_refused(string? typed) => CameraAddress.TryParse(typed, out _, out _).ShouldBeFalse();

    [Fact]
    public void A_name_that_no_domain_can_have_is_refused() =>
        CameraAddress.TryParse($"rtsp://{new string('å', 80)}.org/live", out _, out _).ShouldBeFalse();

    [Fact]
    public void An_address_that_grows_too_long_when_it_is_written_in_ASCII_is_refused() =>
        CameraAddress.TryParse($"rtsp://host/{new string('摄', 400)}", out _, out _).ShouldBeFalse();

    [Fact]
    public void An_endless_address_is_refused() =>
        CameraAddress.TryParse("rtsp://host/" + new string('a', CameraAddress.MaxLength), out _, out _).ShouldBeFalse();
}
