using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;

namespace Xunke.Web.Media;

/// <summary>
/// The bearer keys of the rooms' WHIP addresses. A key is derived from one master secret, the room and the version of
/// its key: no key is stored, and a rotation only counts the version up.
/// </summary>
internal sealed class WhipKeys
{
    /// <summary>The file of the master secret in the data directory.</summary>
    public const string MasterFile = "whip-master.key";

    private readonly byte[] _master;
    private readonly SchoolBook _book;

    /// <summary>Reads the master secret, or makes one at the first start.</summary>
    /// <exception cref="StartupException">The file is there but is not a secret of ours.</exception>
    public WhipKeys(DataDirectory data, SchoolBook book)
    {
        _book = book;
        string path = data.Combine(MasterFile);
        if (!File.Exists(path))
        {
            data.WriteSecret(MasterFile, RandomNumberGenerator.GetBytes(32));
        }

        _master = File.ReadAllBytes(path);
        if (_master.Length != 32)
        {
            // Making a new one would silently lock out every camera.
            throw new StartupException($"密钥文件已损坏 {path} is damaged: restore it from a backup, or remove it and give every camera its new key");
        }
    }

    /// <summary>The key of a room on the books, in its present version.</summary>
    public string KeyOf(string roomId)
    {
        string named = string.Create(CultureInfo.InvariantCulture, $"{roomId}:{_book.KeyVersion(roomId).Version}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(_master, Encoding.UTF8.GetBytes(named)));
    }

    /// <summary>Compares in a time that does not depend on where the keys differ.</summary>
    public bool Matches(string roomId, string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(KeyOf(roomId)), Encoding.UTF8.GetBytes(presented));
}
