using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Alerts: what somebody should look at. When alerts are raised is on the page of rules.</summary>
internal sealed class AlertSettings
{
    /// <summary>Whether rooms are watched for it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>So long after the server's start no camera counts as lost.</summary>
    [Range(0, 3600)]
    public int RestartGraceSeconds { get; set; } = 60;

    /// <summary>What comes back within this time is the same alert again, unless somebody has closed it.</summary>
    [Range(0, 1440)]
    public int ReopenMinutes { get; set; } = 10;

    /// <summary>Words in the Chinese names of subjects that classes leave their room for.</summary>
    public string[] SubjectsElsewhere { get; set; } = ["体育"];

    /// <summary>A person gets one message of alerts that are not severe in so many minutes at most.</summary>
    [Range(1, 1440)]
    public int BudgetMinutes { get; set; } = 10;

    /// <summary>A severe alert that nobody answers goes to the school's principal after so many minutes; 0: never.</summary>
    [Range(0, 1440)]
    public int EscalateToPrincipalMinutes { get; set; } = 5;

    /// <summary>And to the district's administrators after so many; 0: never.</summary>
    [Range(0, 1440)]
    public int EscalateToDistrictMinutes { get; set; } = 15;

    /// <summary>Hosts besides those of WeCom, DingTalk and Feishu that group robots may have, such as relay.example.cn; with http:// and a
    /// port for one without TLS.</summary>
    public string[] WebhookHosts { get; set; } = [];
}
