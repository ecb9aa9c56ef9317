using Xunke.Analytics.Seats;

namespace Xunke.Tests.Analytics.Seats;

public sealed class AreaTests
{
    public static TheoryData<string, AreaFault> Outlines => new()
    {
        { "0.1,0.1 0.9,0.1 0.5,0.9", AreaFault.None },
        { "0,0 1,0 1,1 0,1", AreaFault.None },
        // Concave, and the other way round.
        { "0.1,0.1 0.5,0.5 0.9,0.1 0.9,0.9 0.1,0.9", AreaFault.None },
        { "0.1,0.9 0.9,0.9 0.9,0.1 0.5,0.5 0.1,0.1", AreaFault.None },
        // A point in the middle of an edge is no fault.
        { "0.1,0.1 0.5,0.1 0.9,0.1 0.5,0.9", AreaFault.None },
        { "0.1,0.1 0.9,0.1", AreaFault.PointCount },
        { "0.1,0.1 1.01,0.1 0.5,0.9", AreaFault.OutsidePicture },
        { "0.1,-0.01 0.9,0.1 0.5,0.9", AreaFault.OutsidePicture },
        { "0.1,NaN 0.9,0.1 0.5,0.9", AreaFault.OutsidePicture },
        // An hourglass, a spike, an edge that touches another's corner, a point twice, a line.
        { "0.1,0.1 0.9,0.9 0.9,0.1 0.1,0.9", AreaFault.Crossing },
        { "0.1,0.1 0.9,0.1 0.5,0.1 0.5,0.9", AreaFault.Crossing },
        { "0.1,0.1 0.9,0.1 0.9,0.9 0.5,0.1 0.1,0.9", AreaFault.Crossing },
        { "0.1,0.1 0.1,0.1 0.9,0.1 0.5,0.9", AreaFault.Crossing },
        { "0.1,0.1 0.5,0.5 0.9,0.9", AreaFault.Crossing },
        { "0.1,0.1 0.12,0.1 0.11,0.12", AreaFault.TooSmall },
    };

    [Theory]
    [MemberData(nameof(Outlines))]
    public void An_area_is_a_simple_polygon_within_the_picture(string outline, AreaFault expected)
    {
        (Area? area, AreaFault fault) = Area.From(Points(outline));

        fault.ShouldBe(expected);
        (area is null).ShouldBe(expected != AreaFault.None);
    }

    [Fact]
    public void An_area_has_32_corners_at_most()
    {
        Area.From(Circle(32)).Fault.ShouldBe(AreaFault.None);
        Area.From(Circle(33)).Fault.ShouldBe(AreaFault.PointCount);
    }

    [Fact]
    public void What_is_inside_is_told_of_a_concave_area_as_well()
    {
        Area area = Area.From(Points("0.1,0.1 0.5,0.5 0.9,0.1 0.9,0.9 0.1,0.9")).Area!;

        area.Contains(0.2, 0.5).ShouldBeTrue();
        area.Contains(0.5, 0.7).ShouldBeTrue();
        area.Contains(0.5, 0.3).ShouldBeFalse("it lies in the notch");
        area.Contains(0.05, 0.5).ShouldBeFalse();
        area.Contains(0.5, 0.95).ShouldBeFalse();
        area.Bounds.ShouldBe((new AreaPoint(0.1, 0.1), new AreaPoint(0.9, 0.9)));
    }

    [Fact]
    public void Where_the_areas_overlap_a_seat_makes_a_pupil()
    {
        var areas = new RoomAreas(Area.From(Points("0,0 1,0 1,0.7 0,0.7")).Area!, Area.From(Points("0,0.5 1,0.5 1,1 0,1")).Area);

        areas.PlaceOf(0.5, 0.6, seated: true).ShouldBe(RoomPlace.Pupils);
        areas.PlaceOf(0.5, 0.6, seated: false).ShouldBe(RoomPlace.Front);
        areas.PlaceOf(0.5, 0.3, seated: false).ShouldBe(RoomPlace.Pupils);
        areas.PlaceOf(0.5, 0.8, seated: false).ShouldBe(RoomPlace.Front);
        (areas with { Front = null }).PlaceOf(0.5, 0.8, seated: false).ShouldBe(RoomPlace.Outside);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"pupils": [[0.1, 0.1], [0.9, 0.1]]}""")]
    [InlineData("""{"pupils": [[0.1, 0.1], [0.9], [0.5, 0.9]]}""")]
    [InlineData("""{"pupils": [[0.1, 0.1], null, [0.5, 0.9]]}""")]
    [InlineData("""{"pupils": [[0, 0], [1, 0], [1, 1]], "front": [[0, 0], [1, 1], [1, 0], [0, 1]]}""")]
    public void A_file_without_areas_is_refused(string json) =>
        Should.Throw<InvalidDataException>(() => RoomAreasShape.Parse(json));

    [Fact]
    public void A_file_is_read()
    {
        RoomAreas areas = RoomAreasShape.Parse("""{"pupils": [[0, 0], [1, 0], [1, 0.7]], "front": [[0, 0.7], [1, 0.7], [1, 1]]}""");

        areas.Pupils.Points.ShouldBe([new AreaPoint(0, 0), new AreaPoint(1, 0), new AreaPoint(1, 0.7)]);
        areas.Front!.Points[0].ShouldBe(new AreaPoint(0, 0.7));
    }

    private static AreaPoint[] Points(string outline) =>
    [
        .. outline.Split(' ').Select(pair => pair.Split(',')).Select(pair => new AreaPoint(
            double.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture),
            double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private static AreaPoint[] Circle(int corners) =>
    [
        .. Enumerable.Range(0, corners).Select(i => new AreaPoint(
            0.5 + 0.4 * Math.Cos(2 * Math.PI * i / corners), 0.5 + 0.4 * Math.Sin(2 * Math.PI * i / corners))),
    ];
}
