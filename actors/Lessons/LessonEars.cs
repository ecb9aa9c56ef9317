using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Analytics.Speech;
using Xunke.Streaming.Decoding.Sound;
using Xunke.Streaming.Edge;

namespace Xunke.Actors.Lessons;

/// <summary>Listens to one lesson while it lasts. Sound is measured and forgotten. All members may be called from any thread.</summary>
/// <param name="listener">What was heard of the lesson before the server was started; null for nothing.</param>
internal sealed class LessonEars(LessonListener? listener = null) : ISoundReceiver
{
    /// <summary>The windows in which it is told how much is spoken.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private RoomSound? _sound;
    private LessonListener? _listener = listener;

    /// <summary>Whether it listens, and does not only know what was heard before.</summary>
    public bool IsOpen => _sound is not null;

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

    /// <summary>Begins to listen. To be called once.</summary>
    /// <param name="media">Where the room's sound comes from.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="from">The lesson's start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets failures of the decoder.</param>
    public void Open(MediaServer media, string roomId, DateTimeOffset from, TimeProvider time, ILogger<RoomSound> logger)
    {
        lock (_gate)
        {
            _sound = new RoomSound(
                media, roomId, from, _listener?.Samples ?? 0, _listener?.Channels, SoundFormat.Rate, this, time, logger);
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

    /// <summary>What was measured behind a chunk, to be written down.</summary>
    /// <returns>It, and where it ends; empty where that is too little yet.</returns>
    public (byte[] Trace, int End) Trace(int from)
    {
        lock (_gate)
        {
            return _listener?.Trace(from) ?? ([], from);
        }
    }

    /// <summary>Listens no longer.</summary>
    public async Task CloseAsync()
    {
        if (_sound is { } sound)
        {
            await sound.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The lesson is over. To be called once, after <see cref="CloseAsync"/>.</summary>
    /// <returns>What was heard; null where no sound came.</returns>
    public HeardLesson? Finish()
    {
        lock (_gate)
        {
            try
            {
                return _listener?.Finish();
            }
            finally
            {
                _listener?.Dispose();
            }
        }
    }
}
