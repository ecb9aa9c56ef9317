namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Whether the posture network is used in this room. It was trained on rendered rooms and may see raised hands everywhere in a room
/// that looks different, so it must first agree with the joints in enough plain cases. Not thread-safe.
/// </summary>
internal sealed class WitnessTrust
{
    private const int CasesNeeded = 20;
    private const float MostContradictions = 0.05f;

    /// <summary>So many cases are remembered; older ones count half, a quarter and so on.</summary>
    private const int Memory = 1000;

    private int _cases;
    private int _contradictions;

    public bool IsEarned => _cases >= CasesNeeded && _contradictions <= MostContradictions * _cases;

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
