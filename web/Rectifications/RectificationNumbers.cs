using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Configuration;

namespace Xunke.Web.Rectifications;

/// <summary>Gives notices their numbers, each once: what is counted stays on record when notices are deleted.</summary>
internal sealed class RectificationNumbers(IOptions<RectificationSettings> settings)
{
    private NoticeNumber Pattern => NoticeNumber.TryRead(settings.Value.NumberPattern) ?? throw new StartupException(
        "整改通知书的编号格式要有一个 {n} 或 {n:000}，另可有 {yyyy}、{yy}、{school} the pattern of numbers (Rectifications:NumberPattern) needs {n} "
        + $"once, and may have {{yyyy}}, {{yy}}, {{school}}: {settings.Value.NumberPattern}");

    /// <summary>Looks whether the district's pattern is one.</summary>
    /// <exception cref="StartupException">It is none.</exception>
    public void Check() => _ = Pattern;

    /// <summary>The next number. It must be asked for inside a deed: there is one at a time.</summary>
    public async Task<string> NextAsync(RecordsContext records, DateOnly date, string schoolId)
    {
        NoticeNumber pattern = Pattern;
        string key = pattern.Key(date, schoolId);
        RectificationCounter? counter = await records.RectificationCounters.SingleOrDefaultAsync(one => one.Key == key);
        if (counter is null)
        {
            counter = new RectificationCounter { Key = key, Last = 0 };
            records.RectificationCounters.Add(counter);
        }

        string number;
        do
        {
            counter.Last++;
            number = pattern.Make(date, schoolId, counter.Last);
        }
        // Another pattern may have made the same text before.
        while (await records.Rectifications.AnyAsync(one => one.Number == number));
        return number;
    }
}
