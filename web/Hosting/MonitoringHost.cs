using Xunke.Actors.Live;
using Xunke.Streaming;
using Xunke.Web.Configuration;
using Microsoft.Extensions.Options;

namespace Xunke.Web.Hosting;

/// <summary>Starts and stops what watches the classrooms, and hands it to the features.</summary>
internal sealed class MonitoringHost(IOptions<MediaSettings> media, TimeProvider time, ILoggerFactory loggers)
{
    private readonly MediaServer _media = new(new MediaServerOptions { UdpPort = media.Value.UdpPort }, time, loggers);

    public MediaServer Media => _media;

    public bool IsRunning => true;

    public Task<RoomHistory> GetHistoryAsync(string roomId, TimeSpan span, CancellationToken cancellationToken) =>
        Task.FromResult(new RoomHistory(roomId, []));

    public void VisitStarted(string roomId)
    {
    }

    public void VisitEnded(string roomId)
    {
    }
}
