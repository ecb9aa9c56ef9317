using System.CommandLine;

namespace Xunke.Web.Configuration;

/// <summary>Which server's data a command at the console is about.</summary>
/// <param name="Directory">The data directory.</param>
/// <param name="Database">What --database says; null where nothing was said.</param>
internal sealed record DataArguments(string Directory, string? Database)
{
    /// <summary>Where the data are.</summary>
    public static readonly Option<string?> DataOption =
        Words.Text("--data", "DIR", "数据目录 where the database, keys and models are kept (./data)");

    /// <summary>PostgreSQL instead of the data directory's own database.</summary>
    public static readonly Option<string?> DatabaseOption = Words.Text(
        "--database", "TEXT",
        "使用 PostgreSQL keeps the records in PostgreSQL: \"Host=db;Database=xunke;Username=xunke\" (docs/database.md)");

    /// <summary>Reads them.</summary>
    public static DataArguments Read(ParseResult words) => new(words.GetValue(DataOption) ?? "./data", words.GetValue(DatabaseOption));
}
