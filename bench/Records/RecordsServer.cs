using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Analytics.Models;
using Xunke.Tests.Support;
using Xunke.Web;
using Xunke.Web.Configuration;

namespace Xunke.Bench.Records;

/// <summary>
/// The whole server in this process, with the demo district of 965 rooms, its books and timetable, and no cameras; on SQLite in a data
/// directory of its own, or on a PostgreSQL server of its own.
/// </summary>
internal sealed class RecordsServer : IAsyncDisposable
{
    private const string Password = "bench-of-the-records";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-bench-");
    private TempPostgres? _postgres;
    private WebApplication? _app;

    private RecordsServer()
    {
    }

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Starts it.</summary>
    /// <param name="postgres">On PostgreSQL; else SQLite.</param>
    /// <param name="settings">More of the command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RecordsServer> StartAsync(bool postgres, string[] settings, CancellationToken cancellationToken)
    {
        var server = new RecordsServer();
        try
        {
            if (postgres)
            {
                server._postgres = await TempPostgres.StartAsync();
                settings = [.. settings, "--database", server._postgres.ConnectionString("xunke")];
            }

            server._app = Server.Build(StartArguments.Parse(
            [
                "--urls", "http://127.0.0.1:0", "--data", server._data.FullName, "--Media:UdpPort", "0", "--Decoding:Workers", "1",
                "--Analysis:Workers", "1", "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory, "--Demo:Password", Password,
                "--Demo:Cameras", "false", "--Logging:LogLevel:Default", "Warning", .. settings,
            ]));
            await server._app.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A browser that is signed in.</summary>
    public async Task<HttpClient> SignInAsync(string userName, CancellationToken cancellationToken)
    {
        var address = new Uri(_app!.Urls.First());
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage signedIn = await client.PostAsJsonAsync(
            "/api/session", new { userName, password = Password }, cancellationToken);
        signedIn.EnsureSuccessStatusCode();
        return client;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_postgres is not null)
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            await _postgres.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }
}
