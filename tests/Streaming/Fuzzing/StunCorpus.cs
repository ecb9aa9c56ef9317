using System.Net;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>STUN messages as the own code writes them.</summary>
internal static class StunCorpus
{
    private static readonly byte[] Transaction = [.. Enumerable.Range(1, Stun.TransactionIdLength).Select(i => (byte)i)];

    /// <summary>Connectivity checks.</summary>
    public static IEnumerable<byte[]> Requests(byte[] password, string username = "evtjevtj:h6vY")
    {
        foreach (var nominated in (bool[])[false, true])
        {
            yield return Write(destination => Stun.WriteBindingRequest(
                destination,
                new IceCheck
                {
                    Username = System.Text.Encoding.UTF8.GetBytes(username),
                    Priority = 0x6E0001FF,
                    TieBreaker = 0x932FF9B151263B36,
                    UseCandidate = nominated
                },
                Transaction,
                password));
        }
    }

    /// <summary>Success responses for both address families, and errors.</summary>
    public static IEnumerable<byte[]> Responses(byte[] password)
    {
        var request = Requests(password).First();
        foreach (var address in (string[])["192.0.2.1", "2001:db8:1234:5678:11:2233:4455:6677"])
        {
            yield return Write(destination =>
                Stun.TryParseBindingRequest(request, out var parsed)
                    ? Stun.WriteBindingSuccess(destination, parsed, new IPEndPoint(IPAddress.Parse(address), 32853), password)
                    : 0);
        }

        foreach (var error in (StunErrorCode[])[StunErrorCode.RoleConflict, StunErrorCode.UnknownAttribute])
        {
            yield return Write(destination =>
                Stun.TryParseBindingRequest(request, out var parsed) ? Stun.WriteBindingError(destination, parsed, error, password) : 0);
        }
    }

    private static byte[] Write(Func<byte[], int> write)
    {
        var message = new byte[Stun.MaximumWrittenLength];
        return message[..write(message)];
    }
}
