using System.Text;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>Offers of the publishers and viewers in use.</summary>
internal static class SdpCorpus
{
    public static IEnumerable<byte[]> Offers =>
        ((string[])[Sdp.Offers.ChromiumPublisher, Sdp.Offers.Obs, Sdp.Offers.FirefoxViewer, Sdp.Offers.SafariViewer,
            Sdp.Offers.GStreamerPublisher, .. RecordedOffers.All])
        .Select(Encoding.Latin1.GetBytes);
}
