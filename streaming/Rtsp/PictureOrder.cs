using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Notices B-frames: pictures are sent in the order of decoding with the time of showing, so that a picture which must
/// be shown before one that was sent earlier steps back in time. WebRTC has no place for that.
/// </summary>
internal sealed class PictureOrder
{
    // One step back may be a camera setting its clock.
    private const int Proof = 3;
    private const int Window = 60;

    // Reordering reaches over 16 pictures at most (H.264 A.3.1); a longer way back is a clock.
    private const int LongestStep = 2 * 90_000;

    private uint _previous;
    private int _stepsBack;
    private int _pictures;
    private bool _pictureOver = true;

    /// <summary>Pictures begun.</summary>
    public int Pictures => _pictures;

    /// <summary>Takes a packet in the order of sending.</summary>
    /// <returns>True once it is proved that there are B-frames.</returns>
    public bool Proves(in RtpHeader header)
    {
        if (_pictureOver)
        {
            var step = (int)(header.Timestamp - _previous);
            _stepsBack += _pictures > 0 && step is < 0 and > -LongestStep ? 1 : 0;
            _previous = header.Timestamp;
            if (++_pictures % Window == 0)
            {
                _stepsBack = 0;
            }
        }

        _pictureOver = header.Marker;
        return _stepsBack >= Proof;
    }
}
