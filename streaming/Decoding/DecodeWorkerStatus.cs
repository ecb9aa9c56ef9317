namespace Xunke.Streaming.Decoding;

/// <summary>How a worker of the pool is.</summary>
/// <param name="Index">Its place in the pool, from 0.</param>
/// <param name="ProcessId">Its process, or null while it has none that is ready.</param>
/// <param name="Rooms">Rooms given to it.</param>
/// <param name="Restarts">How often it was started again.</param>
public sealed record DecodeWorkerStatus(int Index, int? ProcessId, int Rooms, int Restarts);
