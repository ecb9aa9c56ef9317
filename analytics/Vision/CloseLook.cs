using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Runs the single-pose model on the crop of people who may have a hand up but whose wrists score low in the whole picture.
/// Skips people without a raised hand according to the posture network, unless an elbow is as high as a shoulder. The number
/// per picture is limited; the most doubtful come first. Not thread-safe.
/// </summary>
internal sealed class CloseLook : IDisposable
{
    private const int Side = 192;
    private const float SeenJoint = 0.1f;

    // Where the shoulders' middle lies in the crop, and where the model expects the body's centre.
    private const float ShouldersAt = 0.55f;
    private const float CentreX = 0.5f;
    private const float CentreY = 0.6f;

    private const float SureWrist = 0.35f;
    private const float SureElbow = 0.25f;

    /// <summary>An elbow higher than this below the shoulder may belong to a raised arm, in shoulder widths.</summary>
    private const float RaisedElbow = 0.35f;

    /// <summary>A raised arm has its elbow about at the height of the shoulder.</summary>
    private const float HighElbow = 0.1f;

    /// <summary>Below this the posture network is sure that no hand is raised.</summary>
    private const float MayBeRaised = 0.1f;

    /// <summary>What the close look must score to be believed.</summary>
    private const float LeastSeenScore = 0.2f;

    /// <summary>Largest distance between the shoulders of both looks, in shoulder widths; otherwise the crop showed a neighbour.</summary>
    private const float GreatestShift = 0.5f;

    private static readonly Joint[] Arms = [Joint.LeftElbow, Joint.RightElbow, Joint.LeftWrist, Joint.RightWrist];

    private readonly BoundModel _model;
    private readonly int _most;
    private readonly List<(float Doubt, PersonCandidate Person)> _doubtful = [];

    /// <param name="session">MoveNet Lightning; stays the caller's.</param>
    public CloseLook(InferenceSession session, int most)
    {
        _model = new BoundModel(session, ModelRecipe.SinglePose, Side, Side);
        _most = most;
    }

    /// <param name="people">Everyone found, in pixels of the frame.</param>
    public int Correct(RgbFrame frame, List<PersonCandidate> people)
    {
        _doubtful.Clear();
        foreach (PersonCandidate person in people)
        {
            float doubt = Math.Max(Doubt(person, Joint.LeftShoulder), Doubt(person, Joint.RightShoulder));
            if (doubt > 0)
            {
                _doubtful.Add((doubt, person));
            }
        }

        _doubtful.Sort(static (a, b) => b.Doubt.CompareTo(a.Doubt));
        int count = Math.Min(_most, _doubtful.Count);
        foreach ((_, PersonCandidate person) in CollectionsMarshal.AsSpan(_doubtful)[..count])
        {
            Correct(frame, person);
        }

        return count;
    }

    public void Dispose() => _model.Dispose();

    /// <summary>
    /// Priority of a close look at an arm, 0 to 1. A raised arm has its elbow near or above the shoulder; an arm with a hardly
    /// visible elbow may be anywhere and has the lowest priority.
    /// </summary>
    private static float Doubt(PersonCandidate person, Joint shoulderJoint)
    {
        Keypoint shoulder = person[shoulderJoint];
        Keypoint elbow = person[shoulderJoint + (Joint.LeftElbow - Joint.LeftShoulder)];
        Keypoint wrist = person[shoulderJoint + (Joint.LeftWrist - Joint.LeftShoulder)];
        bool isSure = wrist.Score >= SureWrist && wrist.Y < shoulder.Y;
        if (shoulder.Score < SeenJoint || isSure)
        {
            return 0;
        }

        bool mayBeRaised = person.Posture.HandRaised >= MayBeRaised;
        float asHigh = mayBeRaised ? RaisedElbow : HighElbow;
        if (elbow.Score >= SeenJoint && elbow.Y < shoulder.Y + (asHigh * person.ShoulderWidth))
        {
            return 1 - (wrist.Score / 2);
        }

        return mayBeRaised && elbow.Score < SureElbow ? (SureElbow - elbow.Score) / 2 : 0;
    }

    private void Correct(RgbFrame frame, PersonCandidate person)
    {
        Box crop = CropOf(person);
        PictureSampler.Cut(frame, crop, _model.Input, Side, Side, Side);
        _model.Run();
        int centre = SinglePoseReader.FindCentre(_model, CentreX, CentreY);
        Keypoint left = Read(Joint.LeftShoulder);
        Keypoint right = Read(Joint.RightShoulder);
        float shift = Distance(left, person[Joint.LeftShoulder]) + Distance(right, person[Joint.RightShoulder]);
        if (shift > 2 * GreatestShift * person.ShoulderWidth)
        {
            return;
        }

        foreach (Joint joint in Arms)
        {
            Keypoint seen = Read(joint);
            if (seen.Score >= LeastSeenScore && seen.Score > person[joint].Score)
            {
                person[joint] = seen;
            }
        }

        Keypoint Read(Joint joint)
        {
            Keypoint seen = SinglePoseReader.ReadJoint(_model, centre, joint);
            return seen with { X = crop.Left + (seen.X * crop.Width / Side), Y = crop.Top + (seen.Y * crop.Height / Side) };
        }
    }

    private static float Distance(Keypoint a, Keypoint b) => float.Hypot(a.X - b.X, a.Y - b.Y);

    /// <summary>A square around the upper body with room above for an arm.</summary>
    private static Box CropOf(PersonCandidate person)
    {
        (float left, float top, float right, float bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (Keypoint keypoint in person.Keypoints.AsSpan(0, (int)Joint.LeftKnee))
        {
            if (keypoint.Score > SeenJoint)
            {
                (left, right) = (Math.Min(left, keypoint.X), Math.Max(right, keypoint.X));
                (top, bottom) = (Math.Min(top, keypoint.Y), Math.Max(bottom, keypoint.Y));
            }
        }

        float side = Math.Max(3.2f * person.ShoulderWidth, 1.3f * Math.Max(right - left, bottom - top));
        float x = (person[Joint.LeftShoulder].X + person[Joint.RightShoulder].X) / 2;
        float y = (person[Joint.LeftShoulder].Y + person[Joint.RightShoulder].Y) / 2;
        return new Box(x - (side / 2), y - (side * ShouldersAt), x + (side / 2), y + (side * (1 - ShouldersAt)));
    }
}
