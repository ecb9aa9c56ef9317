using System.Buffers.Binary;
using System.Text;
using Xunke.Streaming.Decoding.Libav;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>
/// What a worker process does: it reads access units, decodes them all, since each leans on the ones before, and
/// sends back those pictures that are asked for. One thread, so that a room costs a decoder and nothing else.
/// </summary>
internal sealed class WorkerLoop(Stream input, Stream output, AnalysisSize size) : IDisposable
{
    private readonly Dictionary<uint, RoomDecoder> _rooms = [];
    private readonly PictureScaler _scaler = new();
    private readonly byte[] _prefix = new byte[WorkerProtocol.PrefixLength];
    private readonly byte[] _outgoing = new byte[
        WorkerProtocol.FrameHeaderLength + (size.MaximumWidth * size.MaximumHeight * 3) + PictureScaler.Slack];

    private byte[] _body = new byte[64 * 1024];

    /// <summary>Runs until the input ends.</summary>
    /// <exception cref="InvalidDataException">The other side broke the protocol.</exception>
    public void Run()
    {
        try
        {
            SendHello(LibavLibraries.EnsureLoaded());
            LibavNative.av_log_set_level(LibavNative.LogNothing);
        }
        catch (LibavException missing)
        {
            SendRefusal(missing.Message);
            throw;
        }

        while (input.ReadAtLeast(_prefix, _prefix.Length, throwOnEndOfStream: false) == _prefix.Length)
        {
            var (kind, rest) = WorkerProtocol.ReadPrefix(_prefix);
            Handle(kind, ReadBody(rest));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var room in _rooms.Values)
        {
            room.Dispose();
        }

        _scaler.Dispose();
    }

    private ReadOnlySpan<byte> ReadBody(int length)
    {
        if (length > WorkerProtocol.UnitHeaderLength + WorkerProtocol.LargestUnit)
        {
            throw new InvalidDataException($"A message of {length} bytes.");
        }

        if (length > _body.Length)
        {
            _body = new byte[Math.Max(length, _body.Length * 2)];
        }

        var body = _body.AsSpan(0, length);
        input.ReadExactly(body);
        return body;
    }

    private void Handle(byte kind, ReadOnlySpan<byte> body)
    {
        switch (kind)
        {
            case WorkerProtocol.Unit:
                Decode(UnitHeader.Read(body, out var data), data);
                break;
            case WorkerProtocol.Forget when body.Length == sizeof(uint):
                if (_rooms.Remove(BinaryPrimitives.ReadUInt32LittleEndian(body), out var room))
                {
                    room.Dispose();
                }

                break;
            default:
                throw new InvalidDataException($"A message of kind {kind} with {body.Length} bytes.");
        }
    }

    private void Decode(in UnitHeader header, ReadOnlySpan<byte> data)
    {
        if (!_rooms.TryGetValue(header.Room, out var room) || room.Codec != header.Codec)
        {
            room?.Dispose();
            room = new RoomDecoder(header.Codec);
            _rooms[header.Room] = room;
        }

        switch (room.Decode(header, data))
        {
            case DecodeOutcome.Picture:
                SendFrame(header, room);
                break;
            case DecodeOutcome.Error:
                SendError(header);
                break;
        }
    }

    private unsafe void SendFrame(in UnitHeader unit, RoomDecoder room)
    {
        var picture = room.Decoder.Newest;
        var (width, height) = size.Fit(picture->Width, picture->Height);
        var header = new FrameHeader(unit.Room, unit.CapturedAt, picture->Width, picture->Height, width, height);
        if (!_scaler.TryScale(picture, width, height, _outgoing.AsSpan(WorkerProtocol.FrameHeaderLength)))
        {
            SendError(unit);
            return;
        }

        var message = _outgoing.AsSpan(0, WorkerProtocol.FrameHeaderLength + header.PixelLength);
        header.Write(message);
        output.Write(message);
    }

    private void SendError(in UnitHeader unit)
    {
        Span<byte> message = stackalloc byte[WorkerProtocol.ErrorLength];
        WorkerProtocol.WritePrefix(message, message.Length, WorkerProtocol.Error);
        BinaryPrimitives.WriteUInt32LittleEndian(message[WorkerProtocol.PrefixLength..], unit.Room);
        message[^1] = (byte)(unit.IsKey ? 1 : 0);
        output.Write(message);
    }

    private void SendHello(Version libavcodec)
    {
        Span<byte> message = stackalloc byte[WorkerProtocol.HelloLength];
        WorkerProtocol.WritePrefix(message, message.Length, WorkerProtocol.Hello);
        var fields = message[WorkerProtocol.PrefixLength..];
        fields[0] = WorkerProtocol.Version;
        fields[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], (ushort)libavcodec.Major);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], (ushort)libavcodec.Minor);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], (ushort)libavcodec.Build);
        output.Write(message);
    }

    private void SendRefusal(string reason)
    {
        var text = Encoding.UTF8.GetBytes(reason);
        var message = new byte[WorkerProtocol.PrefixLength + Math.Min(text.Length, WorkerProtocol.LongestRefusal)];
        WorkerProtocol.WritePrefix(message, message.Length, WorkerProtocol.Refuse);
        text.AsSpan(0, message.Length - WorkerProtocol.PrefixLength).CopyTo(message.AsSpan(WorkerProtocol.PrefixLength));
        output.Write(message);
    }
}
