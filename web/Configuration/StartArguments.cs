using System.CommandLine;
using System.Globalization;

namespace Xunke.Web.Configuration;

/// <summary>What the command line of <c>xunke serve</c> says, as settings that override web/appsettings.json.</summary>
internal sealed class StartArguments
{
    private static readonly Option<int?> Port =
        Words.Number("--port", "N", 0, 65535, "网页端口 port of the web pages, on every interface (8080)");

    private static readonly Option<bool> NoDemo = new("--no-demo")
    {
        Description = "不要演示区县 start without the demo district and its simulated cameras",
    };

    private static readonly (Option<string?> Option, string Key)[] Texts =
    [
        (Words.Text("--urls", "URLS", "网页地址 addresses to listen on instead, such as http://127.0.0.1:8080"), "Urls"),
        (DataArguments.DataOption, "Data:Directory"),
        (DataArguments.DatabaseOption, "Database:ConnectionString"),
        (Words.Text("--schools", "FILE", "学校和教室 CSV puts schools and rooms on the books (with --no-demo)"), "Books:Schools"),
        (Words.Text("--accounts", "FILE", "帐号 CSV makes accounts; their passwords go to DIR/new-accounts.csv (with --no-demo)"),
            "Books:Accounts"),
    ];

    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings that were given, by configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>The command, with <c>--Section:Key VALUE</c> for whatever has no option of its own.</summary>
    public static Command Describe(string name)
    {
        var command = new Command(name, "启动（默认命令） runs the server, which is also what xunke does without a command; "
            + "--Section:Key VALUE 覆盖配置 overrides one setting of appsettings.json, such as --Media:UdpPort 8190")
        {
            Port, NoDemo,
        };
        Array.ForEach(Texts, text => command.Add(text.Option));
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }

    /// <summary>Reads a command line without the command.</summary>
    /// <exception cref="StartupException">It is not one; the message says where.</exception>
    public static StartArguments Parse(IReadOnlyList<string> words) => Read(Describe("serve").Parse(words, Words.AsTheyStand));

    /// <summary>Reads what the command was told.</summary>
    /// <exception cref="StartupException">It cannot be; the message says where.</exception>
    public static StartArguments Read(ParseResult words)
    {
        if (words.Errors is [var wrong, ..])
        {
            throw new StartupException(wrong.Message);
        }

        var read = new StartArguments();
        foreach ((Option<string?> option, string key) in Texts)
        {
            read.Set(key, words.GetValue(option));
        }

        read.Set("Port", words.GetValue(Port)?.ToString(CultureInfo.InvariantCulture));
        read.Set("Demo:Enabled", words.GetValue(NoDemo) ? "false" : null);
        read.Set("Database:Provider", words.GetValue(DataArguments.DatabaseOption) is null ? null : DatabaseSettings.PostgreSql);
        var others = new Queue<string>(words.UnmatchedTokens);
        while (others.TryDequeue(out string? word))
        {
            string[] parts = word.Split('=', 2);
            if (!parts[0].StartsWith("--", StringComparison.Ordinal) || !parts[0].Contains(':', StringComparison.Ordinal))
            {
                throw new StartupException($"{parts[0]}: 不认识的参数 unknown argument (xunke serve --help)");
            }

            read.Set(parts[0][2..], parts.Length == 2 ? parts[1]
                : others.TryDequeue(out string? value) ? value : throw new StartupException($"{parts[0]} 缺少参数 needs a value"));
        }

        return read;
    }

    private void Set(string key, string? value)
    {
        if (value is not null)
        {
            _settings[key] = value;
        }
    }
}
