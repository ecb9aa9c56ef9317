using Microsoft.Data.Sqlite;
using Xunke.Actors.Records;

namespace Xunke.Tests.Support;

/// <summary>A place for an SQLite file in a folder of its own that goes with it.</summary>
internal sealed class TempDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-db-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "xunke.db");

    public void Dispose()
    {
        using (var connection = new SqliteConnection(SqliteDatabase.ConnectionString(Path)))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
    }
}
