using Xunke.Actors.Pipeline;

namespace Xunke.Tests.Actors.Pipeline;

public sealed class VisitsTests
{
    [Fact]
    public void A_room_comes_first_from_its_first_visit_to_the_end_of_its_last()
    {
        var told = new List<(string, bool)>();
        var visits = new Visits((room, first) => told.Add((room, first)));
        visits.Started("a");
        visits.Started("a");
        visits.Started("b");
        visits.Ended("a");
        told.ShouldBe([("a", true), ("b", true)]);
        visits.Ended("a");
        visits.Ended("a");
        visits.Ended("never visited");
        told.ShouldBe([("a", true), ("b", true), ("a", false)]);
    }
}
