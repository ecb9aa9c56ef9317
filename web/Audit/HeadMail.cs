using System.Net.Mail;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Mail;

namespace Xunke.Web.Audit;

/// <summary>Mails the trail's sealed head, where a mail server is set. A head that was never sent is made up for by the next.</summary>
internal sealed class HeadMail(IOptions<AuditSettings> settings, MailServer server)
{
    /// <summary>Whether anything is mailed.</summary>
    public bool IsOn => settings.Value.MailHost is { Length: > 0 } || settings.Value.MailTo is { Length: > 0 } && server.IsOn;

    /// <summary>Refuses half of the settings.</summary>
    /// <exception cref="StartupException">Sender or receiver is missing.</exception>
    public void Check()
    {
        if (IsOn && (!server.IsOn || settings.Value is not { MailTo.Length: > 0 }))
        {
            throw new StartupException("发送审计链头需要 Audit:MailFrom 和 Audit:MailTo: both are needed to mail the audit trail's head");
        }
    }

    /// <summary>Sends a file.</summary>
    /// <exception cref="SmtpException">The mail server does not take it.</exception>
    public async Task SendAsync(string path, CancellationToken cancellationToken)
    {
        using var attachment = new Attachment(path, "application/json");
        await server.SendAsync(
            settings.Value.MailTo!, // Check has seen to it.
            $"Xunke audit head {Path.GetFileNameWithoutExtension(path)}",
            "请保存附件。以后可用它检查审计记录是否被改写。\nPlease keep the attachment: it shows later whether the audit trail was rewritten.\n",
            attachment,
            cancellationToken);
    }
}
