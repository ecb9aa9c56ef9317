using System.Buffers.Binary;
using System.Net;
using System.Text;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Tests.Streaming.Transport.Ice;

public class StunTests
{
    private static readonly IPEndPoint SomeEndPoint = new(IPAddress.Parse("203.0.113.9"), 50123);
    private static readonly byte[] TransactionId = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private static readonly byte[] Password = "a password of 22 bytes"u8.ToArray();

    [Fact]
    public void A_check_written_by_a_client_is_understood_by_the_server()
    {
        var datagram = WriteCheck(useCandidate: true);

        Stun.IsStun(datagram).ShouldBeTrue();
        Stun.TryParseBindingRequest(datagram, out var request).ShouldBeTrue();
        Encoding.UTF8.GetString(request.LocalUfrag).ShouldBe("there");
        Encoding.UTF8.GetString(request.RemoteUfrag).ShouldBe("here");
        request.UseCandidate.ShouldBeTrue();
        request.Role.ShouldBe(IceRole.Controlling);
        request.TieBreaker.ShouldBe(42ul);
        request.Priority.ShouldBe(99u);
        request.VerifyIntegrity(Password).ShouldBeTrue();
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    public void A_success_response_tells_the_client_its_address(string from, string told)
    {
        var from1 = new IPEndPoint(IPAddress.Parse(from), 50123);
        Stun.TryParseBindingRequest(WriteCheck(), out var request).ShouldBeTrue();
        var byEndPoint = new byte[Stun.MaximumWrittenLength];
        var byNativeAddress = new byte[Stun.MaximumWrittenLength];

        var length = Stun.WriteBindingSuccess(byEndPoint, request, from1, Password);
        Stun.WriteBindingSuccess(byNativeAddress, request, from1.Serialize(), Password).ShouldBe(length);

        byNativeAddress.ShouldBe(byEndPoint);
        Stun.TryParseBindingResponse(byEndPoint.AsSpan(0, length), out var response).ShouldBeTrue();
        response.IsSuccess.ShouldBeTrue();
        response.VerifyIntegrity(Password).ShouldBeTrue();
        response.TransactionId.SequenceEqual(TransactionId).ShouldBeTrue();
        response.TryGetMappedAddress(out var mapped).ShouldBeTrue();
        mapped.ShouldBe(new IPEndPoint(IPAddress.Parse(told), 50123));
    }

    [Fact]
    public void A_role_conflict_is_answered_with_487_and_integrity()
    {
        Stun.TryParseBindingRequest(WriteCheck(), out var request).ShouldBeTrue();
        var buffer = new byte[Stun.MaximumWrittenLength];

        var length = Stun.WriteBindingError(buffer, request, StunErrorCode.RoleConflict, Password);

        Stun.TryParseBindingResponse(buffer.AsSpan(0, length), out var response).ShouldBeTrue();
        response.IsSuccess.ShouldBeFalse();
        response.ErrorCode.ShouldBe(StunErrorCode.RoleConflict);
        response.VerifyIntegrity(Password).ShouldBeTrue();
    }

    [Theory]
    [InlineData(StunErrorCode.BadRequest)]
    [InlineData(StunErrorCode.Unauthenticated)]
    public void Credential_errors_carry_no_integrity(StunErrorCode error)
    {
        Stun.TryParseBindingRequest(WriteCheck(), out var request).ShouldBeTrue();
        var buffer = new byte[Stun.MaximumWrittenLength];

        var length = Stun.WriteBindingError(buffer, request, error, default);

        Stun.TryParseBindingResponse(buffer.AsSpan(0, length), out var response).ShouldBeTrue();
        response.ErrorCode.ShouldBe(error);
        response.VerifyIntegrity(Password).ShouldBeFalse();
    }

    [Fact]
    public void An_unknown_mandatory_attribute_is_reported()
    {
        var buffer = new byte[Stun.MaximumWrittenLength];
        var writer = new StunWriter(buffer, StunMessage.BindingRequest, TransactionId);
        writer.Add(0x7FFE, 7u);
        writer.Add(StunAttribute.Username, "there:here"u8);
        var length = writer.Finish(Password);

        Stun.TryParseBindingRequest(buffer.AsSpan(0, length), out var request).ShouldBeTrue();
        request.UnknownAttribute.ShouldBe((ushort)0x7FFE);

        var answer = new byte[Stun.MaximumWrittenLength];
        var answerLength = Stun.WriteBindingError(answer, request, StunErrorCode.UnknownAttribute, Password);
        Stun.TryParseBindingResponse(answer.AsSpan(0, answerLength), out var response).ShouldBeTrue();
        response.ErrorCode.ShouldBe(StunErrorCode.UnknownAttribute);
    }

    [Fact]
    public void A_request_without_integrity_has_no_credentials()
    {
        var buffer = new byte[Stun.MaximumWrittenLength];
        var writer = new StunWriter(buffer, StunMessage.BindingRequest, TransactionId);
        writer.Add(StunAttribute.Username, "there:here"u8);
        var length = writer.Finish(default);

        Stun.TryParseBindingRequest(buffer.AsSpan(0, length), out var request).ShouldBeTrue();

        request.HasCredentials.ShouldBeFalse();
        request.VerifyIntegrity(Password).ShouldBeFalse();
        request.VerifyIntegrity(default).ShouldBeFalse();
    }

    [Fact]
    public void What_follows_the_integrity_is_not_believed()
    {
        // An attacker on the path may append attributes and mend the fingerprint, but not the integrity.
        var check = WriteCheck();
        var buffer = new byte[Stun.MaximumWrittenLength];
        check.AsSpan(..^StunMessage.FingerprintAttributeLength).CopyTo(buffer);
        var end = check.Length - StunMessage.FingerprintAttributeLength;
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(end), StunAttribute.UseCandidate);
        end += 4;
        var length = end + StunMessage.FingerprintAttributeLength;
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), (ushort)(length - StunMessage.HeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(end), StunAttribute.Fingerprint);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(end + 2), 4);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(end + 4), StunMessage.Fingerprint(buffer.AsSpan(0, end)));

        Stun.TryParseBindingRequest(buffer.AsSpan(0, length), out var request).ShouldBeTrue();

        request.VerifyIntegrity(Password).ShouldBeTrue();
        request.UseCandidate.ShouldBeFalse();
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var check = WriteCheck();
        for (var length = 0; length < check.Length; length++)
        {
            Stun.TryParseBindingRequest(check.AsSpan(0, length), out _).ShouldBeFalse($"{length} bytes");
        }
    }

    [Fact]
    public void Random_and_mutated_datagrams_are_survived()
    {
        var random = new Random(5769);
        var sample = WriteCheck();
        var datagram = new byte[1600];
        for (var round = 0; round < 300_000; round++)
        {
            int length;
            if (round % 4 == 0)
            {
                length = random.Next(datagram.Length);
                random.NextBytes(datagram.AsSpan(0, length));
            }
            else
            {
                length = Mutate(random, sample, datagram);
            }

            if (Stun.TryParseBindingRequest(datagram.AsSpan(0, length), out var request))
            {
                _ = request.LocalUfrag.Length + request.RemoteUfrag.Length;
                request.VerifyIntegrity(Password);
            }

            if (Stun.TryParseBindingResponse(datagram.AsSpan(0, length), out var response))
            {
                response.TryGetMappedAddress(out _);
            }
        }
    }

    [Fact]
    public void Answering_a_check_allocates_nothing()
    {
        var check = WriteCheck();
        var answer = new byte[Stun.MaximumWrittenLength];
        var native = SomeEndPoint.Serialize();
        Answer(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Answer(1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Answer(int times)
        {
            for (var time = 0; time < times; time++)
            {
                if (!Stun.TryParseBindingRequest(check, out var request)
                    || !request.VerifyIntegrity(Password)
                    || Stun.WriteBindingSuccess(answer, request, native, Password) == 0)
                {
                    throw new InvalidOperationException("The check was refused.");
                }
            }
        }
    }

    [Fact]
    public void Fresh_credentials_differ_and_keep_their_password_out_of_text()
    {
        var first = IceCredentials.Create();
        var second = IceCredentials.Create();

        first.Ufrag.Length.ShouldBeGreaterThanOrEqualTo(4);
        first.Password.Length.ShouldBeGreaterThanOrEqualTo(22);
        first.Password.ShouldNotBe(second.Password);
        first.ToString().ShouldNotContain(first.Password);
    }

    /// <summary>Flips, inserts and cuts a few bytes, and mends the fingerprint half of the time so that the parser proper is
    /// reached.</summary>
    private static int Mutate(Random random, ReadOnlySpan<byte> sample, Span<byte> datagram)
    {
        var length = random.Next(8) == 0 ? random.Next(20, sample.Length) & ~3 : sample.Length;
        sample[..length].CopyTo(datagram);
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            datagram[random.Next(length)] = (byte)random.Next(256);
        }

        if (random.Next(2) == 0 && length >= 28)
        {
            BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], (ushort)(length - 20));
            BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], StunMessage.MagicCookie);
            BinaryPrimitives.WriteUInt16BigEndian(datagram, random.Next(2) == 0 ? StunMessage.BindingRequest : StunMessage.BindingSuccess);
            BinaryPrimitives.WriteUInt32BigEndian(datagram[(length - 8)..], 0x80280004);
            BinaryPrimitives.WriteUInt32BigEndian(datagram[(length - 4)..], StunMessage.Fingerprint(datagram[..(length - 8)]));
        }

        return length;
    }

    private static byte[] WriteCheck(bool useCandidate = false)
    {
        var buffer = new byte[Stun.MaximumWrittenLength];
        var check = new IceCheck { Username = "there:here"u8, Priority = 99, TieBreaker = 42, UseCandidate = useCandidate };
        return buffer[..Stun.WriteBindingRequest(buffer, check, TransactionId, Password)];
    }
}
