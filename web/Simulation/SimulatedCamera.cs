namespace Xunke.Web.Simulation;

/// <summary>One simulated camera, as the server tells the process that simulates them: a line of JSON on its standard input.</summary>
/// <param name="Url">The room's WHIP address.</param>
/// <param name="Key">The room's key; never on a command line, where every account of the machine could read it.</param>
/// <param name="File">The clip.</param>
/// <param name="StartAtSeconds">Where in the clip to begin, so that two rooms do not show the same moment.</param>
internal sealed record SimulatedCamera(Uri Url, string Key, string File, double StartAtSeconds);
