using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Client;

/// <summary>
/// A camera simulator: publishes a file over WHIP (RFC 9725) as a recorder would, in real time, and comes back by
/// itself when the server was away. Several may run in one process.
/// </summary>
public sealed partial class WhipPublisher : IAsyncDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestRequestedPause = TimeSpan.FromSeconds(60);

    private readonly WhipPublisherOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _disposal = new();
    private readonly MediaClock _clock;
    private Task _run = Task.CompletedTask;
    private long _earlierPackets;
    private volatile OutgoingStream? _video;

    /// <summary>Prepares a publisher; nothing happens before <see cref="RunAsync"/>.</summary>
    public WhipPublisher(WhipPublisherOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        _options = options;
        _time = time;
        _clock = new MediaClock(time);
        _logger = loggers.CreateLogger<WhipPublisher>();
    }

    /// <summary>What it is doing.</summary>
    public PublisherState State { get; private set; }

    /// <summary>Video packets sent so far, retransmissions left out.</summary>
    public long PacketsSent => Interlocked.Read(ref _earlierPackets) + (_video?.Packets ?? 0);

    /// <summary>Publishes until the file ends (when it does not loop) or <paramref name="cancellationToken"/> asks to stop; both end
    /// normally.</summary>
    /// <exception cref="PublishException">Trying again would not help: the message is for the person who started it.</exception>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_run.IsCompleted)
        {
            throw new InvalidOperationException("The publisher runs already.");
        }

        _run = RunUntilStoppedAsync(cancellationToken);
        return _run;
    }

    /// <summary>Stops, deleting the session, and waits for the end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposal.Dispose();
    }

    private async Task RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token);
        try
        {
            State = PublisherState.Connecting;
            var clip = await ClipProbe.ReadAsync(_options.File, stop.Token).ConfigureAwait(false);
            await RepeatSessionsAsync(clip, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: the normal end.
        }
        finally
        {
            State = PublisherState.Stopped;
        }
    }

    private async Task RepeatSessionsAsync(ClipDescription clip, CancellationToken stop)
    {
        using var certificate = DtlsCertificate.Create(_time);
        using var whip = new WhipClient(_options.Url, _options.Key);
        var player = new ClipPlayer(_options, clip, _clock);
        var pause = FirstPause;
        var isAway = false;
        while (true)
        {
            try
            {
                State = PublisherState.Connecting;
                await PublishOnceAsync(whip, certificate, clip, player, stop).ConfigureAwait(false);
                return;
            }
            catch (PublishRetryException fault)
            {
                if (State == PublisherState.Connected)
                {
                    pause = FirstPause;
                    isAway = false;
                }

                LogAway(isAway ? LogLevel.Debug : LogLevel.Warning, _options.Url, fault.Message);
                isAway = true;
                State = PublisherState.Waiting;
                await Task.Delay(Jitter(fault.RetryAfter is { } asked && asked < LongestRequestedPause ? asked : pause), _time, stop)
                    .ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>One session, from offer to end. Returns when the file has ended.</summary>
    private async Task PublishOnceAsync(
        WhipClient whip, DtlsCertificate certificate, ClipDescription clip, ClipPlayer player, CancellationToken stop)
    {
        var offer = new PublishOffer
        {
            Credentials = IceCredentials.Create(),
            Fingerprint = certificate.Fingerprint,
            ProfileLevelId = clip.ProfileLevelId,
            HasAudio = clip.HasAudio,
        };
        var resource = await whip.CreateAsync(offer.Write(), stop).ConfigureAwait(false);
        try
        {
            var answer = PublishAnswer.Parse(resource.Answer);
            var agent = new IceAgent(offer.Credentials, answer.Credentials);
            var path = await agent.ConnectAsync(answer.Candidates, _time, ConnectPatience, stop).ConfigureAwait(false);
            var transport = new PublishTransport(path, certificate, offer, answer, _clock, _time);
            await using var closing = transport.ConfigureAwait(false);
            await transport.WaitUntilConnectedAsync(ConnectPatience, stop).ConfigureAwait(false);
            State = PublisherState.Connected;
            LogPublishing(_options.File, _options.Url, clip.CopyVideo);
            await PlayAsync(player, transport, clip, stop).ConfigureAwait(false);
        }
        finally
        {
            await whip.DeleteAsync(resource).ConfigureAwait(false);
        }
    }

    private async Task PlayAsync(ClipPlayer player, PublishTransport transport, ClipDescription clip, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _video = transport.Video;
        var playing = player.PlayAsync(Position(clip.Duration), transport, end.Token);
        try
        {
            if (await Task.WhenAny(playing, transport.Lost).ConfigureAwait(false) == transport.Lost)
            {
                throw new PublishRetryException(await transport.Lost.ConfigureAwait(false));
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _video = null;
            Interlocked.Add(ref _earlierPackets, transport.Video.Packets);
        }

        await playing.ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>A camera's time goes on while the server is away: each session begins where the file would be by now.</summary>
    private TimeSpan Position(TimeSpan duration)
    {
        var position = _options.StartAt + (_options.Loop ? TimeSpan.FromMicroseconds(_clock.Now) : TimeSpan.Zero);
        return duration > TimeSpan.Zero ? TimeSpan.FromTicks(position.Ticks % duration.Ticks) : _options.StartAt;
    }

    /// <summary>Spreads the return of many cameras over a quarter of the pause.</summary>
    private static TimeSpan Jitter(TimeSpan pause) => pause * (0.875 + (Random.Shared.NextDouble() / 4));

    [LoggerMessage(Level = LogLevel.Information, Message = "Publishing {File} to {Url} (video copied: {CopyVideo})")]
    private partial void LogPublishing(string file, Uri url, bool copyVideo);

    [LoggerMessage(Message = "Not publishing to {Url}: {Reason}; trying again")]
    private partial void LogAway(LogLevel level, Uri url, string reason);
}
