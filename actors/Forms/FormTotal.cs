namespace Xunke.Actors.Forms;

/// <summary>What a group's answers come to.</summary>
/// <param name="Key">The group.</param>
/// <param name="Points">The points of what was answered.</param>
/// <param name="Max">The most that these answers could have had; 0: none was answered.</param>
/// <param name="Percent">Points over Max, to a tenth; null where nothing was answered.</param>
public sealed record GroupTotal(string Key, int Points, int Max, decimal? Percent);

/// <summary>
/// What a form's answers come to: the one function for whoever fills it in, for the teacher and for every list. What does not apply or
/// was not answered is left out of the points and of what they are measured by; a group without answers leaves its weight out too.
/// </summary>
/// <param name="Value">In percent, to a tenth; null, and never 0, where nothing was answered.</param>
/// <param name="Band">The word for it; null: there is none.</param>
/// <param name="N">Items that count in it.</param>
/// <param name="Of">Items of the form that could count.</param>
/// <param name="Groups">In the form's order.</param>
/// <param name="Formula">This formula and its version.</param>
public sealed record FormTotal(decimal? Value, FormBand? Band, int N, int Of, IReadOnlyList<GroupTotal> Groups, string Formula)
{
    private const string Version = "form-total/1";

    /// <summary>Computes it.</summary>
    public static FormTotal Compute(FormContent form, IReadOnlyDictionary<string, FormAnswer> answers)
    {
        var groups = new List<GroupTotal>();
        var (sum, weights, counted) = (0m, 0, 0);
        foreach (var group in form.Groups)
        {
            var (points, max) = (0, 0);
            foreach (var item in group.Items)
            {
                if (answers.GetValueOrDefault(item.Key)?.PointsOf(item) is { } given)
                {
                    (points, max, counted) = (points + given.Points, max + given.Max, counted + 1);
                }
            }

            groups.Add(new GroupTotal(group.Key, points, max, max == 0 ? null : Round(100m * points / max)));
            if (max > 0)
            {
                (sum, weights) = (sum + ((decimal)group.Weight * points / max), weights + group.Weight);
            }
        }

        decimal? value = weights == 0 ? null : Round(100m * sum / weights);
        // By the digits that people read: a total that is shown as 90 has the word of 90.
        var band = value is null ? null : form.Bands.FirstOrDefault(one => value >= one.From);
        return new FormTotal(value, band, counted, form.Items().Count(item => item.IsScored()), groups, Version);
    }

    private static decimal Round(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
