using Xunke.Actors.Messaging;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Web.Hosting;

namespace Xunke.Web.Metrics;

/// <summary>The analysis, and the actors that its samples go to.</summary>
internal sealed class AnalysisMetrics(MonitoringHost monitoring) : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        if (!monitoring.IsRunning)
        {
            return;
        }

        SchedulerStatistics analysis = monitoring.Running.Analysis;
        writer.Gauge("xunke_analysis_rooms", "Rooms that have sent a picture lately.").Add(analysis.ActiveRooms);
        writer.Gauge("xunke_analysis_interval_seconds", "The time between two looks at a room, the same for all rooms.").Add(analysis.Interval.TotalSeconds);
        writer.Gauge("xunke_analysis_service_seconds", "Smoothed time that one picture takes a worker.").Add(analysis.ServiceTime.TotalSeconds);
        writer.Gauge("xunke_analysis_fine", "1 while pictures are looked at in the fine size, 0 while there is no time for it.")
            .Add(analysis.Fineness == Fineness.Fine ? 1 : 0);
        writer.Counter("xunke_analysis_pictures_total", "Pictures by what became of them.")
            .Add(analysis.Analysed, ("outcome", "analysed"))
            .Add(analysis.Replaced, ("outcome", "replaced"))
            .Add(analysis.Failed, ("outcome", "failed"));
        MetricFamily letters = writer.Counter("xunke_actor_dead_letters_total", "Messages that no actor handled, by reason.");
        foreach (DeadLetterReason reason in Enum.GetValues<DeadLetterReason>())
        {
            letters.Add(monitoring.Running.DeadLetters.Count(reason), ("reason", NameOf(reason)));
        }
    }

    private static string NameOf(DeadLetterReason reason) => reason switch
    {
        DeadLetterReason.Stopped => "stopped",
        DeadLetterReason.MailboxFull => "mailbox_full",
        DeadLetterReason.Dropped => "dropped",
        DeadLetterReason.StashFull => "stash_full",
        _ => "other",
    };
}
