using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Reads people out of MoveNet MultiPose's heads: a peak of the centre map is a person; the regression at the peak says
/// about where each joint is, and the joint's heat map, weighted by the distance from there, says exactly where.
/// Keeps its candidates and buffers from picture to picture; not thread-safe.
/// </summary>
internal sealed class MultiPoseDecoder
{
    /// <summary>Joints of a person.</summary>
    public const int Joints = 17;

    private const float LeastCentre = 0.18f;

    /// <summary>No more than these are found in a picture.</summary>
    public const int MostPeople = 64;

    /// <summary>Cells around the box in which joints are looked for; a narrower margin loses raised wrists.</summary>
    private const int BoxMargin = 60;

    // The heads, by their place in ModelRecipe.MultiPose.
    private const int Centre = 0;
    private const int BoxSize = 1;
    private const int BoxOffset = 2;
    private const int JointPrior = 3;
    private const int JointHeat = 4;
    private const int JointOffset = 5;

    private readonly PeakFinder _peaks = new();
    private readonly PersonCandidate[] _pool = [.. Enumerable.Range(0, MostPeople).Select(_ => new PersonCandidate())];
    private readonly List<PersonCandidate> _people = new(MostPeople);
    private readonly JointSearch _search = new();
    private readonly OverlookedPerson _overlooked;

    public MultiPoseDecoder() => _overlooked = new OverlookedPerson(_search);

    /// <summary>Everyone in the picture, in pixels of the model's input. The list and its members are good until the next call.</summary>
    /// <param name="pictureWidth">Width of the picture within the input, in pixels.</param>
    /// <param name="pictureHeight">Height of the picture within the input, in pixels: what is too small against it is no person.</param>
    public List<PersonCandidate> Decode(BoundModel model, int pictureWidth, int pictureHeight)
    {
        _people.Clear();
        foreach (Peak peak in _peaks.Find(model.Head(Centre), model.Rows, model.Columns, LeastCentre))
        {
            TryAdd(model, peak, pictureHeight);
        }

        AddHidden(model, pictureHeight);
        AddOverlooked(model, pictureHeight);
        _people.RemoveAll(person => PersonFilter.IsHeadOutside(person, pictureWidth));
        return _people;
    }

    /// <summary>
    /// Where one pupil's head is right before another's chest, their centres run together into one peak and one of the two
    /// is lost. The face that no one found has claims a centre of its own: the cell beside the peak that expects its nose there.
    /// </summary>
    private void AddHidden(BoundModel model, int pictureHeight)
    {
        foreach (Peak nose in _peaks.Find(model.Head(JointHeat), model.Rows, model.Columns, UnclaimedFace.LeastHeat))
        {
            if (!UnclaimedFace.IsClaimed(nose, _people)
                && UnclaimedFace.FindCentre(model.Head(Centre), model.Head(JointPrior), model.Rows, model.Columns, nose) is { } centre)
            {
                TryAdd(model, centre, pictureHeight);
            }
        }
    }

    /// <summary>Faces that are left have no centre of their own at all.</summary>
    private void AddOverlooked(BoundModel model, int pictureHeight)
    {
        foreach (Peak nose in _peaks.Find(model.Head(JointHeat), model.Rows, model.Columns, OverlookedPerson.LeastNose))
        {
            if (_people.Count < MostPeople
                && !UnclaimedFace.IsClaimed(nose, _people)
                && _overlooked.TryRead(model, JointHeat, JointOffset, nose, _people, _pool[_people.Count]))
            {
                Keep(_pool[_people.Count], pictureHeight);
            }
        }
    }

    private void TryAdd(BoundModel model, Peak peak, int pictureHeight)
    {
        if (_people.Count == MostPeople)
        {
            return;
        }

        PersonCandidate person = _pool[_people.Count];
        Read(model, peak, person);
        Keep(person, pictureHeight);
    }

    private void Keep(PersonCandidate person, int pictureHeight)
    {
        if (PersonFilter.IsPlausible(person, pictureHeight) && !PersonFilter.IsAnotherLook(person, _people))
        {
            _people.Add(person);
        }
    }

    private void Read(BoundModel model, Peak peak, PersonCandidate person)
    {
        int plane = model.Rows * model.Columns;
        int cell = (peak.Row * model.Columns) + peak.Column;
        ReadOnlySpan<float> size = model.Head(BoxSize);
        ReadOnlySpan<float> offset = model.Head(BoxOffset);
        float halfHeight = Math.Max(0, size[cell]) / 2;
        float halfWidth = Math.Max(0, size[plane + cell]) / 2;
        float y = peak.Row + offset[cell];
        float x = peak.Column + offset[plane + cell];
        var box = new Box(
            Math.Max(0, x - halfWidth), Math.Max(0, y - halfHeight),
            Math.Min(model.Columns, x + halfWidth), Math.Min(model.Rows, y + halfHeight));
        // A centre outside the picture would turn the box inside out.
        box = box with { Right = Math.Max(box.Left, box.Right), Bottom = Math.Max(box.Top, box.Bottom) };
        person.Score = peak.Score;
        person.Box = new Box(
            box.Left * ModelRecipe.Stride, box.Top * ModelRecipe.Stride, box.Right * ModelRecipe.Stride, box.Bottom * ModelRecipe.Stride);

        var window = new Box(box.Left - BoxMargin, box.Top - BoxMargin, box.Right + BoxMargin, box.Bottom + BoxMargin);
        ReadOnlySpan<float> prior = model.Head(JointPrior);
        ReadOnlySpan<float> heat = model.Head(JointHeat);
        ReadOnlySpan<float> fine = model.Head(JointOffset);
        for (int joint = 0; joint < Joints; joint++)
        {
            float priorY = peak.Row + prior[(2 * joint * plane) + cell];
            float priorX = peak.Column + prior[(((2 * joint) + 1) * plane) + cell];
            JointMatch match = _search.Find(heat[(joint * plane)..], model.Rows, model.Columns, priorY, priorX, window);
            int found = (match.Row * model.Columns) + match.Column;
            person.Keypoints[joint] = match.Score > 0
                ? new Keypoint(
                    (match.Column + fine[(((2 * joint) + 1) * plane) + found]) * ModelRecipe.Stride,
                    (match.Row + fine[(2 * joint * plane) + found]) * ModelRecipe.Stride,
                    match.Score)
                : new Keypoint(priorX * ModelRecipe.Stride, priorY * ModelRecipe.Stride, 0);
        }
    }
}
