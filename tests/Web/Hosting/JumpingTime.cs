namespace Xunke.Tests.Web.Hosting;

/// <summary>The real clock, whose time of day jumps when told; timers and timestamps go on as if nothing had happened.</summary>
internal sealed class JumpingTime(TimeSpan ahead = default) : TimeProvider
{
    private long _ahead = ahead.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void Jump(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
