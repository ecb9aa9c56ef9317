using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Mail: the mail server of alerts and of the audit trail's head.</summary>
internal sealed class MailSettings
{
    /// <summary>The mail server; null: that of Audit:MailHost, with what stands there. Without either nothing is mailed.</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 25;

    /// <summary>Whether it is asked for TLS (STARTTLS).</summary>
    public bool Tls { get; set; } = true;

    /// <summary>The account there; null: none is needed.</summary>
    public string? UserName { get; set; }

    /// <summary>Its password; better given in the environment (Mail__Password).</summary>
    public string? Password { get; set; }

    /// <summary>Who sends it.</summary>
    [EmailAddress]
    public string? From { get; set; }
}
