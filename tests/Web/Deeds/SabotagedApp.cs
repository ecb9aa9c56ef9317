namespace Xunke.Tests.Web.Deeds;

/// <summary>A server with a saboteur in it.</summary>
public sealed class SabotagedApp : IAsyncLifetime
{
    internal Saboteur Saboteur { get; } = new();

    internal RunningApp App { get; private set; } = null!;

    internal SignedIn Administrator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await RunningApp.StartAsync(null, Saboteur.AddTo, "--Live:VisitGraceSeconds", "3600");
        Administrator = await App.SignInAsync("administrator");
    }

    public async ValueTask DisposeAsync()
    {
        Administrator.Dispose();
        await App.DisposeAsync();
    }
}
