using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Xunke.Actors.Live;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;

namespace Xunke.Web.Live;

/// <summary>The live hub and what feeds it.</summary>
internal static class LiveFeature
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveBoard>();
        builder.Services.AddSingleton(services => services.GetRequiredService<LiveBoard>().Changes);
        builder.Services.AddSingleton<LivePumps>();
        builder.DescribePushed(typeof(RoomView), typeof(DistrictView), typeof(Topic));
        builder.Services.AddSignalR(options =>
            {
                // A browser only ever says what it watches.
                options.MaximumReceiveMessageSize = 4 * 1024;
                options.EnableDetailedErrors = false;
                // A browser whose line was cut without a word knows it after three of these.
                options.KeepAliveInterval = TimeSpan.FromSeconds(5);
                options.AddFilter<LiveFaults>();
            })
            .AddJsonProtocol(options => Json.Apply(options.PayloadSerializerOptions));
    }

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapHub<LiveHub>("/hubs/live", options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.CloseOnAuthenticationExpiration = true;
        });
}
