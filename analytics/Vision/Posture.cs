namespace Xunke.Analytics.Vision;

/// <summary>
/// The posture network's probabilities for one person in one picture, 0 to 1. They do not add up to 1, because somebody who raises a
/// hand may also turn aside. docs/behaviours.md, "Postures".
/// </summary>
public readonly record struct Posture(float HandRaised, float HeadDown, float HeadOnDesk, float TurnedAside);
