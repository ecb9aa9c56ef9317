using Xunke.Actors.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Audit;

/// <summary>
/// Puts looks on record: somebody begins to watch a room, a school's wall or the district's, or reads a lesson or a list.
/// One line an account, target and look: what is watched again within ten minutes of the last time, as after a
/// reconnection, is the same look. The line comes first; without it the look is not given. How long it lasts is kept beside the trail.
/// </summary>
internal sealed partial class Looks(AuditTrail audit, TimeProvider time, ILogger<Looks> log)
{
    private static readonly TimeSpan SameLook = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string UserName, string Action, string Target), Look> _looks = [];
    private long _prunedAt = time.GetTimestamp();

    /// <summary>Makes sure that a look is on record.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="action">What kind of look, such as <see cref="LookKinds.Room"/>.</param>
    /// <param name="target">At what, such as a room's id.</param>
    /// <param name="purpose">Why; null: the standing purpose of the caller's role.</param>
    /// <exception cref="RecordsUnavailableException">The line cannot be written: the look must not be given.</exception>
    public async Task RecordAsync(Caller caller, string action, string target, string? purpose = null)
    {
        (string, string, string) key = (caller.UserName, action, target);
        purpose ??= LookKinds.StandingPurpose(caller.Role);
        Look look = Begin(key, purpose, () => audit.RecordAsync(caller.UserName, action, target, purpose));
        try
        {
            await look.Written.Value;
        }
        catch (Exception fault)
        {
            Forget(key, look);
            if (fault is not RecordsUnavailableException { Fault: RecordsFault.Damaged })
            {
                throw;
            }

            // A bad page in a history must not keep the rooms from being seen; the log is the record until it is mended.
            LogUnrecorded(fault, caller.UserName, action, target);
        }
    }

    /// <summary>The same for what is watched until <see cref="End"/>: how long is put on record too.</summary>
    /// <exception cref="RecordsUnavailableException">The line cannot be written: the look must not be given.</exception>
    public async Task WatchAsync(Caller caller, string action, string target, string? purpose = null)
    {
        await RecordAsync(caller, action, target, purpose);
        lock (_gate)
        {
            if (_looks.TryGetValue((caller.UserName, action, target), out Look? look))
            {
                look.Watchers++;
                look.IsUnsaved = true;
            }
        }
    }

    /// <summary>The same for sums in which no room is told apart: they are shown even when the line cannot be written.</summary>
    public async Task TryRecordAsync(Caller caller, string action, string target, string? purpose = null)
    {
        try
        {
            await RecordAsync(caller, action, target, purpose);
        }
        catch (RecordsUnavailableException fault)
        {
            LogUnrecorded(fault, caller.UserName, action, target);
        }
    }

    /// <summary>Somebody stops watching: a look within ten minutes from now is the same one.</summary>
    public void End(string userName, string action, string target)
    {
        lock (_gate)
        {
            if (_looks.TryGetValue((userName, action, target), out Look? look))
            {
                look.Watchers = Math.Max(0, look.Watchers - 1);
                look.SeenAt = time.GetTimestamp();
                look.To = time.GetUtcNow();
            }
        }
    }

    /// <summary>How long those looks have lasted of which not all is on record.</summary>
    public IReadOnlyList<LookLength> Lengths()
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            return [.. _looks.Where(one => one.Value.IsUnsaved).Select(one => new LookLength
            {
                Id = one.Value.Id,
                UserName = one.Key.UserName,
                Action = one.Key.Action,
                Target = one.Key.Target,
                Purpose = one.Value.Purpose,
                From = one.Value.From,
                To = one.Value.Watchers > 0 ? now : one.Value.To,
            })];
        }
    }

    /// <summary>So long they are on record.</summary>
    public void Saved(IReadOnlyCollection<LookLength> lengths)
    {
        var saved = lengths.ToDictionary(one => one.Id, one => one.To);
        lock (_gate)
        {
            foreach (Look look in _looks.Values.Where(look => saved.ContainsKey(look.Id)))
            {
                look.IsUnsaved = look.Watchers > 0 || look.To > saved[look.Id];
            }
        }
    }

    private Look Begin((string, string, string) key, string purpose, Func<Task> write)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_prunedAt) >= SameLook)
            {
                _prunedAt = time.GetTimestamp();
                foreach ((string, string, string) old in _looks.Where(one => IsOver(one.Value)).Select(one => one.Key).ToList())
                {
                    _looks.Remove(old);
                }
            }

            if (!_looks.TryGetValue(key, out Look? look) || IsOver(look))
            {
                // Whoever asks for the same look meanwhile waits for the same line.
                look = new Look(purpose, time.GetUtcNow(), new Lazy<Task>(write));
                _looks[key] = look;
            }

            look.SeenAt = time.GetTimestamp();
            return look;
        }
    }

    private bool IsOver(Look look) => look.Watchers == 0 && time.GetElapsedTime(look.SeenAt) >= SameLook;

    private void Forget((string, string, string) key, Look look)
    {
        lock (_gate)
        {
            if (_looks.GetValueOrDefault(key) == look)
            {
                _looks.Remove(key);
            }
        }
    }

    private sealed class Look(string purpose, DateTimeOffset from, Lazy<Task> written)
    {
        public Guid Id { get; } = Guid.NewGuid();

        public string Purpose => purpose;

        public DateTimeOffset From { get; } = from;

        public DateTimeOffset To { get; set; } = from;

        public int Watchers { get; set; }

        public bool IsUnsaved { get; set; }

        public Lazy<Task> Written => written;

        public long SeenAt { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A look is on no record ({UserName} {Action} {Target})")]
    private partial void LogUnrecorded(Exception fault, string userName, string action, string target);
}
