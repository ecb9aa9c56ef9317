namespace Xunke.Streaming.Rtsp;

/// <summary>What a camera asks of its client (RFC 2326 10): whether it is still there, or to take note of something.</summary>
internal static class CameraQuestions
{
    private const string Known = "OPTIONS, ANNOUNCE, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

    public static RtspMessage Answer(RtspMessage request)
    {
        var answer = RtspMessage.Answer(request, Known.Split(", ").Contains(request.Method) ? "200 OK" : "501 Not Implemented");
        answer["Session"] = request["Session"];
        answer["Public"] = request.Method == "OPTIONS" ? Known : null;
        return answer;
    }
}
