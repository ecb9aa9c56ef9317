using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;

namespace Xunke.Actors.Classrooms;

/// <summary>What all rooms of a node share.</summary>
/// <param name="Feed">Turns their pictures on and off.</param>
/// <param name="Views">Where their views go.</param>
/// <param name="Memories">Where their memory is kept.</param>
/// <param name="Time">Their clock.</param>
/// <param name="Settings">The times that they keep to.</param>
/// <param name="Logger">Gets their changes of state.</param>
internal sealed record ClassroomServices(
    IRoomFeed Feed, ILiveViewSink Views, RoomMemories Memories, TimeProvider Time, ClassroomSettings Settings, ILogger Logger);
