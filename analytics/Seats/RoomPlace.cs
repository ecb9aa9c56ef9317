namespace Xunke.Analytics.Seats;

/// <summary>Where in the room somebody is, as far as an administrator has drawn its areas.</summary>
public enum RoomPlace
{
    Unknown,

    Pupils,

    Front,

    /// <summary>In neither: a passer-by in the corridor, a picture on the wall. Not counted.</summary>
    Outside,
}
