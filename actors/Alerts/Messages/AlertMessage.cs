namespace Xunke.Actors.Alerts.Messages;

/// <summary>By what a message goes.</summary>
public enum AlertChannel
{
    /// <summary>E-mail to a person.</summary>
    Mail,

    /// <summary>A group robot of WeCom (企业微信).</summary>
    WeCom,

    /// <summary>A group robot of DingTalk (钉钉).</summary>
    DingTalk,

    /// <summary>A group robot of Feishu (飞书).</summary>
    Feishu,
}

/// <summary>Why a message is sent.</summary>
public enum AlertMessageKind
{
    /// <summary>A severe alert, by itself and at once.</summary>
    Severe,

    /// <summary>All other alerts since the last bell.</summary>
    Digest,

    /// <summary>A severe alert that nobody at the school has answered.</summary>
    ToPrincipal,

    /// <summary>A severe alert that the school has not answered.</summary>
    ToDistrict,
}

/// <summary>What has become of a message.</summary>
public enum AlertMessageState
{
    /// <summary>It is yet to be sent, or to be tried again.</summary>
    Waiting,

    /// <summary>The server that it goes to has taken it.</summary>
    Sent,

    /// <summary>It was not needed any more: its alerts were closed, or nobody is to get it.</summary>
    Dropped,

    /// <summary>It could not be sent, however often it was tried.</summary>
    GivenUp,
}

/// <summary>A message about alerts on its way out. Neither address nor text is kept: both are made when it is sent.</summary>
public sealed class AlertMessage
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>By what it goes.</summary>
    public required AlertChannel Channel { get; init; }

    /// <summary>The account's id, or the robot's.</summary>
    public required string Recipient { get; init; }

    /// <summary>What the account or the robot was called then.</summary>
    public required string RecipientName { get; init; }

    /// <summary>Why it is sent.</summary>
    public required AlertMessageKind Kind { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>What has become of it.</summary>
    public AlertMessageState State { get; set; }

    /// <summary>Whether a digest still takes alerts in.</summary>
    public bool IsCollecting { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; set; }

    /// <summary>When it was sent, dropped or given up.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>The alerts that it tells of.</summary>
    public List<AlertMessageItem> Items { get; init; } = [];

    /// <summary>How each try went, in no order.</summary>
    public List<AlertMessageTry> Log { get; init; } = [];
}

/// <summary>An alert that a message tells of.</summary>
public sealed class AlertMessageItem
{
    /// <summary>The message.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The alert.</summary>
    public required Guid AlertId { get; init; }
}

/// <summary>A try to send a message.</summary>
public sealed class AlertMessageTry
{
    /// <summary>The most letters of an answer.</summary>
    public const int LongestAnswer = 200;

    /// <summary>The message.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it was over.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the server took it.</summary>
    public required bool IsSent { get; init; }

    /// <summary>What the server said, or what went wrong.</summary>
    public required string Answer { get; init; }
}
