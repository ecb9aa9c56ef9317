namespace Xunke.Web.Configuration;

/// <summary>Reads the settings, in rising order of precedence: appsettings.json, environment, command line.</summary>
internal static class ConfigurationFeature
{
    public static void AddSettings(this WebApplicationBuilder builder, StartArguments arguments)
    {
        builder.Configuration.AddInMemoryCollection(arguments.Settings);
        builder.Bind<DataSettings>("Data");
        builder.Bind<DatabaseSettings>(DatabaseSettings.Section);
        builder.Bind<ProxySettings>("Proxy");
        builder.Bind<MediaSettings>("Media");
        builder.Bind<CameraSettings>("Cameras");
        builder.Bind<DecodingSettings>("Decoding");
        builder.Bind<AnalysisSettings>("Analysis");
        builder.Bind<LiveSettings>("Live");
        builder.Bind<RecordingSettings>("Recording");
        builder.Bind<BookingSettings>("Bookings");
        builder.Bind<AlertSettings>("Alerts");
        builder.Bind<ObservationSettings>("Observations");
        builder.Bind<RectificationSettings>("Rectifications");
        builder.Bind<LessonSettings>("Lessons");
        builder.Bind<RetentionSettings>(RetentionSettings.Section);
        builder.Bind<AuditSettings>("Audit");
        builder.Bind<MailSettings>("Mail");
        builder.Bind<MetricsSettings>("Metrics");
        builder.Bind<IdentitySettings>("Identity");
        builder.Bind<BooksSettings>("Books");
        builder.Bind<DemoSettings>("Demo");
        if (builder.Configuration["Urls"] is null)
        {
            builder.WebHost.UseUrls($"http://*:{builder.Configuration.GetValue("Port", 8080)}");
        }
    }

    private static void Bind<TSettings>(this WebApplicationBuilder builder, string section)
        where TSettings : class =>
        builder.Services.AddOptions<TSettings>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
