namespace Xunke.Streaming.Decoding.Libav;

/// <summary>One libavcodec decoder: access units in, the newest picture kept until the next unit. Not thread-safe.</summary>
internal sealed unsafe class VideoDecoder : IDisposable
{
    /// <summary>4096 x 2304. A forged parameter set could otherwise ask for gigabytes.</summary>
    private const string MaximumPixels = "9437184";

    private readonly VideoCodec _codec;
    private void* _context;
    private LibavPacket* _packet;
    private LibavFrame* _frame;
    private LibavFrame* _spare;

    /// <summary>Opens a decoder.</summary>
    /// <param name="codec">H264 or VP8.</param>
    /// <exception cref="LibavException">The libraries are missing or were built without this decoder.</exception>
    public VideoDecoder(VideoCodec codec)
    {
        LibavLibraries.EnsureLoaded();
        _codec = codec;
        _packet = LibavNative.av_packet_alloc();
        _frame = LibavNative.av_frame_alloc();
        _spare = LibavNative.av_frame_alloc();
        if (_packet is null || _frame is null || _spare is null)
        {
            throw new LibavException("libavcodec could not allocate a decoder.");
        }

        Open();
    }

    /// <summary>The newest picture; its planes live until the next call. Null-sized before the first.</summary>
    public LibavFrame* Newest => _frame;

    /// <summary>Decodes one access unit.</summary>
    /// <param name="data">The unit: Annex B, or one VP8 frame.</param>
    public DecodeOutcome Decode(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            // Not reference counted, so libavcodec copies it and adds the padding that its bit readers need.
            _packet->Data = start;
            _packet->Size = data.Length;
            var sent = LibavNative.avcodec_send_packet(_context, _packet);
            _packet->Data = null;
            _packet->Size = 0;
            if (sent < 0)
            {
                return DecodeOutcome.Error;
            }
        }

        var outcome = DecodeOutcome.Nothing;
        while (true)
        {
            var received = LibavNative.avcodec_receive_frame(_context, _spare);
            if (received == LibavNative.TryAgain)
            {
                return outcome;
            }

            if (received < 0)
            {
                return DecodeOutcome.Error;
            }

            var older = _frame;
            _frame = _spare;
            _spare = older;
            outcome = DecodeOutcome.Picture;
        }
    }

    /// <summary>Throws away the decoder's state, however broken. The next unit must be a key frame.</summary>
    public void Reset()
    {
        Close();
        Open();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        fixed (LibavPacket** packet = &_packet)
        fixed (LibavFrame** frame = &_frame, spare = &_spare)
        {
            LibavNative.av_packet_free(packet);
            LibavNative.av_frame_free(frame);
            LibavNative.av_frame_free(spare);
        }
    }

    private void Open()
    {
        var name = _codec == VideoCodec.Vp8 ? "vp8" : "h264";
        var decoder = LibavNative.avcodec_find_decoder_by_name(name);
        if (decoder is null)
        {
            throw new LibavException($"libavcodec was built without the decoder '{name}'.");
        }

        _context = LibavNative.avcodec_alloc_context3(decoder);
        Set("threads", "1");
        Set("flags", "low_delay");
        // Otherwise libavcodec conceals errors and returns a patched picture as if it were sound.
        Set("err_detect", "explode");
        Set("max_pixels", MaximumPixels);
        var opened = LibavNative.avcodec_open2(_context, decoder, null);
        if (opened < 0)
        {
            Close();
            throw new LibavException($"libavcodec could not open the decoder '{name}' (error {opened}).");
        }
    }

    private void Set(string option, string value)
    {
        var set = LibavNative.av_opt_set(_context, option, value, 0);
        if (set < 0)
        {
            throw new LibavException($"libavcodec refuses the option {option}={value} (error {set}).");
        }
    }

    private void Close()
    {
        fixed (void** context = &_context)
        {
            LibavNative.avcodec_free_context(context);
        }
    }
}
