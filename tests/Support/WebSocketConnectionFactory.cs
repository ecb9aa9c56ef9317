using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Xunke.Tests.Support;

/// <summary>Carries a SignalR client over a WebSocket; the client package that brings one cannot be had.</summary>
internal sealed class WebSocketConnectionFactory(CookieContainer cookies) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new WebSocketConnection(socket);
    }

    private sealed class WebSocketConnection : ConnectionContext
    {
        private readonly ClientWebSocket _socket;
        private readonly Pipe _incoming = new();
        private readonly Pipe _outgoing = new();
        private readonly CancellationTokenSource _closed = new();
        private readonly Task _running;

        public WebSocketConnection(ClientWebSocket socket)
        {
            _socket = socket;
            Transport = new Duplex(_incoming.Reader, _outgoing.Writer);
            _running = Task.WhenAll(ReceiveAsync(), SendAsync());
        }

        public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override IDuplexPipe Transport { get; set; }

        public override async ValueTask DisposeAsync()
        {
            await _outgoing.Writer.CompleteAsync();
            await _incoming.Reader.CompleteAsync();
            await _closed.CancelAsync();
            await _running;
            _socket.Dispose();
            _closed.Dispose();
        }

        private async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(_incoming.Writer.GetMemory(4096), _closed.Token);
                    if (received.MessageType == WebSocketMessageType.Close)
                    {
                        break;
                    }

                    _incoming.Writer.Advance(received.Count);
                    if ((await _incoming.Writer.FlushAsync(_closed.Token)).IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
            {
                // Either side has ended the connection; the client hears it from the completed pipe.
            }

            await _incoming.Writer.CompleteAsync();
        }

        private async Task SendAsync()
        {
            try
            {
                while (true)
                {
                    ReadResult read = await _outgoing.Reader.ReadAsync(_closed.Token);
                    foreach (ReadOnlyMemory<byte> segment in read.Buffer)
                    {
                        await _socket.SendAsync(segment, WebSocketMessageType.Text, endOfMessage: true, _closed.Token);
                    }

                    _outgoing.Reader.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
            {
                // As above.
            }

            await _outgoing.Reader.CompleteAsync();
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
