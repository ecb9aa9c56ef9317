using System.Collections.Immutable;
using Xunke.Actors;
using Xunke.Analytics.Speech;
using Xunke.Streaming.Decoding.Sound;

namespace Xunke.Web.Lessons;

/// <summary>Listens to one lesson while it lasts. Sound is measured and forgotten. All members may be called from any thread.</summary>
internal sealed class LessonEars : ISoundReceiver
{
    /// <summary>The windows in which it is told how much is spoken.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly RoomSound _sound;
    private LessonListener? _listener;

    /// <summary>Begins to listen.</summary>
    /// <param name="monitoring">Where the room's sound comes from.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="from">The lesson's start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets failures of the decoder.</param>
    public LessonEars(MonitoringSystem monitoring, string roomId, DateTimeOffset from, TimeProvider time, ILogger<RoomSound> logger) =>
        _sound = new RoomSound(monitoring.Media, roomId, from, heard: 0, SoundFormat.Rate, this, time, logger);

    /// <summary>What was heard so far.</summary>
    public ImmutableArray<HeardWindow> SoFar
    {
        get
        {
            lock (_gate)
            {
                return _listener?.SoFar(Window) ?? [];
            }
        }
    }

    /// <inheritdoc />
    public void OnSound(int channels, ReadOnlySpan<float> samples)
    {
        lock (_gate)
        {
            (_listener ??= new LessonListener(channels)).Hear(samples);
        }
    }

    /// <inheritdoc />
    public void OnGap(int channels, int length)
    {
        lock (_gate)
        {
            (_listener ??= new LessonListener(channels)).Skip(length);
        }
    }

    /// <summary>The lesson is over.</summary>
    /// <returns>What was heard; null where no sound came.</returns>
    public async Task<HeardLesson?> FinishAsync()
    {
        try
        {
            await _sound.DisposeAsync();
            return _listener?.Finish();
        }
        finally
        {
            _listener?.Dispose();
        }
    }
}
