using System.Text.RegularExpressions;
using Xunke.Actors.Identity;
using Xunke.Web.Configuration;

namespace Xunke.Web.SignInServices;

/// <summary>The services that the settings name, in their order.</summary>
internal sealed partial class SignInServiceBook(IReadOnlyList<SignInService> all)
{
    private const string Section = "SignInServices";

    private static readonly string[] TokenRequests = ["form", "json", "query"];

    /// <summary>All of them.</summary>
    public IReadOnlyList<SignInService> All => all;

    /// <summary>One by its name, or null.</summary>
    public SignInService? Find(string? name) => all.FirstOrDefault(one => one.Name == name);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartupException">One is wrong; the message names it.</exception>
    public static SignInServiceBook Read(IConfiguration configuration)
    {
        List<SignInService> read = [];
        foreach (IConfigurationSection section in configuration.GetSection(Section).GetChildren())
        {
            SignInService one = Read(section);
            if (read.Exists(other => other.Name == one.Name))
            {
                throw Wrong(section, nameof(SignInServiceSettings.Name), $"{one.Name}: 这个名称用了两次 two services have this name");
            }

            read.Add(one);
        }

        return new SignInServiceBook(read);
    }

    private static SignInService Read(IConfigurationSection section)
    {
        SignInServiceSettings settings = Bind(section);
        Check(NameForm().IsMatch(settings.Name), nameof(settings.Name),
            $"须为 1 至 {AccountLink.LongestService} 个小写字母、数字或“-” must be 1 to {AccountLink.LongestService} of a-z, 0-9 and \"-\"");
        Check(settings.Label is { Length: > 0 and <= 30 }, nameof(settings.Label), "须为 1 至 30 个字 must have 1 to 30 letters");
        Check(settings.LabelEn is null or { Length: > 0 and <= 40 }, nameof(settings.LabelEn), "须为 1 至 40 个字 must have 1 to 40 letters");
        Check(settings.ClientId.Length > 0, nameof(settings.ClientId), "没有填写 is missing");
        Check(TokenRequests.Contains(settings.TokenRequest), nameof(settings.TokenRequest),
            "须为 form、json 或 query must be form, json or query");
        CheckAddresses(section, settings);
        foreach ((string key, string name) in NamesOf(settings))
        {
            Check(name.Length > 0, key, "不能为空 must not be empty");
        }

        return new SignInService(settings, ReadSecret(section, settings));

        void Check(bool isRight, string key, string message)
        {
            if (!isRight)
            {
                throw Wrong(section, key, message);
            }
        }
    }

    private static SignInServiceSettings Bind(IConfigurationSection section)
    {
        try
        {
            return section.Get<SignInServiceSettings>(options => options.ErrorOnUnknownConfiguration = true) ?? new SignInServiceSettings();
        }
        catch (InvalidOperationException fault)
        {
            throw new StartupException($"配置有误 invalid settings {section.Path}: {fault.Message}", fault);
        }
    }

    private static void CheckAddresses(IConfigurationSection section, SignInServiceSettings settings)
    {
        (string Key, string? Address)[] own =
        [
            (nameof(settings.AuthorizationEndpoint), settings.AuthorizationEndpoint),
            (nameof(settings.TokenEndpoint), settings.TokenEndpoint),
            (nameof(settings.UserInfoEndpoint), settings.UserInfoEndpoint),
        ];
        if (settings.Authority is not null && Array.Exists(own, one => one.Address is not null))
        {
            throw Wrong(section, nameof(settings.Authority),
                "与三个地址不能同时填写 is given beside endpoints, which it names itself");
        }

        foreach ((string key, string? address) in settings.Authority is { } authority ? [(nameof(settings.Authority), authority)] : own)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? read) || !(read.Scheme == Uri.UriSchemeHttps || IsOfThisMachine(read)))
            {
                throw Wrong(section, key, "须为 https:// 开头的地址 must be an address that begins with https://");
            }
        }
    }

    private static string ReadSecret(IConfigurationSection section, SignInServiceSettings settings)
    {
        if ((settings.ClientSecret is null) == (settings.ClientSecretFile is null))
        {
            throw Wrong(section, nameof(settings.ClientSecret),
                "与 ClientSecretFile 须填其一 or ClientSecretFile must be given, and not both");
        }

        string secret;
        try
        {
            secret = settings.ClientSecret ?? File.ReadAllText(settings.ClientSecretFile!).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Wrong(section, nameof(settings.ClientSecretFile), $"无法读取 cannot be read: {fault.Message}");
        }

        return secret.Length > 0 ? secret : throw Wrong(section, nameof(settings.ClientSecret), "是空的 is empty");
    }

    private static IEnumerable<(string Key, string Name)> NamesOf(SignInServiceSettings settings) =>
    [
        (nameof(settings.SubjectClaim), settings.SubjectClaim),
        (nameof(settings.NameClaim), settings.NameClaim),
        (nameof(settings.ClientIdParameter), settings.ClientIdParameter),
        (nameof(settings.RedirectUriParameter), settings.RedirectUriParameter),
        (nameof(settings.CodeParameter), settings.CodeParameter),
        (nameof(settings.ClientSecretParameter), settings.ClientSecretParameter),
        (nameof(settings.TokenCodeParameter), settings.TokenCodeParameter),
        (nameof(settings.GrantTypeParameter), settings.GrantTypeParameter),
        (nameof(settings.AccessTokenName), settings.AccessTokenName),
    ];

    /// <summary>Whether an address needs no TLS, because it does not leave this machine.</summary>
    internal static bool IsOfThisMachine(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;

    private static StartupException Wrong(IConfigurationSection section, string key, string message) =>
        new($"配置有误 invalid settings {section.Path}:{key}: {message}");

    [GeneratedRegex(@"\A[a-z0-9-]{1,32}\z")]
    private static partial Regex NameForm();
}
