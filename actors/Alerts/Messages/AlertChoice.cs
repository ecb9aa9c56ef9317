namespace Xunke.Actors.Alerts.Messages;

/// <summary>How a person wants to be told of alerts. Without one, nobody is.</summary>
public sealed class AlertChoice
{
    /// <summary>The most letters of an address.</summary>
    public const int LongestAddress = 254;

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Whether alerts are mailed.</summary>
    public required bool ByMail { get; set; }

    /// <summary>Where to; null: nowhere.</summary>
    public string? Address { get; set; }

    /// <summary>Alerts below it are not told.</summary>
    public required AlertSeverity Least { get; set; }

    /// <summary>When the quiet hours begin, in minutes of the day; null: there are none.</summary>
    public int? QuietFrom { get; set; }

    /// <summary>When they end; before the beginning: on the next day.</summary>
    public int? QuietTo { get; set; }
}

/// <summary>A group robot that is told of a school's alerts.</summary>
public sealed class AlertWebhook
{
    /// <summary>The most of a school.</summary>
    public const int Most = 5;

    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Whose robot it is; never <see cref="AlertChannel.Mail"/>.</summary>
    public required AlertChannel Channel { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Its address and its secret, encrypted with the keys of the data directory.</summary>
    public required string Target { get; set; }

    /// <summary>Alerts below it are not told.</summary>
    public required AlertSeverity Least { get; set; }

    /// <summary>Whether it is told at all.</summary>
    public required bool IsOn { get; set; }

    /// <summary>Account of whoever changed it last.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
