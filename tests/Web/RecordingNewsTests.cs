using Xunke.Web.Changes;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web;

public sealed class RecordingNewsTests
{
    private readonly ChangeBoard _changes = new();

    [Fact]
    public void Space_is_news_when_its_level_changes_and_while_it_is_scarce_when_its_figure_does()
    {
        var news = new RecordingNews(_changes);

        (StorageLevel Level, long Free, long Told)[] seen =
        [
            (StorageLevel.Ok, 90_000_000_000, 0),
            (StorageLevel.Ok, 40_000_000_000, 0),
            (StorageLevel.Low, 9_010_000_000, 1),
            (StorageLevel.Low, 9_000_000_000, 1),
            (StorageLevel.Low, 8_000_000_000, 2),
            (StorageLevel.Full, 8_000_000_000, 3),
            (StorageLevel.Ok, 80_000_000_000, 4),
        ];
        foreach ((StorageLevel level, long free, long told) in seen)
        {
            news.Compare(new StorageState(level, Bytes: 0, BudgetBytes: 0, free, AlertFreeBytes: 0, StopFreeBytes: 0));
            _changes.Count(Topic.Storage, string.Empty).ShouldBe(told, $"{level} {free}");
        }
    }
}
