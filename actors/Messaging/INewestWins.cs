namespace Xunke.Actors.Messaging;

/// <summary>
/// A message that takes the place of one with the same key that still waits in the mailbox, full or not, so that a slow
/// actor only sees the newest.
/// </summary>
public interface INewestWins
{
    /// <summary>What the message is the newest of: one of a limited number of keys, such as the rooms of a school.</summary>
    string Key { get; }
}

/// <summary>A message that an actor tells itself, such as the result of its own work. No mailbox is too full for it.</summary>
public interface IToSelf;
