namespace Xunke.Analytics.Models;

/// <summary>Where the imported models lie, ready for ONNX Runtime.</summary>
/// <param name="MultiPose">Path of MoveNet MultiPose: finds everyone in a picture of any size whose sides are multiples of 32.</param>
/// <param name="SinglePose">Path of MoveNet Lightning: looks closely at one person in a 192x192 crop.</param>
public sealed record ModelFiles(string MultiPose, string SinglePose);
