using System.Globalization;

namespace Xunke.Web.Configuration;

/// <summary>What the command line of <c>xunke serve</c> says, as settings that override web/appsettings.json.</summary>
internal sealed class StartArguments
{
    private const string Help = """
        巡课 Xunke

          xunke [serve] [--port N] [--data DIR] [--database TEXT] [--no-demo] [--schools FILE] [--accounts FILE] [--urls URLS] [--Section:Key VALUE]...
          xunke publish FILE --to URL --key KEY
          xunke analyse FILE-or-FOLDER [--out DIR] [--camera front|rear] [--enrolled N] [--overlay] [--every SECONDS]
          xunke audit verify [--data DIR] [--database TEXT] [--head FILE]
          xunke audit head [--data DIR] [--database TEXT]
          xunke compact [--data DIR]
          xunke accounts list | password USER | lock USER | unlock USER [--data DIR] [--database TEXT]
          xunke --help

          --port N             网页端口 port of the web pages, on every interface (8080)
          --urls URLS          网页地址 addresses to listen on instead, such as http://127.0.0.1:8080
          --data DIR           数据目录 where the database, keys and models are kept (./data)
          --database TEXT      使用 PostgreSQL keeps the records in PostgreSQL: "Host=db;Database=xunke;Username=xunke" (docs/database.md)
          --no-demo            不要演示区县 start without the demo district and its simulated cameras
          --schools FILE       学校和教室 CSV puts schools and rooms on the books (with --no-demo)
          --accounts FILE      帐号 CSV makes accounts; their passwords go to DIR/new-accounts.csv (with --no-demo)
          --Section:Key VALUE  覆盖配置 overrides one setting of appsettings.json, such as --Media:UdpPort 8190

        """;

    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings that were given, by configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary><c>xunke --help</c>.</summary>
    public static int PrintHelp()
    {
        Console.WriteLine(Help);
        return 0;
    }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="StartupException">It is not one; the message says where.</exception>
    public static StartArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new StartArguments();
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            string name = parts[0];
            if (name == "--no-demo" && parts.Length == 1)
            {
                parsed._settings["Demo:Enabled"] = "false";
                continue;
            }

            string key = KeyOf(name);
            string value = parts.Length == 2 ? parts[1]
                : i + 1 < arguments.Count ? arguments[++i]
                : throw new StartupException($"{name} 缺少参数 needs a value");
            if (key == "Port" && (!int.TryParse(value, CultureInfo.InvariantCulture, out int port) || port is < 0 or > 65535))
            {
                throw new StartupException($"--port {value}: 不是端口号 not a port number");
            }

            parsed._settings[key] = value;
            if (name == "--database")
            {
                parsed._settings["Database:Provider"] = DatabaseSettings.PostgreSql;
            }
        }

        return parsed;
    }

    private static string KeyOf(string name) => name switch
    {
        "--port" => "Port",
        "--data" => "Data:Directory",
        "--database" => "Database:ConnectionString",
        "--urls" => "Urls",
        "--schools" => "Books:Schools",
        "--accounts" => "Books:Accounts",
        _ when name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal) => name[2..],
        _ => throw new StartupException($"{name}: 不认识的参数 unknown argument (xunke --help)"),
    };
}
