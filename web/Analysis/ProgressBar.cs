using System.Diagnostics;
using System.Globalization;

namespace Xunke.Web.Analysis;

/// <summary>Shows on the terminal how far the work is and how long it will take; in a file or a pipe, a line every tenth.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="isTerminal">Whether lines may be written over.</param>
internal sealed class ProgressBar(TextWriter output, bool isTerminal)
{
    private const int Width = 30;
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(0.5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _drawn = -Redraw;
    private int _tenth;

    /// <summary>So much is done.</summary>
    /// <param name="done">Pictures done.</param>
    /// <param name="all">Pictures in all, as far as known; at least 1.</param>
    public void Report(int done, int all)
    {
        double share = Math.Clamp((double)done / all, 0, 1);
        TimeSpan elapsed = _watch.Elapsed;
        string left = done == 0 ? "?" : Text(elapsed * ((1 - share) / share));
        if (isTerminal && (elapsed - _drawn >= Redraw || done >= all))
        {
            _drawn = elapsed;
            string bar = new string('#', (int)(share * Width)).PadRight(Width, '-');
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{bar}] {100 * share,3:F0}%  剩余 remaining {left}   "));
        }
        else if (!isTerminal && (int)(share * 10) > _tenth)
        {
            _tenth = (int)(share * 10);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{10 * _tenth}%  剩余 remaining {left}"));
        }
    }

    /// <summary>Ends the line.</summary>
    public void Finish()
    {
        if (isTerminal && _drawn >= TimeSpan.Zero)
        {
            output.WriteLine();
        }
    }

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}
