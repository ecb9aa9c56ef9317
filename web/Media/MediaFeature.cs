namespace Xunke.Web.Media;

/// <summary>What the media routes need.</summary>
internal static class MediaFeature
{
    public static void AddMedia(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Takeovers>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Takeovers>());
        builder.Services.AddSingleton<Playbacks>();
        builder.Services.AddSingleton<WhipKeys>();
    }
}
