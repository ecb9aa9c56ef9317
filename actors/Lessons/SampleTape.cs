using System.Collections.Immutable;
using System.IO.Compression;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Actors.Lessons;

/// <summary>
/// A lesson's samples in few bytes: where the teacher is, and of everyone in a seat the seat, the behaviour, its confidence and
/// whether they talk to a neighbour; of each seat, once, where it is in the picture. Poses are left out. Not thread-safe.
/// </summary>
/// <param name="origin">The lesson's start.</param>
public sealed class SampleTape(DateTimeOffset origin)
{
    /// <summary>
    /// Version 1 has no teacher's place, and versions 1 and 2 no seat's: their bits are zero, which reads as not measured. Up to version 3
    /// the bytes are compressed as they are, from then on as <see cref="PackedSamples"/> puts them.
    /// </summary>
    private const byte Version = 4;
    private const byte LastPlain = 3;
    private const int HeadLength = 1 + sizeof(int);
    private const byte LowConfidence = 0x80;
    private const int PlaceShift = 4;
    private const byte TamperBits = 0x0f;
    private const byte Talks = 0x80;
    private const byte HasPlace = 0x40;
    private const int SmallestFrame = 2;

    // Places in these lists are what is stored: they may grow at their ends, and not change otherwise.
    private static readonly Behaviour[] Behaviours =
        [Behaviour.Unknown, Behaviour.HeadUp, Behaviour.HeadDown, Behaviour.HandRaised, Behaviour.Standing, Behaviour.HeadOnDesk];

    private static readonly Tamper[] Tampers = [Tamper.None, Tamper.Dark, Tamper.Covered, Tamper.Blurred, Tamper.Frozen, Tamper.Moved];

    private static readonly TeacherPlace?[] Places =
        [null, TeacherPlace.Unknown, TeacherPlace.Front, TeacherPlace.AtBoard, TeacherPlace.AmongPupils];

    private static readonly Pose NoPose = new(default, 0, []);

    private readonly MemoryStream _bytes = new();
    private readonly HashSet<int> _placed = [];
    private long _last;

    /// <summary>Samples on it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that it takes before they are compressed.</summary>
    public int Length => (int)_bytes.Length;

    /// <summary>A tape that goes on where another one ended.</summary>
    /// <param name="origin">The lesson's start.</param>
    /// <param name="bytes">What <see cref="BytesFrom"/> gave, from the first byte on.</param>
    /// <exception cref="InvalidDataException">They are no whole samples.</exception>
    public static SampleTape Resume(DateTimeOffset origin, ReadOnlySpan<byte> bytes)
    {
        var tape = new SampleTape(origin);
        tape._bytes.Write(bytes);
        tape._bytes.Position = 0;
        using (var reader = new BinaryReader(tape._bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            try
            {
                while (tape._bytes.Position < tape._bytes.Length)
                {
                    tape._last = checked(tape._last + reader.Read7BitEncodedInt64());
                    foreach (var person in ReadSample(reader, origin).People.Where(person => person.Pose != NoPose))
                    {
                        tape._placed.Add(person.Seat);
                    }

                    tape.Count++;
                }
            }
            catch (Exception fault) when (IsDamage(fault))
            {
                throw new InvalidDataException("The samples of a lesson are damaged.", fault);
            }
        }

        return tape;
    }

    /// <summary>What was added, from a byte on, uncompressed: whole samples where that byte was the tape's length before.</summary>
    public ReadOnlySpan<byte> BytesFrom(int start) => _bytes.GetBuffer().AsSpan(start, Length - start);

    /// <summary>Adds a sample.</summary>
    /// <param name="sample">Later than the one before.</param>
    public void Add(BehaviourSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        using var writer = new BinaryWriter(_bytes, System.Text.Encoding.UTF8, leaveOpen: true);
        var at = (long)(sample.At - origin).TotalMilliseconds;
        writer.Write7BitEncodedInt64(Math.Max(0, at - _last));
        _last = Math.Max(at, _last);
        writer.Write7BitEncodedInt((int)sample.Interval.TotalMilliseconds);
        writer.Write((byte)(Array.IndexOf(Tampers, sample.Tamper)
            | (Array.IndexOf(Places, sample.Teacher) << PlaceShift)
            | (sample.LowConfidence ? LowConfidence : 0)));
        writer.Write7BitEncodedInt(sample.People.Count(static person => person.Seat >= 0));
        foreach (var person in sample.People)
        {
            if (person.Seat >= 0)
            {
                var isNew = sample.FrameWidth >= SmallestFrame && person.Pose.Score > 0 && _placed.Add(person.Seat);
                writer.Write7BitEncodedInt(person.Seat);
                writer.Write((byte)(Array.IndexOf(Behaviours, person.Behaviour)
                    | (person.TalksToNeighbour ? Talks : 0)
                    | (isNew ? HasPlace : 0)));
                writer.Write((byte)Math.Round(person.Confidence * 100));
                if (isNew)
                {
                    var box = person.Pose.Box;
                    writer.Write(Share((box.Left + box.Right) / 2 / sample.FrameWidth));
                    writer.Write(Share((box.Top + box.Bottom) / 2 / sample.FrameHeight));
                }
            }
        }

        Count++;

        static byte Share(float share) => (byte)Math.Round(Math.Clamp(share, 0, 1) * byte.MaxValue);
    }

    /// <summary>All that was added, compressed.</summary>
    public byte[] ToArray()
    {
        using var packed = new MemoryStream();
        packed.WriteByte(Version);
        packed.Write(BitConverter.GetBytes(Count));
        PackedSamples.Pack(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length), Count, packed);
        return packed.ToArray();
    }

    /// <summary>What somebody does, without whether a place follows.</summary>
    internal static byte WithoutPlace(byte does) => (byte)(does & ~HasPlace);

    /// <summary>Whether the place of the seat follows what somebody does.</summary>
    internal static bool IsPlaced(byte does) => (does & HasPlace) != 0;

    /// <summary>Reads a tape.</summary>
    /// <param name="tape">As <see cref="ToArray"/> gave it.</param>
    /// <param name="origin">The lesson's start.</param>
    /// <exception cref="InvalidDataException">It is no tape, or of a newer version.</exception>
    public static ImmutableArray<BehaviourSample> Read(byte[] tape, DateTimeOffset origin)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (tape is not [>= 1 and <= Version, ..] || tape.Length < HeadLength)
        {
            throw new InvalidDataException("These are no samples of a lesson, or of a newer server.");
        }

        var samples = ImmutableArray.CreateBuilder<BehaviourSample>();
        var at = origin;
        try
        {
            var count = BitConverter.ToInt32(tape, 1);
            var packed = new MemoryStream(tape, HeadLength, tape.Length - HeadLength);
            using var reader = new BinaryReader(tape[0] <= LastPlain
                ? new BrotliStream(packed, CompressionMode.Decompress)
                : PackedSamples.Unpack(packed, count));
            for (var left = count; left > 0; left--)
            {
                at += TimeSpan.FromMilliseconds(reader.Read7BitEncodedInt64());
                samples.Add(ReadSample(reader, at));
            }
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            throw new InvalidDataException("The samples of a lesson are damaged.", fault);
        }

        return samples.ToImmutable();
    }

    /// <summary>A seat's place as a share of a frame of one pixel.</summary>
    private static Pose PoseAt(byte x, byte y)
    {
        var (left, top) = ((float)x / byte.MaxValue, (float)y / byte.MaxValue);
        return new Pose(new Box(left, top, left, top), 1, []);
    }

    private static bool IsDamage(Exception fault) => fault is EndOfStreamException or FormatException or ArgumentException
        or InvalidOperationException or IndexOutOfRangeException or OverflowException;

    private static BehaviourSample ReadSample(BinaryReader reader, DateTimeOffset at)
    {
        var interval = TimeSpan.FromMilliseconds(reader.Read7BitEncodedInt());
        var view = reader.ReadByte();
        var count = reader.Read7BitEncodedInt();
        var people = ImmutableArray.CreateBuilder<ObservedPerson>();
        for (var person = 0; person < count; person++)
        {
            var seat = reader.Read7BitEncodedInt();
            var does = reader.ReadByte();
            var confidence = reader.ReadByte() / 100f;
            var pose = (does & HasPlace) != 0 ? PoseAt(reader.ReadByte(), reader.ReadByte()) : NoPose;
            people.Add(new ObservedPerson(seat, Behaviours[does & ~(Talks | HasPlace)], confidence, pose, (does & Talks) != 0));
        }

        return new BehaviourSample(
            at, interval, 1, 1, people.ToImmutable(), (view & LowConfidence) != 0,
            Places[(view & ~LowConfidence) >> PlaceShift], Tampers[view & TamperBits]);
    }
}
