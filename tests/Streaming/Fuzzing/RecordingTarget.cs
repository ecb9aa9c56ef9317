using Xunke.Streaming.Codecs;
using Xunke.Streaming.Recording;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>Recordings that a crash or a bad disk spoilt, given to the repair; and what recordings read out of pictures and
/// sounds.</summary>
internal sealed class RecordingTarget : FuzzTarget
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-fuzz-");
    private readonly string _path;

    public RecordingTarget()
    {
        _path = Path.Combine(_folder.FullName, "part.mkv");
        Corpus = [Record(completed: false), Record(completed: true)];
    }

    public override string Name => "recording";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override int MaximumLength => 16 * 1024;

    // The 64 KiB of a file's beginning, a cluster no longer than the file, and buffers for index and seek head.
    public override long AllocationBound => 512 * 1024;

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        H264SequenceParameters.TryRead(input, out _);
        OpusPacket.LengthOf(input);
        File.WriteAllBytes(_path, input);
        if (RecordingRepair.Complete(_path) is { } repaired)
        {
            Expect.True(RecordingRepair.Complete(_path) == repaired, "a repaired recording is repaired once more");
        }
    }

    public override void Dispose() => _folder.Delete(recursive: true);

    private byte[] Record(bool completed)
    {
        File.Delete(_path);
        using (var file = RecordingFile.Create(_path, RecordedTracks.SoundOnly, DateTimeOffset.UnixEpoch, TimeProvider.System))
        {
            for (var time = 0; time < 6000; time += 2000)
            {
                using var fragment = new Fragment(time, startsWithKey: true);
                for (var sound = 0; sound < 2000; sound += 400)
                {
                    fragment.Add(2, time + sound, isKey: true, OpusPacket.Silence);
                }

                file.Append(fragment);
            }

            if (completed)
            {
                file.Complete();
            }
        }

        var bytes = File.ReadAllBytes(_path);
        File.Delete(_path);
        return bytes;
    }
}
