using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;

namespace Xunke.Web.Mail;

/// <summary>The one way to mail anything: section Mail, or the mail server of the audit trail where that alone is set.</summary>
internal sealed class MailServer(IOptions<MailSettings> own, IOptions<AuditSettings> audit)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Whether there is one, and it is known who sends.</summary>
    public bool IsOn => Current is { Host.Length: > 0, From.Length: > 0 };

    private MailSettings Current => own.Value.Host is { Length: > 0 } ? own.Value : new MailSettings
    {
        Host = audit.Value.MailHost,
        Port = audit.Value.MailPort,
        Tls = audit.Value.MailTls,
        UserName = audit.Value.MailUserName,
        Password = audit.Value.MailPassword,
        From = audit.Value.MailFrom,
    };

    /// <summary>Sends a message to one address.</summary>
    /// <exception cref="SmtpException">The mail server does not take it.</exception>
    /// <exception cref="InvalidOperationException">There is no mail server.</exception>
    public async Task SendAsync(
        string to, string subject, string body, Attachment? attachment, CancellationToken cancellationToken)
    {
        MailSettings server = Current;
        if (!IsOn)
        {
            throw new InvalidOperationException("no mail server is set");
        }

        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Tls };
        if (server.UserName is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, server.Password);
        }

        using var message = new MailMessage(server.From!, to) // IsOn says that there is a sender.
        {
            Subject = subject,
            SubjectEncoding = Encoding.UTF8,
            Body = body,
            BodyEncoding = Encoding.UTF8,
        };
        if (attachment is not null)
        {
            message.Attachments.Add(attachment);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await client.SendMailAsync(message, limit.Token);
    }
}
