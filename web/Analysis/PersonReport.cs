using System.Text.Json.Serialization;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>Who was seen in a sample.</summary>
internal sealed class PersonReport(ObservedPerson person)
{
    public int Seat => person.Seat;

    public Behaviour Behaviour => person.Behaviour;

    public float Confidence => person.Confidence;

    public bool TalksToNeighbour => person.TalksToNeighbour;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomPlace? Place => person.Place == RoomPlace.Unknown ? null : person.Place;

    public decimal Score => ReportJson.Round(person.Pose.Score, 3);

    public IEnumerable<decimal> Box => Edges(person.Pose.Box).Select(edge => ReportJson.Round(edge, 1));

    public IEnumerable<decimal> Keypoints => person.Pose.Keypoints.SelectMany(
        point => (decimal[])[ReportJson.Round(point.X, 1), ReportJson.Round(point.Y, 1), ReportJson.Round(point.Score, 2)]);

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Posture? Posture => person.Pose.Posture;

    public static IEnumerable<PersonReport> Of(BehaviourSample sample) => sample.People.Select(person => new PersonReport(person));

    private static float[] Edges(Box box) => [box.Left, box.Top, box.Right, box.Bottom];
}

/// <summary>A sample's people by behaviour.</summary>
internal class CountsReport(BehaviourCounts counts)
{
    public int People => counts.People;

    public int HandRaised => counts.HandsRaised;

    public int Standing => counts.Standing;

    public int HeadUp => counts.HeadsUp;

    public int HeadDown => counts.HeadsDown;

    public int HeadOnDesk => counts.HeadsOnDesk;

    public int Unknown => counts.Unknown;

    public int TalkingToNeighbour => counts.TalkingToNeighbour;
}
