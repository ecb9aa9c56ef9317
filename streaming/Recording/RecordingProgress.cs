using System.Collections.Immutable;

namespace Xunke.Streaming.Recording;

/// <summary>What is known of a recording from both sides of the writer's queue. Any thread may call.</summary>
/// <param name="earlier">What it goes on from; null where it begins.</param>
internal sealed class RecordingProgress(EarlierParts? earlier)
{
    private readonly Lock _gate = new();
    private readonly List<RecordingPart> _open = [];
    private ImmutableArray<RecordedPart> _parts = earlier?.Parts ?? [];
    private ImmutableArray<string> _faults = earlier?.Faults ?? [];
    private bool _failed;

    public void Begin(RecordingPart part)
    {
        lock (_gate)
        {
            _open.Add(part);
        }
    }

    /// <summary>A part's file is complete, or there is none.</summary>
    public void Complete(RecordingPart part, RecordedPart? recorded)
    {
        lock (_gate)
        {
            _open.Remove(part);
            _parts = recorded is null ? _parts : _parts.Add(recorded);
        }
    }

    /// <summary>Something is wrong; each thing is said once.</summary>
    /// <returns>Whether it is news.</returns>
    public bool Add(string fault)
    {
        lock (_gate)
        {
            if (_faults.Contains(fault))
            {
                return false;
            }

            _faults = _faults.Add(fault);
            return true;
        }
    }

    /// <summary>The disk could not be written.</summary>
    public void Fail()
    {
        lock (_gate)
        {
            _failed = true;
        }

        Add(RecordingFaults.DiskFailed);
    }

    /// <summary>How it is now.</summary>
    /// <param name="end">The end of the part that is being gathered, from the start of the recording.</param>
    public RecordingStatus Status(TimeSpan end, bool isReceiving)
    {
        lock (_gate)
        {
            var last = _parts.IsEmpty ? TimeSpan.Zero : _parts[^1].Offset + _parts[^1].File.Length;
            var bytes = _parts.Sum(part => part.File.Bytes) + _open.Sum(part => part.Bytes);
            return new RecordingStatus(end > last ? end : last, bytes, isReceiving, _failed, _parts, _faults);
        }
    }
}
