using Microsoft.Extensions.Configuration;
using Xunke.Web.Configuration;
using Xunke.Web.SignInServices;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>What the settings say of services, and what they may not.</summary>
public sealed class SignInServiceBookTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_service_is_read_with_its_secret_from_a_file()
    {
        File.WriteAllText(_file, "from-the-file\n");

        SignInService read = Read(("ClientSecret", null), ("ClientSecretFile", _file)).All.ShouldHaveSingleItem();

        read.Secret.ShouldBe("from-the-file");
        read.Scopes.ShouldBe(["openid", "profile"]);
        read.ToString().ShouldBe("district");
    }

    [Fact]
    public void Without_settings_there_is_no_service() =>
        SignInServiceBook.Read(new ConfigurationBuilder().Build()).All.ShouldBeEmpty();

    [Theory]
    [InlineData("Name", "WeCom 企业")]
    [InlineData("Name", "")]
    [InlineData("Label", "")]
    [InlineData("Authority", "http://login.example.cn")]
    [InlineData("Authority", "login.example.cn")]
    [InlineData("AuthorizationEndpoint", "https://login.example.cn/auth", "Authority")]
    [InlineData("ClientId", "")]
    [InlineData("ClientSecret", null)]
    [InlineData("ClientSecret", "")]
    [InlineData("ClientSecretFile", "/nowhere/at/all", "ClientSecret")]
    [InlineData("TokenRequest", "xml")]
    [InlineData("SubjectClaim", "")]
    [InlineData("Pkce", "perhaps")]
    [InlineData("ClientIdd", "a misspelt name")]
    public void A_wrong_setting_ends_the_start_and_is_named_in_both_languages(string key, string? value, string? named = null)
    {
        string message = Should.Throw<StartupException>(() => Read((key, value))).Message;

        message.ShouldContain("SignInServices:0");
        message.ShouldContain(named ?? key);
        message.ShouldContain("配置有误");
        message.ShouldContain("invalid settings");
        message.ShouldNotContain("the-secret");
    }

    [Fact]
    public void Two_services_do_not_share_a_name() =>
        Should.Throw<StartupException>(() => SignInServiceBook.Read(Configure([.. Right(0), .. Right(1)]))).Message
            .ShouldContain("SignInServices:1:Name");

    private static SignInServiceBook Read(params (string Key, string? Value)[] settings)
    {
        var all = Right(0).ToDictionary();
        foreach ((string key, string? value) in settings)
        {
            all[$"SignInServices:0:{key}"] = value;
        }

        return SignInServiceBook.Read(Configure(all.Where(one => one.Value is not null)));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Right(int number) => new Dictionary<string, string?>
    {
        [$"SignInServices:{number}:Name"] = "district",
        [$"SignInServices:{number}:Label"] = "区统一登录",
        [$"SignInServices:{number}:Authority"] = "https://login.example.cn",
        [$"SignInServices:{number}:ClientId"] = "xunke",
        [$"SignInServices:{number}:ClientSecret"] = "the-secret",
    };

    private static IConfiguration Configure(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
