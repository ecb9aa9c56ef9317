using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// A port on loopback at which one FFmpeg finds its input and its outputs, each under an unguessable path of its own
/// that opens once. When all have come, the port is closed.
/// </summary>
internal sealed class LoopbackDoor : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly string _root;
    private readonly Dictionary<string, TaskCompletionSource<Entry>> _awaited;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    /// <summary>Opens a door.</summary>
    public LoopbackDoor(params ReadOnlySpan<string> names)
    {
        _awaited = names.ToArray().ToDictionary(
            name => name, _ => new TaskCompletionSource<Entry>(TaskCreationOptions.RunContinuationsAsynchronously));
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _root = $"rtsp://{_listener.LocalEndPoint}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}/";
        _accepting = AcceptAsync(_closing.Token);
    }

    /// <summary>Who came in.</summary>
    /// <param name="Connection">Its connection.</param>
    /// <param name="First">Its first request.</param>
    public sealed record Entry(RtspConnection Connection, RtspMessage First);

    /// <summary>Takes the door's own address out of a text: it says nothing to anybody.</summary>
    public string? Unnamed(string? text) => text?.Replace(_root, "", StringComparison.Ordinal);

    /// <summary>Where a name is awaited.</summary>
    public string Address(string name) => _root + name;

    /// <summary>Waits for a name to come in.</summary>
    public Task<Entry> EnterAsync(string name, CancellationToken cancellationToken) => _awaited[name].Task.WaitAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        foreach (var entry in _awaited.Values.Where(entry => entry.Task.IsCompletedSuccessfully))
        {
            await (await entry.Task.ConfigureAwait(false)).Connection.DisposeAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        using (_listener)
        {
            try
            {
                while (_awaited.Values.Any(entry => !entry.Task.IsCompleted))
                {
                    var socket = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                    socket.NoDelay = true;
                    await LetInAsync(new RtspConnection(new NetworkStream(socket, ownsSocket: true)), cancellationToken)
                        .ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Closed before all had come.
            }
        }
    }

    private async Task LetInAsync(RtspConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            if (await connection.ReadMessageAsync(cancellationToken).ConfigureAwait(false) is { IsResponse: false } first
                && first.Uri.StartsWith(_root, StringComparison.Ordinal)
                && _awaited.TryGetValue(first.Uri[_root.Length..], out var awaited)
                && awaited.TrySetResult(new Entry(connection, first)))
            {
                return;
            }
        }
        catch (Exception stranger) when (stranger is IOException or RtspException)
        {
            // Not the FFmpeg that was started here.
        }
        catch (OperationCanceledException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
