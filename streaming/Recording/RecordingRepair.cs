using Microsoft.Win32.SafeHandles;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>Completes the files that the end of a process or a power cut left: cuts off a torn tail, writes the index and the
/// length.</summary>
public static class RecordingRepair
{
    private const int BeginningLength = 64 * 1024;
    private const int ClusterHeadLength = 64;

    /// <summary>Reads a file, and completes it first where that is needed.</summary>
    /// <returns>What is in it, or null when it holds nothing that could be played.</returns>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static RecordedFile? Complete(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (ReadLayout(file) is not { } layout)
        {
            return null;
        }

        var index = ReadClusters(file, layout, out var end);
        if (index.IsEmpty)
        {
            return null;
        }

        var length = layout.IsComplete ? RandomAccess.GetLength(file) : RecordingSeal.Apply(file, layout, index, end);
        return RecordedFile.Of(layout, index, length);
    }

    private static MatroskaLayout? ReadLayout(SafeFileHandle file)
    {
        var beginning = new byte[BeginningLength];
        var length = RandomAccess.Read(file, beginning, 0);
        try
        {
            return MatroskaLayout.Read(beginning.AsSpan(0, length));
        }
        catch (InvalidDataException)
        {
            // The crash came before the header was whole.
            return null;
        }
    }

    private static FileIndex ReadClusters(SafeFileHandle file, MatroskaLayout layout, out long end)
    {
        var clusters = new List<Cluster>();
        var length = RandomAccess.GetLength(file);
        for (var at = layout.ClustersAt; TryReadCluster(file, at, length, out var cluster); at = cluster.End)
        {
            clusters.Add(cluster);
        }

        // After a power cut a cluster may have its length but not all of its content.
        long lastTime = 0;
        while (clusters.Count > 0 && !TryReadLastTime(file, clusters[^1], out lastTime))
        {
            clusters.RemoveAt(clusters.Count - 1);
        }

        var index = new FileIndex();
        for (var i = 0; i < clusters.Count; i++)
        {
            var cluster = clusters[i];
            index.Add(
                cluster.Time, i == clusters.Count - 1 ? lastTime : cluster.Time, cluster.StartsWithKey, cluster.At - layout.SegmentStart);
        }

        end = clusters.Count > 0 ? clusters[^1].End : layout.ClustersAt;
        return index;
    }

    /// <summary>Reads the head of a cluster and of its first block, which is the key frame where it has one.</summary>
    private static bool TryReadCluster(SafeFileHandle file, long at, long fileLength, out Cluster cluster)
    {
        cluster = default;
        Span<byte> bytes = stackalloc byte[ClusterHeadLength];
        var reader = new EbmlReader(bytes[..RandomAccess.Read(file, bytes, at)]);
        if (!reader.TryReadHead(out var id, out var size) || id != MatroskaElement.Cluster || size > fileLength - at - reader.Position)
        {
            return false;
        }

        var contentAt = reader.Position;
        if (!reader.TryReadHead(out id, out var timeSize) || id != MatroskaElement.ClusterTimestamp || timeSize > 8
            || !reader.TryTake(timeSize, out var time)
            || !reader.TryReadHead(out id, out _) || id != MatroskaElement.SimpleBlock || !reader.TryTake(4, out var block)
            || reader.Position > contentAt + size)
        {
            return false;
        }

        cluster =
            new Cluster(at, at + contentAt, at + contentAt + size, (long)EbmlReader.Unsigned(time), (block[3] & Fragment.KeyFlag) != 0);
        return true;
    }

    private static bool TryReadLastTime(SafeFileHandle file, Cluster cluster, out long lastTime)
    {
        lastTime = cluster.Time;
        var content = new byte[cluster.End - cluster.ContentAt];
        var reader = new EbmlReader(content.AsSpan(0, RandomAccess.Read(file, content, cluster.ContentAt)));
        while (reader.Position < content.Length)
        {
            if (!reader.TryReadHead(out var id, out var size) || id is not (MatroskaElement.ClusterTimestamp or MatroskaElement.SimpleBlock)
                || !reader.TryTake(size, out var value) || (id == MatroskaElement.SimpleBlock && value.Length < 5))
            {
                return false;
            }

            if (id == MatroskaElement.SimpleBlock)
            {
                lastTime = Math.Max(lastTime, cluster.Time + EbmlReader.BlockTime(value));
            }
        }

        return true;
    }

    private readonly record struct Cluster(long At, long ContentAt, long End, long Time, bool StartsWithKey);
}
