using Shouldly;
using Xunit;
using Xunke.Streaming.Sdp;

namespace Xunke.Tests.Streaming.Sdp;

public sealed class SimulcastTests
{
    [Theory]
    [InlineData("q;h;f", "q h f", "a=rid:q send", "a=rid:h send", "a=rid:f send")]
    [InlineData("0;1", "0 1", "a=rid:0 send", "a=rid:1 send max-width=640;max-height=360")]
    [InlineData("~a;b", "a b", "a=rid:a send", "a=rid:b send")]
    [InlineData("a,b;c", "a c", "a=rid:a send", "a=rid:b send", "a=rid:c send")]
    public void Sent_layers_are_read_in_their_order(string streams, string layers, params string[] lines) =>
        Layers($"send {streams}", lines).ShouldBe(layers.Split(' '));

    [Theory]
    [InlineData("send q;h", "a=rid:q recv", "a=rid:h recv")]
    [InlineData("recv q;h", "a=rid:q send", "a=rid:h send")]
    [InlineData("send", "a=rid:q send")]
    [InlineData("send ;;,", "a=rid:q send")]
    [InlineData("q;h", "a=rid:q send", "a=rid:h send")]
    [InlineData("send q!;ö", "a=rid:q! send", "a=rid:ö send")]
    [InlineData("send abcdefghijklmnopq", "a=rid:abcdefghijklmnopq send")]
    [InlineData("send q", "a=rid:q")]
    [InlineData("send q", "a=rid:")]
    public void Lines_that_break_the_syntax_or_fit_nothing_are_passed_over(string simulcast, params string[] lines) =>
        Layers(simulcast, lines).ShouldBeEmpty();

    [Fact]
    public void A_layer_named_twice_is_one_layer() =>
        Layers("send q;q;h", "a=rid:q send", "a=rid:q send", "a=rid:h send").ShouldBe(["q", "h"]);

    [Fact]
    public void Sending_and_receiving_may_stand_in_one_line() =>
        Layers("recv x send q;h", "a=rid:q send", "a=rid:h send").ShouldBe(["q", "h"]);

    private static string[] Layers(string simulcast, params string[] lines) =>
        [.. SessionDescription.Parse(
            Offers.Lines(["v=0", "m=video 9 UDP/TLS/RTP/SAVPF 96", .. lines, $"a=simulcast:{simulcast}"])).Media[0].SentLayers];
}
