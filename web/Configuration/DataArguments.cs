namespace Xunke.Web.Configuration;

/// <summary>Which server's data a command at the console is about.</summary>
/// <param name="Directory">The data directory.</param>
/// <param name="Database">What --database says; null where nothing was said.</param>
internal sealed record DataArguments(string Directory, string? Database)
{
    /// <summary>Reads the rest of a command line.</summary>
    /// <exception cref="StartupException">It has something else; the message is the usage.</exception>
    public static DataArguments Read(IEnumerable<string> arguments, string usage)
    {
        var named = new DataArguments("./data", null);
        foreach (string[] pair in arguments.Chunk(2))
        {
            named = pair switch
            {
                ["--data", var directory] => named with { Directory = directory },
                ["--database", var database] => named with { Database = database },
                _ => throw new StartupException(usage),
            };
        }

        return named;
    }
}
