namespace Xunke.Streaming.Rtsp;

/// <summary>
/// The way from the address that a person entered to the one that has the stream. User and password are for the host
/// that they were entered for: at its other ports too, but not over plain TCP where rtsps was asked for, and at no other host.
/// </summary>
internal static class CameraRoute
{
    /// <summary>Redirects that are followed.</summary>
    public const int MaxHops = 5;

    /// <summary>Visits a camera, wherever it sends us.</summary>
    /// <param name="visit">Is called with each address in turn, until one does not redirect.</param>
    /// <exception cref="CameraException">The camera cannot be shown.</exception>
    public static async Task<T> FollowAsync<T>(CameraSource source, Func<CameraSource, Task<T>> visit)
    {
        var at = source;
        for (var hops = 0; ; hops++)
        {
            try
            {
                return await visit(at).ConfigureAwait(false);
            }
            catch (CameraRedirect moved)
            {
                at = hops < MaxHops ? Next(source, moved) : throw Located(CameraFaults.RedirectLoop, at.Address, moved);
            }
            catch (CameraException failure) when (hops > 0)
            {
                throw Explain(failure, source, at);
            }
        }
    }

    private static CameraSource Next(CameraSource source, CameraRedirect moved)
    {
        if (!moved.TryRead(out var next))
        {
            throw new CameraException(CameraFaults.Redirect, moved.Told is { } told ? $"{moved.Status}: {told}" : $"{moved.Status}", moved)
            {
                Loggable = $"{moved.Status}",
            };
        }

        return next.UserName is null && MayFollow(source.Address, next.Address)
            ? next with { UserName = source.UserName, Password = source.Password }
            : next;
    }

    private static bool MayFollow(CameraAddress entered, CameraAddress next) =>
        entered.Host.Equals(next.Host, StringComparison.OrdinalIgnoreCase) && (next.IsSecure || !entered.IsSecure);

    // Whoever reads of the failure must learn that it is of another address than the one entered.
    private static CameraException Explain(CameraException failure, CameraSource source, CameraSource at) =>
        failure.Fault == CameraFaults.Unauthorized && !MayFollow(source.Address, at.Address)
            ? Located(CameraFaults.RedirectLogin, at.Address, failure)
            : new CameraException(
                failure.Fault, failure.Detail is null ? $"→ {at.Address.Text}" : $"{failure.Detail} → {at.Address.Text}", failure)
            {
                Loggable = failure.Detail is null ? $"→ {at.Address}" : $"{failure.Loggable} → {at.Address}",
            };

    private static CameraException Located(string fault, CameraAddress address, Exception cause) =>
        new(fault, address.Text, cause) { Loggable = address.ToString() };
}
