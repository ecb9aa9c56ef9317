using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Xunke.Web.Audit;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Identity;

/// <summary>
/// Puts refused sign-ins in the audit trail without letting a guesser fill it: for an account and an address the first
/// one at once, what follows within a minute as one line with its number; at most a hundred such pairs a minute by name, the
/// rest together. Names that no account has are not kept: people type passwords into that field.
/// </summary>
internal sealed partial class SignInRefusals(AuditTrail audit, WorkGuard guard, TimeProvider time, ILogger<SignInRefusals> log)
    : PeriodicWork("audit.refusals", TimeSpan.FromSeconds(5), guard, time)
{
    /// <summary>The action of the lines.</summary>
    public const string Refused = "session.refused";

    private const int MostPairs = 100;
    private const string Unknown = "unknown";

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string UserName, string Address), Pair> _pairs = [];
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A sign-in was refused; returns at once, so that the answer's time tells nothing.</summary>
    /// <param name="userName">The account's name; null where there is no such account.</param>
    /// <param name="address">Where it came from.</param>
    public void Note(string? userName, IPAddress? address)
    {
        (string, string) key = (userName ?? Unknown, Describe(address));
        lock (_gate)
        {
            if (!_pairs.ContainsKey(key) && _pairs.Count >= MostPairs)
            {
                key = ("many", "many");
            }

            if (!_pairs.TryGetValue(key, out Pair? pair))
            {
                _pairs[key] = pair = new Pair(Time.GetTimestamp());
            }

            pair.Untold++;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <inheritdoc />
    protected override Task FinishAsync(CancellationToken cancellationToken) => TellAsync(all: true);

    /// <summary>One long pass, because the first refusal is told at once.</summary>
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        Task<bool> tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        Task<bool> signal = _signal.Reader.ReadAsync(cancellationToken).AsTask();
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(tick, signal);
            tick = tick.IsCompletedSuccessfully ? timer.WaitForNextTickAsync(cancellationToken).AsTask() : tick;
            signal = signal.IsCompletedSuccessfully ? _signal.Reader.ReadAsync(cancellationToken).AsTask() : signal;
            await TellAsync(all: false);
        }
    }

    private async Task TellAsync(bool all)
    {
        List<(string UserName, string Address, Pair Pair, int Count)> due = TakeDue(all);
        if (due.Count == 0)
        {
            return;
        }

        try
        {
            await audit.CommitAsync(deed =>
            {
                foreach ((string userName, string address, _, int count) in due)
                {
                    deed.Tell(userName, Refused, string.Create(CultureInfo.InvariantCulture, $"{userName} from {address}: {count}"));
                }
            });
        }
        catch (Exception fault)
        {
            // They are counted again and told later.
            LogUntold(fault);
            lock (_gate)
            {
                foreach ((string userName, string address, Pair pair, int count) in due)
                {
                    pair.Untold += count;
                    pair.Told = false;
                    _pairs.TryAdd((userName, address), pair);
                }
            }
        }
    }

    private List<(string UserName, string Address, Pair Pair, int Count)> TakeDue(bool all)
    {
        List<(string UserName, string Address, Pair Pair, int Count)> due = [];
        lock (_gate)
        {
            foreach (((string UserName, string Address) key, Pair pair) in _pairs.ToList())
            {
                bool over = all || Time.GetElapsedTime(pair.Begun) >= Together;
                if (pair.Untold > 0 && (over || !pair.Told))
                {
                    due.Add((key.UserName, key.Address, pair, pair.Untold));
                    pair.Untold = 0;
                    pair.Told = true;
                }

                if (over)
                {
                    _pairs.Remove(key);
                }
            }
        }

        return due;
    }

    private static string Describe(IPAddress? address) =>
        address is null ? Unknown : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private sealed class Pair(long begun)
    {
        public long Begun => begun;

        public int Untold { get; set; }

        public bool Told { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused sign-ins cannot be put in the audit trail for now")]
    private partial void LogUntold(Exception fault);
}
