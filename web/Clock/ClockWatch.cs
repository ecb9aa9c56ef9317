using System.Text.Json;
using Xunke.Web.Hosting;

namespace Xunke.Web.Clock;

/// <summary>
/// Compares the time of day with the time that has passed. A clock that jumps ahead would make everything old at once, so
/// whoever deletes for age asks here first. All members may be called from any thread.
/// </summary>
internal sealed partial class ClockWatch(DataDirectory data, Uptime uptime, TimeProvider time, ILogger<ClockWatch> log)
{
    /// <summary>Where the state is kept in the data directory.</summary>
    public const string FileName = "clock.json";

    /// <summary>How far ahead of the time that has passed the clock may be, in one jump or in many.</summary>
    public static readonly TimeSpan LargestJump = TimeSpan.FromDays(1);

    /// <summary>How long a computer may have been off: a weekend.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(3);

    /// <summary>How long the clock must run steadily to be believed without an administrator.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromDays(7);

    // What the clock is corrected by is believed to this share of the time that passes; more would let many small jumps through.
    private const double Slew = 0.05;
    private static readonly TimeSpan Unsteady = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private bool _begun;
    private DateTimeOffset _expected;
    private TimeSpan _uptime;
    private TimeSpan _behind;
    private ClockHold? _hold;

    /// <summary>Whether what is old by the clock may be deleted.</summary>
    public bool MayDelete => Read() is { Hold: null };

    /// <summary>Looks at the clock; null before <see cref="Begin"/>.</summary>
    public ClockReading? Read()
    {
        lock (_gate)
        {
            if (!_begun)
            {
                return null;
            }

            DateTimeOffset now = time.GetUtcNow();
            Observe(now);
            return new ClockReading(now, _expected, _hold);
        }
    }

    /// <summary>Takes up what was known before the start.</summary>
    /// <param name="newestOnRecord">When something was last put on record, for a data directory that holds no state; null where nothing
    /// is.</param>
    public void Begin(DateTimeOffset? newestOnRecord)
    {
        ClockState? before = Load();
        lock (_gate)
        {
            if (_begun)
            {
                return;
            }

            DateTimeOffset now = time.GetUtcNow();
            bool counted = before is not null && before.Boot == uptime.Boot && before.Uptime <= uptime.Now;
            _hold = before?.Hold;
            _expected = before?.Expected ?? newestOnRecord ?? now;
            _uptime = counted ? before!.Uptime : uptime.Now; // counted implies that there is a state
            _begun = true;
            if (!counted)
            {
                // Nobody has counted how long the computer was off.
                TimeSpan pause = now - _expected;
                if (pause > LongestPause)
                {
                    Hold(new ClockHold(ClockHoldKind.Pause, _expected, pause, TimeSpan.Zero), _hold is null);
                }
                else if (pause > TimeSpan.Zero)
                {
                    (_expected, _hold) = (now, null);
                }
            }

            Observe(now);
        }
    }

    /// <summary>An administrator says that the clock is right.</summary>
    public void Confirm()
    {
        lock (_gate)
        {
            (_expected, _uptime, _hold, _behind) = (time.GetUtcNow(), uptime.Now, null, TimeSpan.Zero);
        }
    }

    /// <summary>Writes what must outlive a restart.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        ClockState state;
        lock (_gate)
        {
            state = new ClockState(_expected, uptime.Boot, _uptime, _hold);
        }

        string path = data.Combine(FileName);
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(state, Json.Options), cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    private void Observe(DateTimeOffset now)
    {
        TimeSpan passed = uptime.Now - _uptime;
        passed = passed > TimeSpan.Zero ? passed : TimeSpan.Zero;
        _uptime += passed;
        _expected += passed;
        TimeSpan ahead = now - _expected;
        if (_hold is { } hold)
        {
            ReviewHold(hold, ahead, passed, now);
        }
        else if (ahead > LargestJump)
        {
            Hold(new ClockHold(ClockHoldKind.Jump, _expected, ahead, TimeSpan.Zero), tell: true);
        }
        else
        {
            Follow(now, ahead, passed);
        }
    }

    private void ReviewHold(ClockHold hold, TimeSpan ahead, TimeSpan passed, DateTimeOffset now)
    {
        if (ahead <= LargestJump)
        {
            _hold = null;
            LogReturned();
        }
        else if (hold.Kind == ClockHoldKind.Pause)
        {
            bool steady = (ahead - hold.Ahead).Duration() <= Unsteady;
            _hold = steady ? hold with { Steady = hold.Steady + passed } : hold with { Ahead = ahead, Steady = TimeSpan.Zero };
            if (_hold.Steady >= Proof)
            {
                (_hold, _expected) = (null, now);
                LogProved();
            }
        }
    }

    private void Follow(DateTimeOffset now, TimeSpan ahead, TimeSpan passed)
    {
        _behind = ahead < -LargestJump ? _behind + passed : TimeSpan.Zero;
        TimeSpan slew = passed * Slew;
        // A clock that was set back and stays there is the one to compare with from then on.
        _expected = _behind >= Proof ? now : _expected + (ahead > slew ? slew : ahead < -slew ? -slew : ahead);
    }

    private void Hold(ClockHold hold, bool tell)
    {
        _hold = hold;
        if (tell)
        {
            LogHeld(hold.Kind, hold.Ahead.TotalHours, _expected);
        }
    }

    private ClockState? Load()
    {
        try
        {
            return JsonSerializer.Deserialize<ClockState>(File.ReadAllBytes(data.Combine(FileName)), Json.Options);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(unreadable, FileName);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock is {Hours:F1} h ahead of {Expected:u} ({Kind}): nothing is deleted for its age until an administrator says that it is right")]
    private partial void LogHeld(ClockHoldKind kind, double hours, DateTimeOffset expected);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock is back where it was expected: what is old is deleted again")]
    private partial void LogReturned();

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The clock has run steadily for a week and is believed: what is old is deleted again")]
    private partial void LogProved();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} cannot be read; the newest entry on record stands in for it")]
    private partial void LogUnreadable(Exception fault, string file);
}
