using System.Security.Cryptography;
using System.Text;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>One side's ice-ufrag and ice-pwd (RFC 8839 section 5.4). Its text form does not show the password.</summary>
public sealed class IceCredentials
{
    // ice-char of RFC 8839, less '+' and '/': 62 letters and digits, almost 6 bits each.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int UfragLength = 8;
    private const int PasswordLength = 24;

    private readonly byte[] _passwordBytes;

    /// <summary>Wraps credentials read from a session description.</summary>
    /// <param name="ufrag">4 to 256 ice-chars.</param>
    /// <param name="password">22 to 256 ice-chars.</param>
    public IceCredentials(string ufrag, string password)
    {
        Ufrag = ufrag;
        Password = password;
        _passwordBytes = Encoding.UTF8.GetBytes(password);
    }

    /// <summary>The user name fragment.</summary>
    public string Ufrag { get; }

    /// <summary>The password; keep it out of logs.</summary>
    public string Password { get; }

    /// <summary>The password in UTF-8, as MESSAGE-INTEGRITY takes it.</summary>
    public ReadOnlySpan<byte> PasswordBytes => _passwordBytes;

    /// <summary>Makes fresh credentials: 47 bits of ufrag and 142 bits of password (RFC 8445 section 5.3 asks for 24 and 128).</summary>
    public static IceCredentials Create() => new(
        RandomNumberGenerator.GetString(Alphabet, UfragLength),
        RandomNumberGenerator.GetString(Alphabet, PasswordLength));

    /// <inheritdoc />
    public override string ToString() => $"ufrag {Ufrag}";
}
