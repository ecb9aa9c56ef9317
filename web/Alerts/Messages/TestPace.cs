using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Hosting;

namespace Xunke.Web.Alerts.Messages;

/// <summary>A person sends one test message in ten seconds at most: nobody floods an address with them.</summary>
internal sealed class TestPace(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Notes a test.</summary>
    /// <returns>Null: it may be sent.</returns>
    public ProblemHttpResult? Take(string userName)
    {
        long now = time.GetTimestamp();
        bool isTooSoon = false;
        _last.AddOrUpdate(userName, now, (_, before) =>
        {
            isTooSoon = time.GetElapsedTime(before, now) < Least;
            return isTooSoon ? before : now;
        });
        return isTooSoon
            ? Problems.Create(StatusCodes.Status429TooManyRequests, "test-too-soon", "刚发过测试消息，请十秒后再试")
            : null;
    }
}
