using System.Globalization;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>
/// Judges whether a worker is stuck, by what it does and not by the clock alone. A busy computer makes a worker slow, and this
/// process as well: a look that came late counts no longer than one on time, and a worker that waits for a processor is let be.
/// Calls must be serialised.
/// </summary>
internal sealed class WorkerWatch(int processId, DecoderPoolOptions options, TimeProvider time)
{
    private long _looked = time.GetTimestamp();
    private long _progress = -1;
    private TimeSpan _silence;
    private TimeSpan _processorBefore;

    /// <summary>Time between two looks.</summary>
    public static TimeSpan Interval(DecoderPoolOptions options) => Shorter(options.StallLimit, options.SilenceLimit) / 4;

    /// <summary>Looks at the worker.</summary>
    /// <param name="progress">Grows with everything that it takes or gives.</param>
    /// <param name="owes">Whether something waits for it to be taken.</param>
    /// <returns>Why it must be replaced; null where it need not.</returns>
    public string? Look(long progress, bool owes)
    {
        var passed = time.GetElapsedTime(_looked);
        _looked = time.GetTimestamp();
        if (!owes || progress != _progress)
        {
            (_progress, _silence, _processorBefore) = (progress, TimeSpan.Zero, WorkerUse.Of(processId).Processor);
            return null;
        }

        _silence += Shorter(passed, Interval(options) * 2);
        var use = WorkerUse.Of(processId);
        var used = use.Processor - _processorBefore;
        return used >= options.StallLimit
            ? string.Create(CultureInfo.InvariantCulture, $"it used the processor for {used.TotalSeconds:0.#} s and took nothing")
            : _silence >= options.SilenceLimit && !use.WantsProcessor
                ? string.Create(CultureInfo.InvariantCulture, $"it took nothing for {_silence.TotalSeconds:0.#} s")
                : null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
