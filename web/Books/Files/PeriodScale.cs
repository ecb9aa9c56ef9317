namespace Xunke.Web.Books.Files;

/// <summary>
/// Turns the periods' names in a file into numbers of the day. Some schools count on in the afternoon (下午第5节), some count anew
/// (下午第1节); which of them, the whole file tells.
/// </summary>
internal sealed class PeriodScale
{
    private readonly Dictionary<DayPart, int> _before = [];
    private readonly List<TimeOnly> _starts = [];

    /// <summary>Learns from all labels of a file or sheet.</summary>
    public PeriodScale(IEnumerable<PeriodLabel> labels)
    {
        PeriodLabel[] all = [.. labels.Distinct()];
        int last = 0;
        foreach (DayPart part in Enum.GetValues<DayPart>())
        {
            PeriodLabel[] numbered = [.. all.Where(label => label.Part == part && label.First > 0)];
            if (numbered.Length > 0)
            {
                int before = part != DayPart.Any && numbered.Min(label => label.First) <= last ? last : 0;
                _before[part] = before;
                // Numbers without a part of the day may be of any; they are the morning's only where nothing else is.
                last = part == DayPart.Any && all.Any(label => label.Part == DayPart.Morning)
                    ? 0 : Math.Max(last, before + numbered.Max(label => label.Last));
            }
        }

        // Labels of times alone are counted by when they begin.
        _starts.AddRange(all.Where(label => label.First == 0).Select(label => label.Start!.Value).Distinct().Order());
    }

    /// <summary>The numbers of a label.</summary>
    public (int First, int Last) Numbers(PeriodLabel label)
    {
        if (label.First == 0)
        {
            int number = _starts.IndexOf(label.Start!.Value) + 1;
            return (number, number);
        }

        int before = _before.GetValueOrDefault(label.Part);
        return (before + label.First, before + label.Last);
    }
}
