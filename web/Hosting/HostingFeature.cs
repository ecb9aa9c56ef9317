using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary>The process itself: its data directory, clock, logs and limits.</summary>
internal static class HostingFeature
{
    // Everything must be down in less than ten seconds after Ctrl-C.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(8);

    public static DataDirectory AddDataDirectory(this WebApplicationBuilder builder)
    {
        var data = DataDirectory.Open(builder.Configuration.GetValue("Data:Directory", "./data")!);
        // By a factory, so that the container disposes it and the lock goes with the server.
        builder.Services.AddSingleton(_ => data);
        return data;
    }

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StartNotices>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTime);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The largest honest request is an SDP offer of a few KiB.
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
    }
}
