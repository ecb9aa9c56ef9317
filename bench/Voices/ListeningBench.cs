using System.Diagnostics;
using System.Globalization;
using Xunke.Analytics.Speech;
using Xunke.Bench.Sessions;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Bench.Voices;

/// <summary>
/// What a room costs that is listened to live: Opus packets at their own pace through the room's decoder into a listener, as the server
/// does it, over the voice detector alone on the same sound. The demo's minute, again and again.
/// </summary>
internal static class ListeningBench
{
    /// <summary>Hearing is two detectors' worth; to decode and to carry the sound should each cost no more than one.</summary>
    private const double Goal = 4;

    private const int DefaultRooms = 8;
    private const int DefaultSeconds = 30;
    private const int LessonMinutes = 40;

    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    /// <summary>Arguments: rooms (8), seconds (30, at most 60).</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        int rooms = args is [var many, ..] ? int.Parse(many, CultureInfo.InvariantCulture) : DefaultRooms;
        int seconds = args is [_, var length, ..] ? int.Parse(length, CultureInfo.InvariantCulture) : DefaultSeconds;
        string clip = Path.Combine(AppContext.BaseDirectory, "demo", "clips", "front60.mkv");
        float[] minute = await SamplesOfAsync(clip, cancellationToken);
        float[] stretch = minute[..(seconds * SoundFormat.Rate)];
        double heard = rooms * seconds;

        // The first chunk pays for loading.
        Detect(stretch[..SoundFormat.Rate], 1);
        double detector = CpuOf(() => Detect(stretch, rooms)) / heard;
        double listener = CpuOf(() => Listen(stretch, rooms)) / heard;
        List<byte[]> packets = PacketsOf(clip);
        double carried = (await ListenLiveAsync(packets, rooms, seconds, hasEars: false, cancellationToken)).ServerCpu;
        (double server, double decoders, double resident, double proportional, double grown) =
            await ListenLiveAsync(packets, rooms, seconds, hasEars: true, cancellationToken);
        (double ending, double kept) = EndOfLesson(minute);

        double room = (server + decoders) / heard;
        Print("voice detector alone", detector);
        Print("listener: detector, pitch, spectra", listener);
        Print("live, the server's part", server / heard);
        Print("  of it without the listener", carried / heard);
        Print("live, the decoder's part", decoders / heard);
        Print("live, a room", room);
        Console.WriteLine(FormattableString.Invariant($"a decoder: {resident:F1} MiB resident, {proportional:F1} MiB with shared pages divided among those who share them; the server grew by {grown:F1} MiB a room"));
        Console.WriteLine(FormattableString.Invariant(
            $"a listener after {LessonMinutes} minutes: {kept:F1} MiB; to tell the sides apart then: {ending:F2} s of CPU, once"));
        return new BenchResult(
            "listening", room / detector, Goal,
            "CPU of a room that is listened to live over the voice detector alone on the same sound, at most",
            new Dictionary<string, double>
            {
                ["roomPercentOfACore"] = 100 * room,
                ["detectorPercent"] = 100 * detector,
                ["listenerPercent"] = 100 * listener,
                ["carryingPercent"] = 100 * carried / heard,
                ["decoderPercent"] = 100 * decoders / heard,
                ["decoderResidentMiB"] = resident,
                ["decoderProportionalMiB"] = proportional,
                ["serverMiBPerRoom"] = grown,
                ["listenerMiB"] = kept,
                ["endOfLessonCpuSeconds"] = ending,
                ["rooms"] = rooms,
            });
    }

    private static void Print(string what, double share) =>
        Console.WriteLine(FormattableString.Invariant($"{what,-36} {100 * share,6:F2} % of a core"));

    private static void Detect(float[] sound, int times)
    {
        using var detector = new VoiceDetector(VoiceDetector.DefaultPath);
        for (int time = 0; time < times; time++)
        {
            for (int at = 0; at + SoundFormat.Chunk <= sound.Length; at += SoundFormat.Chunk)
            {
                detector.Hear(sound.AsSpan(at, SoundFormat.Chunk));
            }
        }
    }

    private static void Listen(float[] sound, int times)
    {
        for (int time = 0; time < times; time++)
        {
            using var listener = new LessonListener(1);
            listener.Hear(sound);
        }
    }

    private static (double CpuSeconds, double MiB) EndOfLesson(float[] minute)
    {
        var before = Footprint.Take();
        using var listener = new LessonListener(1);
        for (int time = 0; time < LessonMinutes; time++)
        {
            listener.Hear(minute);
        }

        double kept = (Footprint.Take().ResidentBytes - before.ResidentBytes) / 1048576.0;
        return (CpuOf(() => listener.Finish()), kept);
    }

    private static async Task<(double ServerCpu, double DecoderCpu, double Resident, double Proportional, double Grown)> ListenLiveAsync(
        List<byte[]> packets, int rooms, int seconds, bool hasEars, CancellationToken cancellationToken)
    {
        var alone = Footprint.Take();
        ListenedRoom[] listened = [.. Enumerable.Range(0, rooms).Select(_ => new ListenedRoom(hasEars))];
        try
        {
            // A second in which the decoders start is not counted.
            await PlayAsync(packets[..50]);
            DecoderChild[] decoders = DecoderChild.OfThisProcess();
            double before = decoders.Sum(decoder => decoder.CpuSeconds), own = Cpu();
            await PlayAsync(packets[..(seconds * 50)]);
            return (
                Cpu() - own,
                decoders.Sum(decoder => decoder.CpuSeconds) - before,
                decoders.Average(decoder => decoder.ResidentMiB),
                decoders.Average(decoder => decoder.ProportionalMiB),
                (Footprint.Take().ResidentBytes - alone.ResidentBytes) / 1048576.0 / rooms);
        }
        finally
        {
            foreach (ListenedRoom room in listened)
            {
                await room.DisposeAsync();
            }
        }

        async Task PlayAsync(List<byte[]> stretch)
        {
            using var pace = new PeriodicTimer(Packet);
            foreach (byte[] packet in stretch)
            {
                await pace.WaitForNextTickAsync(cancellationToken);
                Array.ForEach(listened, room => room.Send(packet));
            }
        }
    }

    private static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    private static double CpuOf(Action work)
    {
        double before = Cpu();
        work();
        return Cpu() - before;
    }

    private static async Task<float[]> SamplesOfAsync(string clip, CancellationToken cancellationToken)
    {
        var samples = new List<float>();
        await foreach (ReadOnlyMemory<float> block in AudioFileReader.ReadAsync(clip, 1, SoundFormat.Rate, null, cancellationToken))
        {
            samples.AddRange(block.Span);
        }

        return [.. samples];
    }

    private static List<byte[]> PacketsOf(string clip)
    {
        var packets = new List<byte[]>();
        using FileStream file = File.OpenRead(clip);
        var reader = new MatroskaReader(file);
        while (reader.TryRead(out MatroskaFrame frame))
        {
            if (frame.Kind == MediaKind.Audio)
            {
                packets.Add(frame.Data.ToArray());
            }
        }

        return packets;
    }
}
