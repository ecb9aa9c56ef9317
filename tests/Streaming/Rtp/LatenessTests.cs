using Xunke.Streaming.Rtp;

namespace Xunke.Tests.Streaming.Rtp;

public sealed class LatenessTests
{
    [Fact]
    public void The_latest_of_late_counts_and_is_forgotten_over_a_minute()
    {
        var late = new Lateness();
        late.At(1_000_000).ShouldBe(0);

        late.Note(200_000, now: 1_000_000);
        late.Note(90_000, now: 5_000_000);

        late.At(5_000_000).ShouldBe(180_000);
        late.Note(190_000, now: 6_000_000);
        late.At(6_000_000).ShouldBe(190_000);
        late.At(60_000_000).ShouldBe(0);
    }

    [Fact]
    public void A_player_is_told_to_hold_pictures_longer_little_by_little_so_that_none_stands_still()
    {
        var hold = new PlayoutHold();

        hold.Follow(400_000, now: 5_000_000).ShouldBe(0);
        hold.Follow(400_000, now: 5_020_000).ShouldBe(4_000);
        hold.Follow(400_000, now: 6_000_000).ShouldBe(200_000);
        hold.Follow(400_000, now: 7_500_000).ShouldBe(400_000);
        hold.Follow(390_000, now: 7_520_000).ShouldBe(390_000);
    }

    [Theory]
    [InlineData(0, 1, 10)]
    [InlineData(238_000, 24, 33)]
    [InlineData(5_000_000, 80, 89)]
    public void A_player_holds_pictures_for_as_long_as_packets_are_late(long lateness, int least, int most)
    {
        var block = new ExtensionBlock(arrivalId: 3, playoutDelayId: 6);
        var packet = new byte[100];
        RtpHeader.Write(packet, marker: true, 96, 7, 9000, 1234);

        block.Hold(lateness);
        block.Write(packet);

        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        HeaderExtension.TryFind(packet, header, 6, out var value).ShouldBeTrue();
        ((value[0] << 4) | (value[1] >> 4)).ShouldBe(least);
        (((value[1] & 0x0F) << 8) | value[2]).ShouldBe(most);
    }
}
