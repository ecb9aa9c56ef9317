using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Bench.Records;

/// <summary>
/// A class of 40 in eight rows, looked at once a second: pupils change what they do every half minute on average, hands are raised for a
/// few seconds, one of twenty looks misses somebody. Kept and compressed, it is as large as a real lesson.
/// </summary>
internal sealed class MadeClass(int seed)
{
    /// <summary>Pupils.</summary>
    public const int Pupils = 40;

    private const int Width = 1280;
    private const int Height = 720;

    private readonly Random _random = new(seed);
    private readonly Behaviour[] _doing = [.. Enumerable.Repeat(Behaviour.HeadUp, Pupils)];

    /// <summary>The next look.</summary>
    public BehaviourSample Look(DateTimeOffset at)
    {
        var people = new List<ObservedPerson>(Pupils);
        for (int seat = 0; seat < Pupils; seat++)
        {
            int dice = _random.Next(300);
            _doing[seat] = _doing[seat] is Behaviour.HandRaised ? dice < 60 ? Behaviour.HeadUp : Behaviour.HandRaised
                : dice switch { < 5 => Behaviour.HeadUp, < 9 => Behaviour.HeadDown, 9 => Behaviour.HandRaised, _ => _doing[seat] };
            if (_random.Next(20) > 0)
            {
                (float left, float top) = ((0.05f + (0.18f * (seat % 5))) * Width, (0.15f + (0.1f * (seat / 5))) * Height);
                people.Add(new ObservedPerson(
                    seat, _doing[seat], 0.6f + (0.1f * _random.Next(5)),
                    new Pose(new Box(left, top, left + 40, top + 40), 0.9f, [])));
            }
        }

        return new BehaviourSample(
            at, TimeSpan.FromSeconds(1), Width, Height, [.. people], LowConfidence: false,
            _random.Next(4) == 0 ? TeacherPlace.AmongPupils : TeacherPlace.Front);
    }
}
