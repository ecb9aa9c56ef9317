namespace Xunke.Analytics.Vision;

/// <summary>Removes candidates that are not people, and people found twice.</summary>
internal static class PersonFilter
{
    private const float SureJoint = 0.127f;
    private const int LeastSureJoints = 4;
    private const float LeastHeight = 0.03f;
    private const float LeastWidth = 0.012f;
    private const float GreatestOverlap = 0.6f;
    private const float GreatestSimilarity = 0.5f;
    private const float SeenJoint = 0.1f;

    /// <summary>How far the same joint of the same person may lie apart in two finds, as a share of the person's size.</summary>
    private const float JointSpread = 0.08f;

    /// <summary>A joint this near to the same joint of another is the same one, in shoulder widths: about a cell of the heat map.</summary>
    private const float SameJoint = 0.12f;
    private const int FaceJoints = 5;

    /// <summary>A box this near to the side, as a share of the width, is cut off; the model invents faces that are outside.</summary>
    private const float Edge = 0.008f;

    private const int MostBorrowed = 2;

    /// <summary>Hips and legs are under the desks.</summary>
    private const int UpperJoints = 11;

    /// <summary>Whether the candidate has enough of a body; clocks, posters and projections have not.</summary>
    /// <param name="pictureHeight">Height of the picture in the candidate's pixels.</param>
    public static bool IsPlausible(PersonCandidate person, int pictureHeight)
    {
        int sure = 0;
        foreach (Keypoint keypoint in person.Keypoints)
        {
            sure += keypoint.Score > SureJoint ? 1 : 0;
        }

        return sure >= LeastSureJoints
            && person.Box.Height > LeastHeight * pictureHeight
            && person.Box.Width > LeastWidth * pictureHeight;
    }

    /// <summary>Whether the candidate repeats a person already found, or mixes several of them.</summary>
    public static bool IsAnotherLook(PersonCandidate person, List<PersonCandidate> found)
    {
        foreach (PersonCandidate other in found)
        {
            if (Overlap(person.Box, other.Box) > GreatestOverlap || Similarity(person, other) > GreatestSimilarity)
            {
                return true;
            }
        }

        return BorrowedFaceJoints(person, found) > MostBorrowed;
    }

    /// <summary>Whether the side of the picture cuts off the head; nothing can be told about such a person.</summary>
    /// <param name="pictureWidth">Width of the picture in the candidate's pixels.</param>
    public static bool IsHeadOutside(PersonCandidate person, int pictureWidth)
    {
        (float left, float right) = FaceCentre.Of(person.Keypoints) is { } face ? (face.X, face.X) : (person.Box.Left, person.Box.Right);
        return left < Edge * pictureWidth || right > (1 - Edge) * pictureWidth;
    }

    /// <summary>Share of the face that overlaps others'. Arms and shoulders are easily confused; a face is one person's.</summary>
    private static int BorrowedFaceJoints(PersonCandidate person, List<PersonCandidate> found)
    {
        int borrowed = 0;
        for (int joint = 0; joint < FaceJoints; joint++)
        {
            Keypoint mine = person.Keypoints[joint];
            foreach (PersonCandidate other in found)
            {
                Keypoint theirs = other.Keypoints[joint];
                if (mine.Score >= SeenJoint && theirs.Score >= SeenJoint
                    && float.Hypot(mine.X - theirs.X, mine.Y - theirs.Y) < SameJoint * other.ShoulderWidth)
                {
                    borrowed++;
                    break;
                }
            }
        }

        return borrowed;
    }

    private static float Overlap(Box a, Box b)
    {
        float width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);
        float height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        float intersection = width * height;
        return intersection / ((a.Width * a.Height) + (b.Width * b.Height) - intersection);
    }

    /// <summary>How closely the joints visible in both coincide, 0 to 1.</summary>
    private static float Similarity(PersonCandidate person, PersonCandidate other)
    {
        float spread = JointSpread * Math.Max(person.Box.Height, person.Box.Width);
        float sum = 0;
        int count = 0;
        for (int joint = 0; joint < UpperJoints; joint++)
        {
            Keypoint a = person.Keypoints[joint];
            Keypoint b = other.Keypoints[joint];
            if (a.Score >= SeenJoint && b.Score >= SeenJoint)
            {
                float x = a.X - b.X;
                float y = a.Y - b.Y;
                sum += MathF.Exp(-((x * x) + (y * y)) / (2 * spread * spread));
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
