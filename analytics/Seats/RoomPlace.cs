namespace Xunke.Analytics.Seats;

/// <summary>Where in the room somebody is, as far as an administrator has drawn its areas.</summary>
public enum RoomPlace
{
    /// <summary>Nobody has drawn areas.</summary>
    Unknown,

    /// <summary>Where pupils sit.</summary>
    Pupils,

    /// <summary>At the front: the teacher.</summary>
    Front,

    /// <summary>In neither: a passer-by in the corridor, a picture on the wall. Not counted.</summary>
    Outside,
}
