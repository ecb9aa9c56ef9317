using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Reads a person with a visible face but without a centre, which a raised arm or a person in front moves or covers. Starts from the
/// nose and looks for the other joints where they would be in an upright person as large as others at that distance.
/// Keeps buffers; not thread-safe.
/// </summary>
/// <param name="search">Finds the joints; may be shared within the thread.</param>
internal sealed class OverlookedPerson(JointSearch search)
{
    /// <summary>A nose with less heat is often an object, or part of a person already found.</summary>
    public const float LeastNose = 0.2f;

    /// <summary>Number of people, nearest in height, that the body's size is taken from.</summary>
    private const int Neighbours = 3;

    /// <summary>What the joints of a face and of the shoulders must score to count.</summary>
    private const float Seen = 0.127f;

    /// <summary>Number of eyes and ears that must be visible, beside one shoulder.</summary>
    private const int LeastOfFace = 2;

    // Where the joints are from the nose, aside and down, in shoulder widths.
    private static readonly (float Aside, float Down)[] Offsets =
    [
        (0, 0), (0.12f, -0.12f), (-0.12f, -0.12f), (0.25f, -0.05f), (-0.25f, -0.05f),
        (0.5f, 0.55f), (-0.5f, 0.55f), (0.65f, 1.2f), (-0.65f, 1.2f), (0.5f, 1.7f), (-0.5f, 1.7f),
    ];

    /// <summary>How far from there a joint of the face, a shoulder, and the arm may be, in shoulder widths.</summary>
    private const float FaceReach = 0.3f;
    private const float ShoulderReach = 0.5f;
    private const float ArmReach = 1.5f;

    private const float HairOverNose = 0.6f;
    private const float BodyUnderNose = 1.6f;

    private readonly float[] _distances = new float[Neighbours];
    private readonly float[] _widths = new float[Neighbours];

    /// <param name="offsetHead">Which of its heads is the joints' place within their cells.</param>
    /// <param name="people">Those found already, in pixels of the input.</param>
    /// <param name="person">Receives the person, in pixels of the input.</param>
    public bool TryRead(BoundModel model, int heatHead, int offsetHead, Peak nose, List<PersonCandidate> people, PersonCandidate person)
    {
        if (people.Count < Neighbours)
        {
            return false;
        }

        float width = ShoulderWidthAt(nose.Row * ModelRecipe.Stride, people) / ModelRecipe.Stride;
        int plane = model.Rows * model.Columns;
        ReadOnlySpan<float> fine = model.Head(offsetHead);
        Array.Clear(person.Keypoints);
        for (int joint = 0; joint < Offsets.Length; joint++)
        {
            float x = nose.Column + (Offsets[joint].Aside * width), y = nose.Row + (Offsets[joint].Down * width);
            float reach = width * (joint < (int)Joint.LeftShoulder ? FaceReach : joint < (int)Joint.LeftElbow ? ShoulderReach : ArmReach);
            var window = new Box(x - reach, y - reach, x + reach, y + reach);
            JointMatch match = joint == (int)Joint.Nose
                ? new JointMatch(nose.Row, nose.Column, nose.Score)
                : search.Find(model.Head(heatHead)[(joint * plane)..], model.Rows, model.Columns, y, x, window);
            int found = (match.Row * model.Columns) + match.Column;
            person.Keypoints[joint] = match.Score > 0
                ? new Keypoint(
                    (match.Column + fine[(((2 * joint) + 1) * plane) + found]) * ModelRecipe.Stride,
                    (match.Row + fine[(2 * joint * plane) + found]) * ModelRecipe.Stride,
                    match.Score)
                : new Keypoint(x * ModelRecipe.Stride, y * ModelRecipe.Stride, 0);
        }

        Keypoint middle = person[Joint.Nose];
        float half = width * ModelRecipe.Stride;
        person.Score = nose.Score;
        person.Box = new Box(middle.X - half, middle.Y - (HairOverNose * half), middle.X + half, middle.Y + (BodyUnderNose * half));
        int face = 0;
        for (Joint joint = Joint.LeftEye; joint <= Joint.RightEar; joint++)
        {
            face += person[joint].Score >= Seen ? 1 : 0;
        }

        return face >= LeastOfFace && Math.Max(person[Joint.LeftShoulder].Score, person[Joint.RightShoulder].Score) >= Seen;
    }

    /// <summary>Median shoulder width of the people nearest to a height in the picture, who are about as far away.</summary>
    private float ShoulderWidthAt(float y, List<PersonCandidate> people)
    {
        Array.Fill(_distances, float.MaxValue);
        foreach (PersonCandidate person in people)
        {
            float distance = MathF.Abs(person[Joint.Nose].Y - y);
            float width = person.ShoulderWidth;
            for (int i = 0; i < Neighbours; i++)
            {
                if (distance < _distances[i])
                {
                    (distance, _distances[i]) = (_distances[i], distance);
                    (width, _widths[i]) = (_widths[i], width);
                }
            }
        }

        float least = Math.Min(_widths[0], Math.Min(_widths[1], _widths[2]));
        float most = Math.Max(_widths[0], Math.Max(_widths[1], _widths[2]));
        return _widths[0] + _widths[1] + _widths[2] - least - most;
    }
}
