using Microsoft.Data.Sqlite;

namespace Xunke.Actors.Records;

/// <summary>The embedded database, as records and the actors' state both want it.</summary>
public static class SqliteDatabase
{
    /// <summary>The connection string for a file: foreign keys are enforced, and who finds the file busy waits up to 5 s.</summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        DefaultTimeout = 5,
    }.ToString();
}
