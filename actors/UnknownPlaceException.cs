namespace Xunke.Actors;

/// <summary>The room or school is not on the books.</summary>
/// <param name="id">The id asked for.</param>
public sealed class UnknownPlaceException(string id) : Exception($"'{id}' is not on the books.")
{
    /// <summary>The id asked for.</summary>
    public string Id { get; } = id;
}
