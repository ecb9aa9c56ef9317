namespace Xunke.Tests.Support.Speaking;

/// <summary>
/// A lesson that is only heard: espeak-ng's voices in a room, mixed with noise, and the truth about who spoke when.
/// The same plan gives the same sound.
/// </summary>
internal sealed class SpokenLesson
{
    private const double SecondsOfEcho = 0.45;

    private readonly SpokenLessonPlan _plan;
    private readonly Random _random;
    private readonly List<Utterance> _utterances = [];
    private readonly Dictionary<(SpokenVoice, string), float[]> _said = [];
    private readonly float[] _teacher;
    private readonly float[] _pupils;

    private SpokenLesson(SpokenLessonPlan plan)
    {
        _plan = plan;
        _random = new Random(plan.Seed);
        _teacher = new float[plan.Seconds * EspeakVoice.Rate];
        _pupils = new float[_teacher.Length];
    }

    /// <summary>Who speaks when, in order of their start.</summary>
    public IReadOnlyList<Utterance> Utterances => _utterances;

    /// <summary>What one microphone in the room hears, 16 kHz.</summary>
    public float[] Room { get; private set; } = [];

    /// <summary>What the teacher's own microphone hears, 16 kHz: pupils only faintly.</summary>
    public float[] TeacherMicrophone { get; private set; } = [];

    public static SpokenLesson Make(SpokenLessonPlan plan)
    {
        var lesson = new SpokenLesson(plan);
        lesson.Speak();
        lesson.Mix();
        return lesson;
    }

    /// <summary>Seconds in which the teacher speaks, and in which pupils do.</summary>
    public (double Teacher, double Pupils) Talk() => (Covered(talk => talk.IsTeacher), Covered(talk => !talk.IsTeacher));

    /// <summary>How often a side begins to speak after the other, the first time included.</summary>
    public int Turns() => _utterances.Where((utterance, i) => i == 0 || utterance.IsTeacher != _utterances[i - 1].IsTeacher).Count();

    private double Covered(Func<Utterance, bool> counts)
    {
        double covered = 0, until = 0;
        foreach (Utterance utterance in _utterances.Where(counts))
        {
            covered += Math.Max(0, utterance.End - Math.Max(until, utterance.Start));
            until = Math.Max(until, utterance.End);
        }

        return covered;
    }

    private void Speak()
    {
        double at = 0.6;
        while (at < _plan.Seconds - 8)
        {
            for (int sentence = _random.Next(1, 4); sentence > 0; sentence--)
            {
                at = Put(0, Sentences.OfTeacher(_plan.Teacher, _random), at) + Pause(0.25, 0.9);
            }

            if (_random.NextDouble() < _plan.QuestionShare)
            {
                at = Put(0, Sentences.Question(_plan.Teacher, _random), at) + Pause(0.4, 3);
                for (int answers = _random.Next(1, 3); answers > 0; answers--)
                {
                    int who = _random.Next(_plan.Pupils.Count);
                    at = Put(who + 1, Sentences.Answer(_plan.Pupils[who], _random), at) + Pause(0.3, 1.2);
                }
            }
            else if (_random.NextDouble() < 0.3)
            {
                at += Pause(4, 12);
            }
        }
    }

    private double Pause(double least, double most) => least + _random.NextDouble() * (most - least);

    private double Put(int speaker, string text, double at)
    {
        SpokenVoice voice = speaker == 0 ? _plan.Teacher : _plan.Pupils[speaker - 1];
        if (!_said.TryGetValue((voice, text), out float[]? sound))
        {
            _said.Add((voice, text), sound = EspeakVoice.Say(voice, text));
        }

        int start = (int)(at * EspeakVoice.Rate);
        if (start + sound.Length > _teacher.Length)
        {
            return _plan.Seconds;
        }

        // Pupils sit farther away: softer, and more of the room in their voice.
        float[] heard = speaker == 0 ? sound : Echo(sound, 1.2f + 0.6f * (speaker % 4));
        float gain = speaker == 0 ? 1 : _plan.PupilGain;
        float[] channel = speaker == 0 ? _teacher : _pupils;
        for (int i = 0; i < heard.Length && start + i < channel.Length; i++)
        {
            channel[start + i] += heard[i] * gain;
        }

        _utterances.Add(new Utterance(speaker, at, at + (double)sound.Length / EspeakVoice.Rate));
        return at + (double)sound.Length / EspeakVoice.Rate;
    }

    private float[] Echo(float[] sound, float distance)
    {
        var heard = new float[sound.Length + (int)(SecondsOfEcho * EspeakVoice.Rate)];
        sound.CopyTo(heard, 0);

        // A sparse tail stands for the many late reflections; dense ones would only take longer to add up.
        for (int reflection = 0; reflection < 90; reflection++)
        {
            int delay = (int)((0.004 + _random.NextDouble() * SecondsOfEcho) * EspeakVoice.Rate);
            float strength = 0.09f * distance * MathF.Exp(-6.9f * delay / (0.5f * EspeakVoice.Rate)) * (_random.Next(2) * 2 - 1);
            for (int i = 0; i < sound.Length && i + delay < heard.Length; i++)
            {
                heard[i + delay] += sound[i] * strength;
            }
        }

        return heard;
    }

    private void Mix()
    {
        float[] noise = Noise(), ownNoise = Noise();
        float level = MathF.Pow(10, -_plan.NoiseBelowSpeech / 20f);
        Room = new float[_teacher.Length];
        TeacherMicrophone = new float[_teacher.Length];
        for (int i = 0; i < Room.Length; i++)
        {
            Room[i] = 0.1f * (_teacher[i] + _pupils[i] + noise[i] * level);
            TeacherMicrophone[i] = 0.1f * (_teacher[i] + 0.1f * _pupils[i] + ownNoise[i] * level * 0.3f);
        }
    }

    /// <summary>Noise of root mean square 1, falling with frequency as a fan's does, with some hum.</summary>
    private float[] Noise()
    {
        var noise = new float[_teacher.Length];
        float slow = 0;
        double energy = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            float white = (float)(_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5);
            slow += 0.1f * (white - slow);
            noise[i] = slow * 2 + 0.5f * white + 0.05f * MathF.Sin(2 * MathF.PI * 100 * i / EspeakVoice.Rate);
            energy += noise[i] * noise[i];
        }

        float scale = (float)Math.Sqrt(noise.Length / energy);
        return Array.ConvertAll(noise, sample => sample * scale);
    }
}
