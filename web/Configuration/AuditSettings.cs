using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Audit: where the audit trail's sealed head goes every day.</summary>
internal sealed class AuditSettings
{
    /// <summary>The folder that gets one small file a day; null: "heads" in the data directory. Copy it to another machine.</summary>
    public string? HeadFolder { get; set; }

    /// <summary>The mail server that takes the file, too; null: nothing is mailed.</summary>
    public string? MailHost { get; set; }

    /// <summary>Its port.</summary>
    [Range(1, 65535)]
    public int MailPort { get; set; } = 25;

    /// <summary>Whether it is asked for TLS (STARTTLS).</summary>
    public bool MailTls { get; set; } = true;

    /// <summary>The account there; null: none is needed.</summary>
    public string? MailUserName { get; set; }

    /// <summary>Its password; better given in the environment (Audit__MailPassword).</summary>
    public string? MailPassword { get; set; }

    /// <summary>Who sends it.</summary>
    [EmailAddress]
    public string? MailFrom { get; set; }

    /// <summary>Who gets it.</summary>
    [EmailAddress]
    public string? MailTo { get; set; }
}
