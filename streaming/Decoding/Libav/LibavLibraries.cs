using System.Reflection;
using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Libav;

/// <summary>Finds FFmpeg's libraries of one release at run time and binds <see cref="LibavNative"/> to them.</summary>
internal static class LibavLibraries
{
    /// <summary>Names that no library of the system has, so that only the resolver below answers for them.</summary>
    public const string Codec = "xunke-avcodec";
    public const string Util = "xunke-avutil";
    public const string Scale = "xunke-swscale";

    private static readonly Lazy<Dictionary<string, nint>> Handles = new(Load);
    private static readonly Lazy<bool> Resolver = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(LibavLibraries).Assembly, Resolve);
        return true;
    });

    /// <summary>Loads the libraries, once for the process.</summary>
    /// <returns>The version of libavcodec, such as 59.37.100.</returns>
    /// <exception cref="LibavException">No release is installed whole.</exception>
    public static Version EnsureLoaded()
    {
        _ = Handles.Value;
        _ = Resolver.Value;
        var version = LibavNative.avcodec_version();
        return new Version((int)(version >> 16), (int)(version >> 8) & 0xFF, (int)version & 0xFF);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        Handles.Value.TryGetValue(name, out var handle) ? handle : nint.Zero;

    private static Dictionary<string, nint> Load()
    {
        foreach (var release in LibavRelease.Known)
        {
            // avutil comes first: the other two look for it under its own soname.
            if (NativeLibrary.TryLoad($"libavutil.so.{release.Util}", out var util)
                && NativeLibrary.TryLoad($"libavcodec.so.{release.Codec}", out var codec)
                && NativeLibrary.TryLoad($"libswscale.so.{release.Scale}", out var scale))
            {
                return new() { [Codec] = codec, [Util] = util, [Scale] = scale };
            }
        }

        var newest = LibavRelease.Known[0];
        var oldest = LibavRelease.Known[^1];
        throw new LibavException(
            $"FFmpeg's libraries were not found (libavcodec.so.{oldest.Codec} to .{newest.Codec} with libavutil and libswscale "
            + "of the same release). On Debian 12 install the packages libavcodec59 and libswscale6: "
            + "apt-get install libavcodec59 libswscale6");
    }
}
