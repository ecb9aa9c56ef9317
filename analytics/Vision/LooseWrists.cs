using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Wrists in the heat maps that were not taken for anyone's. A raised wrist is there even where it is too far from the
/// regressed place to win; whose it is, only a closer look tells. Keeps its buffers; not thread-safe.
/// </summary>
internal sealed class LooseWrists
{
    private const float LeastHeat = 0.1f;
    private const float SeenJoint = 0.1f;

    /// <summary>A peak this near to a wrist already found is that wrist, in shoulder widths.</summary>
    private const float SameWrist = 0.35f;

    // The area in which a hand counts as raised, in shoulder widths from the middle of the shoulders.
    private const float ReachBeside = 1.4f;
    private const float ReachAbove = 2.2f;

    private readonly PeakFinder _peaks = new();
    private readonly List<Keypoint> _loose = [];

    /// <summary>Finds the loose wrists of a picture.</summary>
    /// <param name="model">The model that has run over the picture.</param>
    /// <param name="scale">Pixels of its input for one of the frame.</param>
    /// <param name="people">Everyone found, in pixels of the frame.</param>
    public void Find(BoundModel model, float scale, List<PersonCandidate> people)
    {
        _loose.Clear();
        for (Joint joint = Joint.LeftWrist; joint <= Joint.RightWrist; joint++)
        {
            foreach (Peak peak in _peaks.Find(MultiPoseDecoder.HeatOf(model, joint), model.Rows, model.Columns, LeastHeat))
            {
                float cell = ModelRecipe.Stride / scale;
                var wrist = new Keypoint(peak.Column * cell, peak.Row * cell, peak.Score);
                if (!IsTaken(wrist, people))
                {
                    _loose.Add(wrist);
                }
            }
        }
    }

    /// <summary>How strong a loose wrist is seen where this person's raised hand would be, 0 to 1.</summary>
    public float NearRaised(PersonCandidate person)
    {
        Keypoint left = person[Joint.LeftShoulder];
        Keypoint right = person[Joint.RightShoulder];
        if (left.Score < SeenJoint || right.Score < SeenJoint)
        {
            return 0;
        }

        float width = person.ShoulderWidth;
        float middle = (left.X + right.X) / 2;
        float shoulders = Math.Max(left.Y, right.Y);
        float strongest = 0;
        foreach (Keypoint wrist in _loose)
        {
            if (wrist.Y < shoulders && wrist.Y > shoulders - (ReachAbove * width) && Math.Abs(wrist.X - middle) < ReachBeside * width)
            {
                strongest = Math.Max(strongest, wrist.Score);
            }
        }

        return strongest;
    }

    private static bool IsTaken(Keypoint wrist, List<PersonCandidate> people)
    {
        foreach (PersonCandidate person in people)
        {
            float reach = SameWrist * person.ShoulderWidth;
            for (Joint joint = Joint.LeftWrist; joint <= Joint.RightWrist; joint++)
            {
                Keypoint known = person[joint];
                if (known.Score >= SeenJoint && float.Hypot(known.X - wrist.X, known.Y - wrist.Y) < reach)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
