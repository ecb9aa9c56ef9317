using System.Buffers.Binary;
using System.Net;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>STUN requests and responses, most of them with a fingerprint that fits, so that their attributes are read.</summary>
internal sealed class StunTarget : FuzzTarget
{
    private static readonly byte[] Password = "VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray();
    private static readonly IPEndPoint Mapped = new(IPAddress.Parse("2001:db8::1"), 32853);

    private readonly byte[] _written = new byte[Stun.MaximumWrittenLength];

    public override string Name => "stun";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. StunCorpus.Requests(Password), .. StunCorpus.Responses(Password)];

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        if (!random.OneIn(4))
        {
            MakeConsistent(input);
        }

        if (Stun.TryParseBindingRequest(input, out var request))
        {
            _ = request.LocalUfrag.Length + request.RemoteUfrag.Length + request.TransactionId.Length;
            Stun.VerifyIntegrity(request, Password);
            Stun.WriteBindingSuccess(_written, request, Mapped, Password);
            Stun.WriteBindingError(_written, request, StunErrorCode.UnknownAttribute, Password);
        }

        if (Stun.TryParseBindingResponse(input, out var response))
        {
            response.VerifyIntegrity(Password);
            response.TryGetMappedAddress(out _);
        }
    }

    /// <summary>Sets header length and fingerprint to what the content asks for.</summary>
    public static void MakeConsistent(Span<byte> message)
    {
        if (message.Length < StunMessage.HeaderLength + StunMessage.FingerprintAttributeLength)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)(message.Length - StunMessage.HeaderLength));
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], StunMessage.MagicCookie);
        var fingerprint = message[^StunMessage.FingerprintAttributeLength..];
        BinaryPrimitives.WriteUInt16BigEndian(fingerprint, StunAttribute.Fingerprint);
        BinaryPrimitives.WriteUInt16BigEndian(fingerprint[2..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(
            fingerprint[4..], StunMessage.Fingerprint(message[..^StunMessage.FingerprintAttributeLength]));
    }
}
