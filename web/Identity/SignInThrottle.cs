using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;

namespace Xunke.Web.Identity;

/// <summary>Where an attempt to sign in comes from.</summary>
/// <param name="Network">The client's address, as <see cref="ClientNetwork"/> puts it.</param>
/// <param name="IsLoopback">Whether that is this host.</param>
/// <param name="Device">A browser that has signed in to this very account before; null for any other.</param>
internal sealed record SignInSource(string Network, bool IsLoopback, string? Device);

/// <summary>How long an attempt has to wait.</summary>
/// <param name="Wait">The time; above zero.</param>
/// <param name="OfAddress">Whether the address has guessed at too many names; otherwise it is this name that was guessed at.</param>
internal sealed record SignInWait(TimeSpan Wait, bool OfAddress);

/// <summary>
/// Makes guessing slow without letting a stranger shut anybody out: failures are counted for a name together with where they
/// come from, and a browser that has signed in before is counted by itself. It treats names alike whether an account has them
/// or not. Failures are charged before the password is looked at, so that many attempts at once do not slip through.
/// </summary>
internal sealed class SignInThrottle
{
    // Guesses from many addresses at one name, for an hour; only browsers that it does not know have to wait for it.
    private const int SpreadGuesses = 100;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly FailureTable _pairs;
    private readonly FailureTable _names;
    private readonly FailureTable _networks;

    public SignInThrottle(IOptions<IdentitySettings> settings, TimeProvider time)
    {
        _time = time;
        var longest = TimeSpan.FromMinutes(settings.Value.LockoutMinutes);
        TimeSpan Growing(int beyond) => beyond > 20
            ? longest
            : TimeSpan.FromTicks(Math.Min(longest.Ticks, FirstWait.Ticks << (beyond - 1)));
        _pairs = new FailureTable(settings.Value.WrongGuesses, Memory, Growing);
        _names = new FailureTable(SpreadGuesses, Memory, Growing);
        _networks = new FailureTable(settings.Value.LoginsPerMinute, Minute, wait: null);
    }

    /// <summary>Charges an attempt as if it failed, unless it has to wait.</summary>
    /// <returns>The wait, or null when the password may be looked at.</returns>
    public SignInWait? Begin(string name, SignInSource source)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            if (WaitOf(name, source, now) is { } wait)
            {
                return wait;
            }

            _pairs.Add(PairOf(name, source), now);
            if (source.Device is null)
            {
                _networks.Add(source.Network, now);
                _names.Add(name, now);
            }

            return null;
        }
    }

    /// <summary>How long the next attempt has to wait, or null.</summary>
    public SignInWait? WaitOf(string name, SignInSource source)
    {
        lock (_gate)
        {
            return WaitOf(name, source, _time.GetUtcNow());
        }
    }

    /// <summary>The attempt that was charged succeeded.</summary>
    public void Succeed(string name, SignInSource source)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            _pairs.Forget(PairOf(name, source));
            if (source.Device is null)
            {
                _networks.Remove(source.Network, now);
                _names.Remove(name, now);
            }
        }
    }

    /// <summary>The attempt that was charged was neither: the count is what it was before.</summary>
    public void TakeBack(string name, SignInSource source)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            _pairs.Remove(PairOf(name, source), now);
            if (source.Device is null)
            {
                _networks.Remove(source.Network, now);
                _names.Remove(name, now);
            }
        }
    }

    private SignInWait? WaitOf(string name, SignInSource source, DateTimeOffset now)
    {
        TimeSpan ofName = _pairs.WaitOf(PairOf(name, source), now);
        if (source.Device is null && !source.IsLoopback && _names.WaitOf(name, now) is var spread && spread > ofName)
        {
            ofName = spread;
        }

        TimeSpan ofNetwork = source.Device is null ? _networks.WaitOf(source.Network, now) : TimeSpan.Zero;
        return ofName > TimeSpan.Zero ? new SignInWait(ofName, OfAddress: false)
            : ofNetwork > TimeSpan.Zero ? new SignInWait(ofNetwork, OfAddress: true)
            : null;
    }

    private static string PairOf(string name, SignInSource source) => source.Device is { } device
        ? $"device {device} {name}"
        : $"{source.Network} {name}";
}
