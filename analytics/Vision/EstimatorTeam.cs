using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Xunke.Analytics.Vision;

/// <summary>
/// Several estimators over one sequence of pictures: each picture goes to whichever is free, and the answers come in the pictures'
/// order, so that how many there are changes nothing but the time.
/// </summary>
public sealed class EstimatorTeam : IDisposable
{
    private readonly IPoseEstimator[] _members;
    private readonly Channel<IPoseEstimator> _free = Channel.CreateUnbounded<IPoseEstimator>();

    /// <param name="size">Estimators, at least 1; about one a core.</param>
    public EstimatorTeam(int size, Func<IPoseEstimator> create)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(create);
        _members = new IPoseEstimator[size];
        for (int i = 0; i < size; i++)
        {
            _members[i] = create();
            _free.Writer.TryWrite(_members[i]);
        }
    }

    /// <summary>
    /// Estimates all pictures. At most twice as many pictures as there are members are held at a time. The caller disposes each picture
    /// that it is given; those that it is not given any more are disposed here.
    /// </summary>
    /// <param name="pictures">The pictures in order; the team owns them until it gives them back.</param>
    public async IAsyncEnumerable<(RgbFrame Picture, IReadOnlyList<Pose> Poses)> EstimateAsync(
        IAsyncEnumerable<RgbFrame> pictures, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var waiting = new Queue<(RgbFrame Picture, Task<IReadOnlyList<Pose>> Poses)>();
        try
        {
            await foreach (RgbFrame picture in pictures.WithCancellation(cancellationToken))
            {
                waiting.Enqueue((picture, EstimateAsync(picture)));
                while (waiting.Count >= 2 * _members.Length || (waiting.Count > 0 && waiting.Peek().Poses.IsCompleted))
                {
                    yield return await NextAsync(waiting).ConfigureAwait(false);
                }
            }

            while (waiting.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return await NextAsync(waiting).ConfigureAwait(false);
            }
        }
        finally
        {
            // Nobody asks for these any more, but their estimators still read them.
            foreach ((RgbFrame picture, Task<IReadOnlyList<Pose>> poses) in waiting)
            {
                await ((Task)poses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                picture.Dispose();
            }
        }
    }

    public void Dispose() => Array.ForEach(_members, member => member.Dispose());

    private static async Task<(RgbFrame, IReadOnlyList<Pose>)> NextAsync(Queue<(RgbFrame Picture, Task<IReadOnlyList<Pose>> Poses)> waiting)
    {
        IReadOnlyList<Pose> poses = await waiting.Peek().Poses.ConfigureAwait(false);
        return (waiting.Dequeue().Picture, poses);
    }

    private async Task<IReadOnlyList<Pose>> EstimateAsync(RgbFrame picture)
    {
        IPoseEstimator member = await _free.Reader.ReadAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => member.Estimate(picture)).ConfigureAwait(false);
        }
        finally
        {
            _free.Writer.TryWrite(member);
        }
    }
}
