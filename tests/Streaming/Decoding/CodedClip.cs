using System.Buffers.Binary;
using Xunke.Streaming;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>A clip as a camera's encoder gives it: one entry per picture.</summary>
internal sealed record CodedClip(VideoCodec Codec, int FramesPerSecond, IReadOnlyList<byte[]> Units)
{
    /// <summary>Encodes a source of ffmpeg's lavfi with x264 as cameras do, without B-frames.</summary>
    public static async Task<CodedClip> H264Async(TestClips clips, string source, int framesPerSecond, int keyInterval, string more = "")
    {
        var path = await clips.MakeAsync(
            $"{Guid.NewGuid():N}.h264",
            $"-f lavfi -i {source} -c:v libx264 -pix_fmt yuv420p -preset veryfast -tune zerolatency -bf 0 -g {keyInterval} "
            + $"-x264-params aud=1:scenecut=0{more} -f h264");
        return new CodedClip(VideoCodec.H264, framesPerSecond, SplitAnnexB(await File.ReadAllBytesAsync(path)));
    }

    /// <summary>Encodes a source of ffmpeg's lavfi with libvpx.</summary>
    public static async Task<CodedClip> Vp8Async(TestClips clips, string source, int framesPerSecond, int keyInterval)
    {
        var path = await clips.MakeAsync(
            $"{Guid.NewGuid():N}.ivf",
            $"-f lavfi -i {source} -c:v libvpx -pix_fmt yuv420p -deadline realtime -cpu-used 8 -b:v 1M -auto-alt-ref 0 -g {keyInterval} -f ivf");
        return new CodedClip(VideoCodec.Vp8, framesPerSecond, SplitIvf(await File.ReadAllBytesAsync(path)));
    }

    /// <summary>The NAL units of an Annex B byte stream, without start codes.</summary>
    public static IEnumerable<byte[]> NalUnits(byte[] stream)
    {
        var start = -1;
        for (var i = 0; i + 3 <= stream.Length; i++)
        {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1)
            {
                if (start >= 0)
                {
                    yield return stream[start..i].AsSpan().TrimEnd((byte)0).ToArray();
                }

                start = i + 3;
            }
        }

        yield return stream[start..];
    }

    public static List<byte[]> SplitAnnexB(byte[] stream)
    {
        var units = new List<byte[]>();
        var unit = new List<byte>();
        foreach (var nal in NalUnits(stream))
        {
            // With aud=1 every access unit begins with a delimiter.
            if ((nal[0] & 0x1F) == 9 && unit.Count > 0)
            {
                units.Add([.. unit]);
                unit.Clear();
            }

            unit.AddRange([0, 0, 0, 1, .. nal]);
        }

        units.Add([.. unit]);
        return units;
    }

    private static List<byte[]> SplitIvf(byte[] file)
    {
        var units = new List<byte[]>();
        for (var at = 32; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
            units.Add(file[(at + 12)..(at + 12 + length)]);
            at += 12 + length;
        }

        return units;
    }
}
