using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;

namespace Xunke.Web.Audit;

/// <summary>Mails the trail's sealed head, where a mail server is set. A head that was never sent is made up for by the next.</summary>
internal sealed class HeadMail(IOptions<AuditSettings> settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Whether anything is mailed.</summary>
    public bool IsOn => settings.Value.MailHost is { Length: > 0 };

    /// <summary>Refuses half of the settings.</summary>
    /// <exception cref="StartupException">Sender or receiver is missing.</exception>
    public void Check()
    {
        if (IsOn && settings.Value is not { MailFrom.Length: > 0, MailTo.Length: > 0 })
        {
            throw new StartupException("发送审计链头需要 Audit:MailFrom 和 Audit:MailTo: both are needed to mail the audit trail's head");
        }
    }

    /// <summary>Sends a file.</summary>
    /// <exception cref="SmtpException">The mail server does not take it.</exception>
    public async Task SendAsync(string path, CancellationToken cancellationToken)
    {
        AuditSettings mail = settings.Value;
        using var client = new SmtpClient(mail.MailHost, mail.MailPort) { EnableSsl = mail.MailTls };
        if (mail.MailUserName is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, mail.MailPassword);
        }

        // Both are there: Check has seen to it.
        using var message = new MailMessage(mail.MailFrom!, mail.MailTo!)
        {
            Subject = $"Xunke audit head {Path.GetFileNameWithoutExtension(path)}",
            Body = "请保存附件。以后可用它检查审计记录是否被改写。\nPlease keep the attachment: it shows later whether the audit trail was rewritten.\n",
        };
        message.Attachments.Add(new Attachment(path, "application/json"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await client.SendMailAsync(message, limit.Token);
    }
}
