using System.Collections.Immutable;
using Xunke.Actors.Kernel;
using Xunke.Actors.Live;
using Xunke.Actors.Schools;

namespace Xunke.Actors.District;

/// <summary>What the <see cref="DistrictActor"/> understands.</summary>
internal abstract record DistrictMessage;

/// <summary>A school's newest view; it replaces one of the same school that waits.</summary>
/// <param name="View">The view.</param>
internal sealed record SchoolChanged(SchoolView View) : DistrictMessage;

/// <summary>A question for the newest view of the district.</summary>
/// <param name="Reply">Gets the view.</param>
internal sealed record GetDistrict(ReplyTo<DistrictView> Reply) : DistrictMessage;

/// <summary>A question for the actors of the schools.</summary>
/// <param name="Reply">Gets them by school id.</param>
internal sealed record GetSchoolActors(ReplyTo<ImmutableDictionary<string, ActorRef<SchoolMessage>>> Reply) : DistrictMessage;

/// <summary>A view that was held back is due.</summary>
internal sealed record DistrictViewDue : DistrictMessage;
