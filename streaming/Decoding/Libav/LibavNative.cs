using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Libav;

/// <summary>The functions of FFmpeg's libraries in use; their documentation is FFmpeg's.</summary>
internal static unsafe partial class LibavNative
{
    /// <summary>AVERROR(EAGAIN).</summary>
    public const int TryAgain = -11;

    /// <summary>AV_PIX_FMT_RGB24.</summary>
    public const int Rgb24 = 2;

    /// <summary>SWS_AREA.</summary>
    public const int AreaFilter = 0x20;

    /// <summary>AV_LOG_QUIET.</summary>
    public const int LogNothing = -8;

    [LibraryImport(LibavLibraries.Codec)]
    public static partial uint avcodec_version();

    [LibraryImport(LibavLibraries.Codec, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void* avcodec_find_decoder_by_name(string name);

    [LibraryImport(LibavLibraries.Codec)]
    public static partial void* avcodec_alloc_context3(void* codec);

    [LibraryImport(LibavLibraries.Codec)]
    public static partial int avcodec_open2(void* context, void* codec, void** options);

    [LibraryImport(LibavLibraries.Codec)]
    public static partial void avcodec_free_context(void** context);

    [LibraryImport(LibavLibraries.Codec)]
    public static partial int avcodec_send_packet(void* context, LibavPacket* packet);

    [LibraryImport(LibavLibraries.Codec)]
    public static partial int avcodec_receive_frame(void* context, LibavFrame* frame);

    [LibraryImport(LibavLibraries.Codec)]
    public static partial LibavPacket* av_packet_alloc();

    [LibraryImport(LibavLibraries.Codec)]
    public static partial void av_packet_free(LibavPacket** packet);

    [LibraryImport(LibavLibraries.Util)]
    public static partial LibavFrame* av_frame_alloc();

    [LibraryImport(LibavLibraries.Util)]
    public static partial void av_frame_free(LibavFrame** frame);

    [LibraryImport(LibavLibraries.Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set(void* target, string name, string value, int searchFlags);

    [LibraryImport(LibavLibraries.Util)]
    public static partial void av_log_set_level(int level);

    [LibraryImport(LibavLibraries.Scale)]
    public static partial void* sws_getCachedContext(
        void* context, int sourceWidth, int sourceHeight, int sourceFormat,
        int width, int height, int format, int flags, void* sourceFilter, void* filter, double* parameters);

    [LibraryImport(LibavLibraries.Scale)]
    public static partial int sws_scale(
        void* context, byte** source, int* sourceStrides, int firstRow, int rows, byte** target, int* targetStrides);

    [LibraryImport(LibavLibraries.Scale)]
    public static partial void sws_freeContext(void* context);
}
