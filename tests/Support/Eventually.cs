namespace Xunke.Tests.Support;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition holds, at most 15 seconds.</summary>
    public static async Task TrueAsync(Func<bool> condition, Func<string>? complaint = null, TimeSpan? within = null)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(limit) > (within ?? TimeSpan.FromSeconds(15)))
            {
                throw new TimeoutException(complaint?.Invoke() ?? "The condition did not come true in time.");
            }

            await Task.Delay(5);
        }
    }

    /// <summary>Waits until the condition, which itself asks elsewhere, holds.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(limit) > within)
            {
                throw new TimeoutException("The condition did not come true in time.");
            }

            await Task.Delay(50);
        }
    }
}
