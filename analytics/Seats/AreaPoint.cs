namespace Xunke.Analytics.Seats;

/// <summary>A point of a picture, whatever the picture's size.</summary>
/// <param name="X">Share of the width from the left, 0 to 1.</param>
/// <param name="Y">Share of the height from the top, 0 to 1.</param>
public readonly record struct AreaPoint(double X, double Y);
