namespace Xunke.Streaming.Decoding.Workers;

/// <summary>What became of a unit offered to a worker.</summary>
internal enum SendOutcome
{
    /// <summary>It will be written; the worker's side returns it to its pool.</summary>
    Sent,

    /// <summary>Too many wait already; the caller keeps the unit.</summary>
    Full,

    /// <summary>The worker is not there or not ready; the caller keeps the unit.</summary>
    NoWorker,
}
