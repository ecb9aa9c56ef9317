namespace Xunke.Web.Simulation;

/// <summary>
/// Finds a time in the week for each lesson of a school, so that no class and no teacher is in two places. That is colouring the edges of a
/// bipartite graph, which always works while nobody has more lessons than the week has times (Koenig, 1916).
/// </summary>
internal sealed class WeekPuzzle(int classes, int teachers, int days, int periods)
{
    private const int Free = -1;

    private readonly int[,] _ofClass = Filled(classes, days * periods);
    private readonly int[,] _ofTeacher = Filled(teachers, days * periods);
    private readonly List<(int Class, int Teacher)> _lessons = [];

    /// <summary>Adds a lesson.</summary>
    /// <param name="one">The class.</param>
    /// <param name="teacher">Its teacher.</param>
    public void Add(int one, int teacher)
    {
        int lesson = _lessons.Count;
        _lessons.Add((one, teacher));
        if (BestFreeForBoth(one, teacher) is { } time)
        {
            (_ofClass[one, time], _ofTeacher[teacher, time]) = (lesson, lesson);
            return;
        }

        // One time is free for the class and another for the teacher: along the lessons that stand in each other's way they are exchanged.
        int own = FirstFree(_ofClass, one), other = FirstFree(_ofTeacher, teacher);
        Exchange(teacher, own, other);
        (_ofClass[one, own], _ofTeacher[teacher, own]) = (lesson, lesson);
    }

    /// <summary>The lessons with their times: the day and the period, both from 0.</summary>
    public IEnumerable<(int Class, int Teacher, int Day, int Period)> Solution() =>
        from one in Enumerable.Range(0, classes)
        from time in Enumerable.Range(0, days * periods)
        where _ofClass[one, time] != Free
        select (one, _lessons[_ofClass[one, time]].Teacher, time / periods, time % periods);

    /// <summary>Frees a time of a teacher that is free for a class: each lesson on the way goes to the other of the two times.</summary>
    private void Exchange(int teacher, int taken, int free)
    {
        var way = new List<int>();
        bool isTeacher = true;
        for (int lesson = _ofTeacher[teacher, taken], time = taken; lesson != Free;)
        {
            way.Add(lesson);
            (int one, int next) = _lessons[lesson];
            time = time == taken ? free : taken;
            lesson = isTeacher ? _ofClass[one, time] : _ofTeacher[next, time];
            isTeacher = !isTeacher;
        }

        for (int i = 0; i < way.Count; i++)
        {
            Put(way[i], i % 2 == 0 ? taken : free, Free);
        }

        for (int i = 0; i < way.Count; i++)
        {
            Put(way[i], i % 2 == 0 ? free : taken, way[i]);
        }
    }

    private void Put(int lesson, int time, int value)
    {
        (int one, int teacher) = _lessons[lesson];
        (_ofClass[one, time], _ofTeacher[teacher, time]) = (value, value);
    }

    /// <summary>On a day on which the class does not have the teacher yet, and early.</summary>
    private int? BestFreeForBoth(int one, int teacher)
    {
        (int Time, int Cost)? best = null;
        for (int time = 0; time < days * periods; time++)
        {
            if (_ofClass[one, time] == Free && _ofTeacher[teacher, time] == Free)
            {
                int day = time / periods;
                int same = Enumerable.Range(day * periods, periods).Count(
                    other => _ofClass[one, other] is var lesson and not Free && _lessons[lesson].Teacher == teacher);
                int cost = 100 * same + 10 * (time % periods) + (day + one) % days;
                best = best is null || cost < best.Value.Cost ? (time, cost) : best;
            }
        }

        return best?.Time;
    }

    private int FirstFree(int[,] plan, int row)
    {
        for (int time = 0; time < days * periods; time++)
        {
            if (plan[row, time] == Free)
            {
                return time;
            }
        }

        throw new InvalidOperationException("Somebody has more lessons than the week has times.");
    }

    private static int[,] Filled(int rows, int columns)
    {
        int[,] plan = new int[rows, columns];
        for (int i = 0; i < plan.Length; i++)
        {
            plan[i / columns, i % columns] = Free;
        }

        return plan;
    }
}
