namespace Xunke.Streaming.Rtsp;

/// <summary>
/// What was learnt of a camera and outlasts one connection: by which request it does not let its session be kept alive,
/// as it refuses the request, never answers it or closes. All members may be called from any thread.
/// </summary>
internal sealed class CameraHabits
{
    private const string GetParameter = "GET_PARAMETER";
    private const string Options = "OPTIONS";

    private volatile bool _withoutGetParameter;
    private volatile bool _withoutOptions;

    /// <summary>Whether no request is known to keep its session alive.</summary>
    public bool KnowsNone => _withoutGetParameter && _withoutOptions;

    /// <summary>The request that keeps a session alive: the one meant for it where the camera has it, else the one that every camera must
    /// have.</summary>
    /// <param name="methods">What the camera says it has; null when it did not answer OPTIONS.</param>
    public string KeepAlive(string? methods)
    {
        var wished = methods is null || methods.Contains(GetParameter, StringComparison.Ordinal);
        return !_withoutGetParameter && (wished || _withoutOptions) ? GetParameter : Options;
    }

    /// <summary>The other request that may keep a session alive.</summary>
    public static string Other(string method) => method == Options ? GetParameter : Options;

    /// <summary>A request has failed as a means to keep a session alive.</summary>
    public void Avoid(string method)
    {
        _withoutGetParameter |= method == GetParameter;
        _withoutOptions |= method == Options;
    }
}
