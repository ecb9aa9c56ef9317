using Xunke.Actors.Alerts.Messages;

namespace Xunke.Web.Alerts.Messages;

/// <summary>What messages about alerts need.</summary>
internal static class MessagesFeature
{
    public static void AddAlertMessages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AlertOutbox>();
        builder.Services.AddSingleton<MailDelivery>();
        builder.Services.AddSingleton<RobotDelivery>();
        builder.Services.AddSingleton<RobotSecrets>();
        builder.Services.AddSingleton<MessageTexts>();
        builder.Services.AddSingleton<SendPace>();
        builder.Services.AddSingleton<TestPace>();
        builder.Services.AddSingleton<MessageSender>();
        builder.Services.AddSingleton<AlertMessenger>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AlertMessenger>());
    }
}
