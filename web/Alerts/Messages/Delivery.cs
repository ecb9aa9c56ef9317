using Xunke.Actors.Alerts.Messages;

namespace Xunke.Web.Alerts.Messages;

/// <summary>How a try to send went.</summary>
/// <param name="IsSent">The server has taken it.</param>
/// <param name="Answer">What it said, or what went wrong; no address and no secret.</param>
/// <param name="IsFinal">It is of no use to try again.</param>
/// <param name="Wait">At least so long before the next try; null: as usual.</param>
internal sealed record Delivery(bool IsSent, string Answer, bool IsFinal = false, TimeSpan? Wait = null)
{
    /// <summary>An answer in one line, without what nobody can see.</summary>
    public static string Tidy(string text)
    {
        string line = string.Concat(text.Select(one => char.IsControl(one) ? ' ' : one)).Trim();
        return line.Length > AlertMessageTry.LongestAnswer ? line[..AlertMessageTry.LongestAnswer] : line;
    }
}
