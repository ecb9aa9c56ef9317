using System.Diagnostics.Metrics;
using Xunke.Actors;
using Xunke.Actors.Messaging;
using Xunke.Analytics.Vision;
using Xunke.Web.Hosting;

namespace Xunke.Web.Metrics;

/// <summary>The analysis, and the actors that its samples go to.</summary>
internal sealed class AnalysisMetrics : MetricSource<MonitoringSystem>
{
    public AnalysisMetrics(Meter meter, MonitoringHost monitoring)
        : base(meter, () => monitoring.IsRunning ? monitoring.Running : null)
    {
        Gauge("xunke_analysis_rooms", "Rooms that have sent a picture lately.", seen => seen.Analysis.ActiveRooms);
        Gauge("xunke_analysis_interval_seconds", "The time between two looks at a room, the same for all rooms.",
            seen => seen.Analysis.Interval.TotalSeconds);
        Gauge("xunke_analysis_service_seconds", "Smoothed time that one picture takes a worker.",
            seen => seen.Analysis.ServiceTime.TotalSeconds);
        Gauge("xunke_analysis_fine", "1 while pictures are looked at in the fine size, 0 while there is no time for it.",
            seen => seen.Analysis.Fineness == Fineness.Fine ? 1 : 0);
        Counter("xunke_analysis_pictures_total", "Pictures by what became of them.", seen =>
        [
            Of(seen.Analysis.Analysed, ("outcome", "analysed")),
            Of(seen.Analysis.Replaced, ("outcome", "replaced")),
            Of(seen.Analysis.Failed, ("outcome", "failed")),
        ]);
        Counter("xunke_actor_dead_letters_total", "Messages that no actor handled, by reason.", seen =>
            Enum.GetValues<DeadLetterReason>().Select(reason => Of(seen.DeadLetters.Count(reason), ("reason", NameOf(reason)))));
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
