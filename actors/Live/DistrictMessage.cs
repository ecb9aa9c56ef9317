using System.Collections.Immutable;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Live;

/// <summary>What the district understands.</summary>
internal abstract record DistrictMessage
{
    /// <summary>There is one district.</summary>
    public const string OnlyId = "only";
}

/// <summary>A school's newest view; it replaces one of the same school that waits.</summary>
/// <param name="View">The view.</param>
internal sealed record SchoolChanged(SchoolView View) : DistrictMessage, INewestWins
{
    string INewestWins.Key => View.SchoolId;
}

/// <summary>A question for the newest view of the district.</summary>
internal sealed record GetDistrict : DistrictMessage, IQuestion<DistrictMessage, DistrictView>;

/// <summary>A view that was held back is due.</summary>
internal sealed record DistrictViewDue : DistrictMessage, IToSelf;

/// <summary>The books say something new of the district.</summary>
/// <param name="Schools">All schools, in their order.</param>
internal sealed record DistrictRegistered(ImmutableArray<SchoolRegistration> Schools) : DistrictMessage;
