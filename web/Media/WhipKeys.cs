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
            throw new StartupException(
                $"密钥文件已损坏 {path} is damaged: restore it from a backup, or remove it and give every camera its new key");
        }
    }

    /// <summary>The present version of a room's key; 0 for a room that is not on the books.</summary>
    public int VersionOf(string roomId) => _book.FindRoom(roomId) is null ? 0 : _book.KeyVersion(roomId).Version;

    /// <summary>The key of a room on the books, in its present version.</summary>
    public string KeyOf(string roomId) => KeyOf(roomId, _book.KeyVersion(roomId).Version);

    /// <summary>
    /// Whether this is the key of a room on the books. The time does not depend on where the keys differ, nor on whether
    /// there is such a room.
    /// </summary>
    public bool Matches(string roomId, string presented)
    {
        bool isKnown = _book.FindRoom(roomId) is not null;
        string key = KeyOf(roomId, VersionOf(roomId));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(presented)) && isKnown;
    }

    private string KeyOf(string roomId, int version)
    {
        string named = string.Create(CultureInfo.InvariantCulture, $"{roomId}:{version}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(_master, Encoding.UTF8.GetBytes(named)));
    }
}
