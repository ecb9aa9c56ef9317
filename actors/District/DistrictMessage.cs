using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.District;

/// <summary>What the <see cref="DistrictActor"/> understands.</summary>
internal abstract record DistrictMessage;

/// <summary>A school's newest view; it replaces one of the same school that waits.</summary>
/// <param name="View">The view.</param>
internal sealed record SchoolChanged(SchoolView View) : DistrictMessage, INewestWins
{
    string INewestWins.Key => View.SchoolId;
}

/// <summary>A question for the newest view of the district.</summary>
internal sealed record GetDistrict : DistrictMessage, IQuestion<DistrictMessage, DistrictView>;

/// <summary>A view that was held back is due.</summary>
internal sealed record DistrictViewDue : DistrictMessage;
