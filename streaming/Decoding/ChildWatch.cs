using System.Diagnostics;

namespace Xunke.Streaming.Decoding;

/// <summary>Kills a child process that owes something and gives nothing: it hangs, or somebody has stopped it. A child that only waits for
/// a processor is let be.</summary>
internal sealed class ChildWatch : IAsyncDisposable, IDisposable
{
    private readonly Process _child;
    private readonly TimeSpan _patience;
    private readonly Func<bool> _owes;
    private readonly ITimer _timer;
    private long _progress = Time.GetTimestamp();
    private volatile string? _verdict;

    /// <summary>Begins to watch.</summary>
    /// <param name="patience">How long it may owe something without giving anything.</param>
    public ChildWatch(Process child, TimeSpan patience, Func<bool> owes)
    {
        (_child, _patience, _owes) = (child, patience, owes);
        _timer = Time.CreateTimer(static watch => ((ChildWatch)watch!).Look(), this, patience / 4, patience / 4);
    }

    /// <summary>A process lives in real time, whatever clock its room has.</summary>
    public static TimeProvider Time => TimeProvider.System;

    /// <summary>Why the child was killed; null where it was not.</summary>
    public string? Verdict => _verdict;

    /// <summary>The child gave something.</summary>
    public void Progress() => Interlocked.Exchange(ref _progress, Time.GetTimestamp());

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        if (!_owes())
        {
            Progress();
        }
        else if (Time.GetElapsedTime(Interlocked.Read(ref _progress)) >= _patience && !WantsProcessor())
        {
            _verdict = $"it gave nothing for {_patience.TotalSeconds:0.#} s";
            MediaTool.Stop(_child);
        }
    }

    private bool WantsProcessor()
    {
        try
        {
            return ChildState.WantsProcessor(_child.Id);
        }
        catch (InvalidOperationException)
        {
            // It has gone meanwhile.
            return false;
        }
    }
}
