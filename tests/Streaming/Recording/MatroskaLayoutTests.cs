using Xunke.Streaming.Recording;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Tests.Streaming.Recording;

public sealed class MatroskaLayoutTests
{
    [Fact]
    public void A_header_whose_room_for_the_duration_has_another_size_is_none_of_ours()
    {
        using var header = new EbmlBuffer(4096);
        MatroskaHeader.Write(header, RecordedTracks.SoundOnly, DateTimeOffset.UnixEpoch);
        var bytes = header.Written.ToArray();
        var duration = MatroskaLayout.Read(bytes).DurationAt;

        // A Void's size stands behind its identifier; one byte less leaves a gap before the next element.
        bytes[duration + 1]--;

        Should.Throw<InvalidDataException>(() => MatroskaLayout.Read(bytes));
    }

    [Fact]
    public void A_header_whose_segment_has_its_size_in_fewer_bytes_is_none_of_ours()
    {
        using var header = new EbmlBuffer(4096);
        MatroskaHeader.Write(header, RecordedTracks.SoundOnly, DateTimeOffset.UnixEpoch);
        var bytes = header.Written.ToArray();
        var size = (int)MatroskaLayout.Read(bytes).SegmentSizeAt;

        // "Unknown" in one byte: eight would be written over what follows it.
        byte[] shortened = [.. bytes[..size], 0xFF, .. bytes[(size + 8)..]];

        Should.Throw<InvalidDataException>(() => MatroskaLayout.Read(shortened));
    }
}
