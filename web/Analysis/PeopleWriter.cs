using System.Text.Json;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>Writes who was seen in a sample.</summary>
internal static class PeopleWriter
{
    /// <summary>The array "people" of the open object.</summary>
    public static void Write(Utf8JsonWriter json, BehaviourSample sample)
    {
        json.WriteStartArray("people");
        foreach (ObservedPerson person in sample.People)
        {
            json.WriteStartObject();
            json.WriteNumber("seat", person.Seat);
            json.WriteString("behaviour", ReportJson.Name(person.Behaviour));
            json.Number("confidence", person.Confidence, 2);
            json.WriteBoolean("talksToNeighbour", person.TalksToNeighbour);
            if (person.Place != RoomPlace.Unknown)
            {
                json.WriteString("place", ReportJson.Name(person.Place));
            }

            json.Number("score", person.Pose.Score, 3);
            json.WriteStartArray("box");
            Box box = person.Pose.Box;
            foreach (float edge in (float[])[box.Left, box.Top, box.Right, box.Bottom])
            {
                json.Value(edge, 1);
            }

            json.WriteEndArray();
            json.WriteStartArray("keypoints");
            foreach (Keypoint point in person.Pose.Keypoints)
            {
                json.Value(point.X, 1);
                json.Value(point.Y, 1);
                json.Value(point.Score, 2);
            }

            json.WriteEndArray();
            if (person.Pose.Posture is { } posture)
            {
                json.WriteStartObject("posture");
                json.Number("handRaised", posture.HandRaised, 2);
                json.Number("headDown", posture.HeadDown, 2);
                json.Number("headOnDesk", posture.HeadOnDesk, 2);
                json.Number("turnedAside", posture.TurnedAside, 2);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The object "counts" of the open object.</summary>
    public static void WriteCounts(Utf8JsonWriter json, BehaviourCounts counts)
    {
        json.WriteStartObject("counts");
        WriteNumbers(json, counts);
        json.WriteEndObject();
    }

    /// <summary>Counts, into the open object.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, BehaviourCounts counts)
    {
        json.WriteNumber("people", counts.People);
        json.WriteNumber("handRaised", counts.HandsRaised);
        json.WriteNumber("standing", counts.Standing);
        json.WriteNumber("headUp", counts.HeadsUp);
        json.WriteNumber("headDown", counts.HeadsDown);
        json.WriteNumber("headOnDesk", counts.HeadsOnDesk);
        json.WriteNumber("unknown", counts.Unknown);
        json.WriteNumber("talkingToNeighbour", counts.TalkingToNeighbour);
    }
}
