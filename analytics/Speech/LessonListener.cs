using System.Collections.Immutable;

namespace Xunke.Analytics.Speech;

/// <summary>
/// Hears a lesson from start to end and says who spoke when (docs/behaviours.md, "Voices"). The same sound gives the same answer.
/// Not thread-safe.
/// </summary>
public sealed class LessonListener : IDisposable
{
    /// <summary>Channels that differ by a smaller share of their energy carry the same sound.</summary>
    private const double SameSound = 0.01;

    /// <summary>Confidence that many voices at once are pupils': other noise would look the same.</summary>
    private static readonly Side ManyPupils = new(Speaker.Pupils, 0.6);

    /// <summary>Pauses up to this length do not end a part.</summary>
    private static readonly TimeSpan OwnPause = TimeSpan.FromSeconds(0.3);

    private readonly HeardState _heard;
    private readonly float[][] _chunks;
    private int _filled;
    private double _second;
    private int _secondSamples;
    private long _samples;

    /// <param name="channels">1, or 2: the teacher's microphone first, then the room's.</param>
    /// <param name="modelPath">The network that finds voices; where the build puts it if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">Neither 1 nor 2 channels.</exception>
    public LessonListener(int channels, string? modelPath = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        _heard = new HeardState([.. Enumerable.Range(0, channels).Select(_ => new HeardChannel(modelPath ?? VoiceDetector.DefaultPath))]);
        _chunks = [.. Enumerable.Range(0, channels).Select(_ => new float[SoundFormat.Chunk])];
    }

    /// <summary>Samples of each channel that were heard or passed over.</summary>
    public long Samples => _samples;

    public int Chunks => _heard.Chunks;

    public int Channels => _heard.Channels.Length;

    /// <summary>Takes up what another listener has heard; nothing may have been heard here.</summary>
    /// <param name="traces">What <see cref="Trace"/> gave, in order; not empty.</param>
    /// <exception cref="InvalidDataException">They are damaged, or one is missing.</exception>
    public static LessonListener Resume(IReadOnlyCollection<byte[]> traces)
    {
        ArgumentNullException.ThrowIfNull(traces);
        var listener = new LessonListener(HeardTrace.ChannelsOf(traces.First()));
        try
        {
            foreach (byte[] trace in traces)
            {
                HeardTrace.Read(listener._heard, trace);
            }

            listener.Place();
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>What was measured since the last trace, for <see cref="Resume"/>; empty where that is less than half a second.</summary>
    /// <param name="from">Where the last trace ended: 0 for the first one.</param>
    public (byte[] Trace, int End) Trace(int from)
    {
        int to = _heard.Chunks / HeardTrace.Group * HeardTrace.Group;
        return to > from ? (HeardTrace.Write(_heard, from, to), to) : ([], from);
    }

    /// <param name="samples">At <see cref="SoundFormat.Rate"/>, -1 to 1; with two channels one sample of each in turn.</param>
    public void Hear(ReadOnlySpan<float> samples)
    {
        int channels = _heard.Channels.Length;
        for (int i = 0; i + channels <= samples.Length; i += channels)
        {
            float first = Clean(samples[i]), last = Clean(samples[i + channels - 1]);
            _chunks[0][_filled] = first;
            _chunks[^1][_filled] = last;
            _heard.Difference += (first - last) * (first - last);
            _heard.Energy += first * first + last * last;
            Measure(last);
            _samples++;
            if (++_filled == SoundFormat.Chunk)
            {
                HearChunk();
            }
        }
    }

    /// <summary>Passes over a stretch that nobody heard.</summary>
    public void Skip(int length)
    {
        Span<float> silence = stackalloc float[_heard.Channels.Length];
        silence.Clear();
        for (; length > 0 && _filled > 0; length--)
        {
            Hear(silence);
        }

        int from = _heard.Chunks;
        for (; length >= SoundFormat.Chunk; length -= SoundFormat.Chunk)
        {
            SkipChunk();
        }

        _heard.AddGap(from, _heard.Chunks);
        for (; length > 0; length--)
        {
            Hear(silence);
        }
    }

    /// <summary>What was heard so far, in windows. The sides cannot be told apart before the end.</summary>
    /// <param name="length">Of a window; above zero.</param>
    public ImmutableArray<HeardWindow> SoFar(TimeSpan length) =>
        HeardWindow.Cut(_heard.Channels[^1].Probabilities, _heard.Levels, _heard.Gaps, length);

    /// <summary>Says what was heard. To be called once, at the end.</summary>
    public HeardLesson Finish()
    {
        if (_filled > 0)
        {
            Array.ForEach(_chunks, chunk => Array.Clear(chunk, _filled, chunk.Length - _filled));
            HearChunk();
        }

        HeardChannel[] channels = _heard.Channels;
        bool two = channels.Length == 2 && _heard.Difference > SameSound * _heard.Energy;
        HeardChannel room = channels[^1];
        List<SpeechSpan> speech = SpeechFinder.Find(two ? Either(channels[0].Probabilities, room.Probabilities) : room.Probabilities);
        List<VoicePiece> pieces = VoicePiece.Cut(room, speech);
        SeparationMethod method = SeparationMethod.Channels;
        Side[]? sides = two ? Sides.ByChannel(pieces, channels[0].Energies, room.Energies) : null;
        if (sides is null)
        {
            (sides, bool several) = Sides.ByVoice(pieces);
            method = pieces.Count == 0 ? SeparationMethod.None : several ? SeparationMethod.Voices : SeparationMethod.OneVoice;
        }

        IEnumerable<Heard> voices = pieces.Zip(sides, (piece, side) => new Heard(piece.Span, side, ManyAtOnce: false));
        IEnumerable<Heard> hubbub = Hubbub.Find(room.Energies, [.. speech.Concat(_heard.Gaps)])
            .Select(span => new Heard(span, ManyPupils, ManyAtOnce: true));
        var duration = TimeSpan.FromSeconds((double)_samples / SoundFormat.Rate);
        return new HeardLesson(
            duration, Join([.. voices.Concat(hubbub).OrderBy(heard => heard.Span.From)], duration), method, [.. _heard.Levels])
        {
            Gaps = [.. _heard.Gaps.Select(gap => new SoundGap(gap.From * SoundFormat.ChunkTime, gap.To * SoundFormat.ChunkTime))],
        };
    }

    public void Dispose() => Array.ForEach(_heard.Channels, channel => channel.Dispose());

    /// <summary>A damaged file may hold anything.</summary>
    private static float Clean(float sample) => float.IsFinite(sample) ? Math.Clamp(sample, -1, 1) : 0;

    private static float[] Either(IReadOnlyList<float> one, IReadOnlyList<float> other) => [.. one.Zip(other, Math.Max)];

    private void HearChunk()
    {
        for (int channel = 0; channel < _heard.Channels.Length; channel++)
        {
            _heard.Channels[channel].Hear(_chunks[channel]);
        }

        _filled = 0;
    }

    /// <summary>Continues where the traces end. The unfinished second starts with the loudness of its last chunk.</summary>
    private void Place()
    {
        _samples = (long)_heard.Chunks * SoundFormat.Chunk;
        _secondSamples = (int)(_samples % SoundFormat.Rate);
        _second = _heard.Chunks > 0 ? (double)_heard.Channels[^1].Energies[^1] * _secondSamples : 0;
    }

    private void SkipChunk()
    {
        Array.ForEach(_heard.Channels, static channel => channel.Skip());
        _samples += SoundFormat.Chunk;
        for (int sample = 0; sample < SoundFormat.Chunk; sample++)
        {
            Measure(0);
        }
    }

    private void Measure(float sample)
    {
        _second += sample * sample;
        if (++_secondSamples == SoundFormat.Rate)
        {
            _heard.Levels.Add(Math.Max(-100, 10 * Math.Log10(_second / SoundFormat.Rate + 1e-10)));
            (_second, _secondSamples) = (0, 0);
        }
    }

    /// <summary>Joins one side's speech across short pauses into parts.</summary>
    private static ImmutableArray<SpokenPart> Join(IReadOnlyList<Heard> heard, TimeSpan duration)
    {
        ImmutableArray<SpokenPart>.Builder parts = ImmutableArray.CreateBuilder<SpokenPart>();
        double weight = 0;
        foreach ((SpeechSpan span, Side side, bool many) in heard)
        {
            TimeSpan start = span.From * SoundFormat.ChunkTime, end = span.To * SoundFormat.ChunkTime;
            end = end < duration ? end : duration;
            if (parts.Count > 0 && parts[^1].Speaker == side.Speaker && parts[^1].ManyAtOnce == many && start - parts[^1].End <= OwnPause)
            {
                double confidence = (parts[^1].Confidence * weight + side.Confidence * span.Length) / (weight + span.Length);
                parts[^1] = parts[^1] with { End = end, Confidence = confidence };
                weight += span.Length;
            }
            else
            {
                parts.Add(new SpokenPart(start, end, side.Speaker, side.Confidence, many));
                weight = span.Length;
            }
        }

        return parts.ToImmutable();
    }

    private readonly record struct Heard(SpeechSpan Span, Side Side, bool ManyAtOnce);
}
