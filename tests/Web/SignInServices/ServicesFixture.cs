using Xunke.Tests.Support;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>The server with three sign-in services.</summary>
public class ServicesFixture : AppFixture
{
    internal OpenIdProvider Provider { get; private set; } = null!;

    internal OddService Odd { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
        await Odd.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<string[]> ArgumentsAsync()
    {
        (Provider, Odd) = (await OpenIdProvider.StartAsync(), await OddService.StartAsync());
        return [.. Provider.Arguments(0, "district"), .. Odd.WeCom(1), .. Odd.DingTalk(2)];
    }
}

/// <summary>The same with the records in PostgreSQL.</summary>
public sealed class PostgreSqlServicesFixture : ServicesFixture
{
    protected override async Task<string[]> ArgumentsAsync() =>
        [.. await base.ArgumentsAsync(), "--database", await SharedPostgres.MakeDatabaseAsync()];
}
