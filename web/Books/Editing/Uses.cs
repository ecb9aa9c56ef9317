using Microsoft.EntityFrameworkCore;

namespace Xunke.Web.Books.Editing;

/// <summary>Counts what needs a row.</summary>
internal sealed class Uses(CancellationToken cancellationToken)
{
    private const int Examples = 5;

    private readonly List<(string Book, IQueryable<string> Names)> _asked = [];

    /// <summary>Asks for one kind of use.</summary>
    public Uses Of(string book, IQueryable<string> names)
    {
        _asked.Add((book, names));
        return this;
    }

    /// <summary>Those that there are, with some of their names.</summary>
    public async Task<IReadOnlyList<BookUse>> FoundAsync()
    {
        List<BookUse> found = [];
        foreach ((string book, IQueryable<string> names) in _asked)
        {
            if (await names.CountAsync(cancellationToken) is > 0 and var count)
            {
                List<string> some = await names.Distinct().Take(Examples).ToListAsync(cancellationToken);
                found.Add(new BookUse(book, count, [.. some.Where(name => name.Length > 0)]));
            }
        }

        return found;
    }
}
