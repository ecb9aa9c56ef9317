namespace Xunke.Actors.Live;

/// <summary>What can be told to a room: of its figures, its publishers, its visits, its recording.</summary>
public abstract record RoomMessage;
