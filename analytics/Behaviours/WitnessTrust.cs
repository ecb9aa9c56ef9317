namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Whether the posture network deserves to be heard in this room: it was taught from rendered rooms, and in one that looks too different it may see
/// raised hands everywhere. It is heard once it has been asked about enough plain cases, where the joints leave no doubt, and seldom said the opposite. Not thread-safe.
/// </summary>
internal sealed class WitnessTrust
{
    private const int CasesNeeded = 20;
    private const float MostContradictions = 0.05f;

    /// <summary>So many cases are remembered; older ones count half, a quarter and so on.</summary>
    private const int Memory = 1000;

    private int _cases;
    private int _contradictions;

    /// <summary>The network is heard.</summary>
    public bool IsEarned => _cases >= CasesNeeded && _contradictions <= MostContradictions * _cases;

    /// <summary>A plain case.</summary>
    /// <param name="isContradicted">The network said the opposite.</param>
    public void Add(bool isContradicted)
    {
        if (_cases == Memory)
        {
            (_cases, _contradictions) = (_cases / 2, _contradictions / 2);
        }

        _cases++;
        _contradictions += isContradicted ? 1 : 0;
    }
}
