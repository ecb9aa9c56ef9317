namespace Xunke.Analytics.Vision;

/// <summary>
/// What the posture network says of one person in one picture: how likely each of these is, 0 to 1. They do not add up to 1, for who raises
/// a hand may turn aside as well. docs/behaviours.md, "Postures".
/// </summary>
/// <param name="HandRaised">A hand is raised.</param>
/// <param name="HeadDown">The head is down, as in reading and writing.</param>
/// <param name="HeadOnDesk">The head lies on the desk.</param>
/// <param name="TurnedAside">Turned to a neighbour.</param>
public readonly record struct Posture(float HandRaised, float HeadDown, float HeadOnDesk, float TurnedAside);
