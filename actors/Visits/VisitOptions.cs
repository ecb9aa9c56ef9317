using Xunke.Streaming;

namespace Xunke.Actors.Visits;

/// <summary>Why a visit does not begin.</summary>
public enum VisitRefusal
{
    /// <summary>The account has as many visits as one may have.</summary>
    TooMany,

    /// <summary>The district does not allow such a visit.</summary>
    NotAllowed,

    /// <summary>The visitor's login has ended.</summary>
    SignedOut,
}

/// <summary>Puts visits on record, each step with its line in the audit trail or not at all.</summary>
public interface IVisitRecords
{
    /// <summary>A visit begins.</summary>
    Task BeginAsync(Visit visit);

    /// <summary>A visit ends; nothing where it has ended on record.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="by">Account that ends it.</param>
    Task EndAsync(Visit visit, string by);
}

/// <summary>What decides whether somebody may visit now. Callable from any thread.</summary>
public interface IVisitRules
{
    /// <summary>Whether the district allows such visits.</summary>
    bool Allows(MediaKinds media);

    /// <summary>Whether a login lasts.</summary>
    bool IsSignedIn(string loginId);
}

/// <summary>What the visits of a node need.</summary>
/// <param name="Open">The list of the visits that last.</param>
/// <param name="Records">Where they are put on record.</param>
/// <param name="Rules">Who may visit.</param>
/// <param name="MostPerAccount">Visits that one account may have at once.</param>
/// <param name="Grace">How long a visit lasts without page and picture.</param>
public sealed record VisitOptions(OpenVisits Open, IVisitRecords Records, IVisitRules Rules, int MostPerAccount, TimeSpan Grace);
