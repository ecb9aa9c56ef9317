using System.Globalization;

namespace Xunke.Streaming.Decoding;

/// <summary>FFmpeg's filters that make of stored pictures what is shown.</summary>
internal static class ShownPicture
{
    /// <summary>Makes whole pictures of half ones; empty where there are none.</summary>
    public static string Deinterlace(PictureTrack track) => track.IsInterlaced ? "yadif=deint=interlaced," : string.Empty;

    /// <summary>Makes ordinary brightness of HDR10's; empty where it is ordinary.</summary>
    public static string Brightness(PictureTrack track) => track.IsPerceptual
        ? "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
        : string.Empty;

    /// <summary>Scales to square pixels. A picture whose shape differs from the first one's gets black borders instead of being
    /// squeezed.</summary>
    /// <param name="file">The file, whose shape the size has.</param>
    /// <param name="width">Width to make, in pixels.</param>
    /// <param name="height">Height to make, in pixels.</param>
    public static string Scale(MediaFileDescription file, int width, int height)
    {
        // "dar" is the shape of a picture as it is shown.
        var alike = string.Create(CultureInfo.InvariantCulture, $"lt(abs(dar*{file.Height}/{file.Width}-1),0.01)");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"scale=w='if({alike},{width},max(1,min({width},round({height}*dar))))':h='if({alike},{height},max(1,min({height},round({width}/dar))))'"
            + $":flags=area:eval=frame,pad={width}:{height}:-1:-1:eval=frame,setsar=1");
    }
}
